import { parseDocument, visit } from 'yaml';
import { UserError } from '#core';

/**
 * A `parapet.yaml` for the sandbox: account ids are replaced by those of the accounts with the same
 * names, the role in every account is the one that Organizations makes, and state lies beside it.
 * @param ids the sandbox's id for each id in the text
 * @throws UserError where the text names an account that is not among them.
 */
export function translated(text: string, ids: ReadonlyMap<string, string>): string {
  const document = parseDocument(text);
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value !== 'string' || !/^\d{12}$/.test(scalar.value)) return;
      const id = ids.get(scalar.value);
      if (id === undefined)
        throw new UserError(`the configuration names account ${scalar.value}, which is not active`);
      scalar.value = id;
    },
  });
  document.set('organization', 'organization.json');
  document.delete('deployment');
  document.set('state', { backend: 'local', folder: 'state' });
  // The emulator knows no schema discovery.
  document.setIn(['bus', 'discoverer'], false);
  return document.toString();
}
