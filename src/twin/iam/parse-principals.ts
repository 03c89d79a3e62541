import { isObject, type Json, type JsonObject } from '#core';
import { MalformedPolicy } from './errors';
import type { Listed, Named } from './policy';

/**
 * Reads Principal or NotPrincipal. Wildcards cannot stand for a part of a name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @throws MalformedPolicy
 */
export function parsePrincipals(
  elements: JsonObject,
  effect: 'Allow' | 'Deny',
  place: string,
): Listed<Named> {
  const { Principal: positive, NotPrincipal: negative } = elements;
  if (positive !== undefined && negative !== undefined)
    throw new MalformedPolicy(place, 'Principal and NotPrincipal exclude each other');
  if (positive !== undefined) return { sense: 'in', values: parse(positive, `${place}.Principal`) };
  if (negative === undefined)
    throw new MalformedPolicy(place, 'Principal or NotPrincipal is missing');
  if (effect === 'Allow')
    throw new MalformedPolicy(`${place}.NotPrincipal`, 'is not supported with Allow');
  return { sense: 'not in', values: parse(negative, `${place}.NotPrincipal`) };
}

const ACCOUNT = /^(?:(\d{12})|arn:[a-z-]+:iam::(\d{12}):root)$/;
const IDENTITY =
  /^arn:[a-z-]+:(iam::\d{12}:(user|role)|sts::\d{12}:(assumed-role|federated-user))\/[\w+=,.@/-]+$/;
/** IAM puts it in the place of a user or role that is gone. */
const UNIQUE_ID = /^A[A-Z0-9]{15,127}$/;
const EVERYONE: Named = { kind: 'everyone', value: '*' };

function parse(written: Json, place: string): readonly Named[] {
  if (written === '*') return [EVERYONE];
  if (!isObject(written))
    throw new MalformedPolicy(place, 'must be "*" or an object, as {"AWS": …}');
  const named = Object.entries(written).flatMap(([kind, value]) => {
    const read = READERS.get(kind);
    const at = `${place}.${kind}`;
    if (read === undefined)
      throw new MalformedPolicy(at, `is not known; known are ${[...READERS.keys()].join(', ')}`);
    const list: readonly Json[] = Array.isArray(value) ? value : [value as Json];
    if (list.length === 0) throw new MalformedPolicy(at, 'is an empty list');
    return list.map((item) => {
      const name = typeof item === 'string' ? read(item) : undefined;
      if (name === undefined)
        throw new MalformedPolicy(at, `${JSON.stringify(item)} names no ${kind} principal`);
      return name;
    });
  });
  if (named.length === 0) throw new MalformedPolicy(place, 'names nobody');
  return named;
}

type Reader = (text: string) => Named | undefined;

const reader =
  (kind: Named['kind'], form: RegExp): Reader =>
  (text) =>
    form.test(text) ? { kind, value: text } : undefined;

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['AWS', readAws],
  ['Service', reader('Service', /^[a-z0-9-]+(\.[a-z0-9-]+)+$/)],
  ['Federated', reader('Federated', /^[^*?]+$/)],
  ['CanonicalUser', reader('CanonicalUser', /^[0-9a-f]+$/)],
]);

function readAws(text: string): Named | undefined {
  if (text === '*') return EVERYONE;
  const [, bare, root] = ACCOUNT.exec(text) ?? [];
  const account = bare ?? root;
  if (account !== undefined) return { kind: 'AWS', value: account };
  return IDENTITY.test(text) || UNIQUE_ID.test(text) ? { kind: 'AWS', value: text } : undefined;
}
