import type { Evidence } from './compliance-finding';
import type { ParsedSummary } from './decision-summary';
import { present } from './moment';

/** What a decision rests on, in order: its cause, the state before, each call, the state after. */
export function evidencesOf(decision: ParsedSummary): readonly Evidence[] {
  const { call, calls, before, after, eventID } = decision;
  return [
    ...(call === undefined ? [] : [cause(call, eventID)]),
    ...(before === undefined ? [] : [{ name: 'before' as const, data: before }]),
    ...calls.map(made),
    ...(after === undefined ? [] : [{ name: 'after' as const, data: after }]),
  ];
}

const cause = (
  { source, name, caller }: NonNullable<ParsedSummary['call']>,
  uid: string,
): Evidence => ({
  name: 'cause',
  uid,
  ...present({ actor: caller === undefined ? undefined : { user: { uid: caller } } }),
  api: { operation: name, service: { name: source } },
});

const made = ({ operation, requestId, at, error }: ParsedSummary['calls'][number]): Evidence => ({
  name: 'call',
  uid: requestId,
  api: { operation, ...present({ response: error === undefined ? undefined : { error } }) },
  data: JSON.stringify({ at }),
});
