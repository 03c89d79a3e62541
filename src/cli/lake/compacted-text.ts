import type { Compacted } from '#lake/compact/index';
import { counted, table } from '../output';

/** What a compaction did, for people: a line a day, a line a refusal, and the sum. */
export function compactedText({ objects, days, refused, removed }: Compacted): string {
  const rows = days.reduce((sum, day) => sum + day.rows, 0);
  const duplicates = days.reduce((sum, day) => sum + day.duplicates, 0);
  return [
    ...(days.length === 0
      ? []
      : [
          table([
            ['class', 'day', 'rows', 'duplicates', 'bytes'],
            ...days.map(({ classUid, day, ...one }) => [
              ...[String(classUid), day, String(one.rows), String(one.duplicates)],
              String(one.bytes),
            ]),
          ]),
          '',
        ]),
    ...refused.map(
      ({ object, kind, reason, line, count }) =>
        `refused: ${object}${line === undefined ? '' : `, line ${line}`}: ${kind}: ${reason}${count > 1 ? ` (and ${count - 1} more lines)` : ''}`,
    ),
    `${counted(objects, 'object')} looked at, ${counted(rows, 'row')} in ${counted(days.length, 'file')}, ${counted(duplicates, 'duplicate')} left out, ${counted(removed.length, 'input')} removed, ${counted(refused.length, 'refusal')}.`,
  ].join('\n');
}
