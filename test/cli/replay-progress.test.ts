import { progressOn } from '../../src/cli/replay/progress';

const read = { files: 3, skipped: 0, bytes: 20 * 1_048_576, events: 1 };

/** What is written while the clock goes on by so many milliseconds before each file. */
function written(isTTY: boolean, ...waits: readonly number[]): string {
  let now = 0;
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const progress = progressOn({ isTTY, write }, () => now);
  for (const wait of waits) {
    now += wait;
    progress.show(read);
  }
  progress.end();
  return text;
}

test('a terminal has one line that is written anew, and is empty at the end', () => {
  expect(written(true, 100, 900, 100)).toBe('\r\u001b[K3 files, 1 event, 20 MB/s\r\u001b[K');
});

test('elsewhere a plain line comes now and then', () => {
  expect(written(false, 1_000, 39_000, 1_000)).toBe('3 files, 1 event, 1 MB/s\n');
});

test('what is over at once says nothing', () => {
  expect(written(true, 10)).toBe('');
});
