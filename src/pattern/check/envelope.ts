import { conditionAt } from './condition';
import type { Check } from './fault';
import { isRecordField } from './fields';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
const ENVELOPE: ReadonlySet<string> = new Set([
  ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'],
  'replay-name',
]);

/** Every event on a bus has the same few keys; all else is below `detail`. */
export const envelope: Check = (alternative) => {
  for (const [path, { acceptsAbsent }] of alternative) {
    const [key = ''] = path.split('.');
    if (ENVELOPE.has(key) || acceptsAbsent) continue;
    return {
      at: path,
      reason: `the envelope has no "${key}"`,
      mend: isRecordField(key)
        ? `the parts of CloudTrail's record are in "detail": write "detail": {"${key}": …}`
        : 'put it in "detail", where what a source sends stands',
    };
  }
  return undefined;
};

const ALWAYS_THERE = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region'];

/** What every event has is never missing. */
export const alwaysThere: Check = (alternative) => {
  const at = ALWAYS_THERE.find((path) => conditionAt(alternative, path)?.isOnlyAbsent);
  if (at === undefined) return undefined;
  return { at, reason: `"${at}" is never missing`, mend: 'leave the condition out' };
};
