import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decisionRow } from '#lake/decision-row';
import { lineOf } from '#lake/write';
import { CONTEXT, REPAIRED } from '../lake/context';
import { inNewFolder, parapet } from './terminal';

const FOLDER = 'lake/class=2003/event_day=20261121';

const put = (name: string, content: string): void => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, name), content);
};
const row = lineOf(decisionRow(REPAIRED, CONTEXT));

describe('parapet lake compact', () => {
  test('tells what it did, a line a day', () =>
    inNewFolder(async () => {
      put('a', row);
      put('b', row);

      const ran = await parapet(['lake', 'compact', '--lake', 'lake']);

      expect(ran.code).toBe(0);
      expect(ran.stdout).toMatch(
        /^class +day +rows +duplicates +bytes\n2003 +20261121 +1 +1 +\d+\n/,
      );
      expect(ran.stdout).toContain(
        '2 objects looked at, 1 row in 1 file, 1 duplicate left out, 2 inputs removed, 0 refusals.',
      );
      expect(existsSync(path.join(FOLDER, 'compacted.parquet'))).toBe(true);
    }));

  test('names what it refused and ends with 3, unless that is accepted', () =>
    inNewFolder(async () => {
      put('a', `${row}{"half`);

      const ran = await parapet(['lake', 'compact', '--lake', 'lake']);
      const accepted = await parapet([
        'lake',
        'compact',
        '--lake',
        'lake',
        '--accept-refused',
        '--json',
      ]);

      expect(ran.code).toBe(3);
      expect(ran.stdout).toContain(
        'refused: class=2003/event_day=20261121/a, line 2: half-written: the last line is cut off',
      );
      expect(accepted.code).toBe(0);
      expect(JSON.parse(accepted.stdout).refused).toHaveLength(1);
    }));

  test.each([
    ['a folder that is none', ['--lake', 'nowhere'], /nowhere is no folder/],
    ['a day that is none', ['--lake', '.', '--day', '20261131'], /a day is like/],
    ['a size that is none', ['--lake', '.', '--memory', 'much'], /a size is like/],
    ['an address that is none', ['--lake', 's3://_'], /no address/],
    ['no lake', [], /--lake/],
  ])('%s is a mistake of usage', (_what, options, message) =>
    inNewFolder(async () => {
      const ran = await parapet(['lake', 'compact', ...options]);

      expect(ran.code).toBe(2);
      expect(ran.stderr).toMatch(message);
    }),
  );
});
