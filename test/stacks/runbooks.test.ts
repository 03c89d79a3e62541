import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceOf } from '#core';
import { guardrails } from '#policies/guardrails/index';
import { configuration } from './organization';
import { readStack, stackIds, synthesise } from './synthesised';

/** Alarm → what it means, where to look first, what to do then. */
function runbooks(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
  const [, section = ''] = text.split('## One runbook for each alarm');
  const [table = ''] = section.split('\n## ');
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.flatMap((row) => {
      const [alarms = '', ...cells] = row.split('|').slice(1, -1);
      return [...alarms.matchAll(/`([^`]+)`/g)].map(
        ([, alarm = '']) => [alarm, cells.map((cell) => cell.trim())] as const,
      );
    }),
  );
}

const SERVICE = new RegExp(
  `^parapet-respond-(${[...new Set(guardrails.map(serviceOf))].join('|')})-`,
);

/** Of all stacks, with everything turned on; those of one service stand for those of all. */
function alarms(): readonly string[] {
  const outdir = synthesise({ configuration, guardrails });
  const named = stackIds(outdir).flatMap((id) =>
    Object.values(readStack(outdir, id).resource.aws_cloudwatch_metric_alarm ?? {}).map(
      ({ alarm_name }): string => alarm_name.replace(SERVICE, 'parapet-respond-<service>-'),
    ),
  );
  return [...new Set(named)].toSorted();
}

test('every alarm that the stacks make has a runbook, and no runbook is for an alarm that is gone', () => {
  expect(alarms()).toEqual([...runbooks().keys()].toSorted());
});

test('each runbook says what it means, where to look first and what to do then', () => {
  for (const [alarm, cells] of runbooks()) {
    expect({ alarm, cells: cells.length }).toEqual({ alarm, cells: 3 });
    for (const cell of cells) expect(cell.length).toBeGreaterThan(10);
  }
});
