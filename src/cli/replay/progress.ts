import type { Read } from '#replay';
import { counted } from '../output';
import type { Writer } from '../session';

/** Milliseconds between two lines of talk. */
const EVERY = { terminal: 200, otherwise: 30_000 };

/** Says how far it is: in one line on a terminal, else with a line now and then. */
export function progressOn(stderr: Writer, now: () => number) {
  const isTerminal = stderr.isTTY === true;
  const began = now();
  let told = began;
  let isShown = false;
  return {
    show({ files, events, bytes }: Read): void {
      const at = now();
      if (at - told < (isTerminal ? EVERY.terminal : EVERY.otherwise)) return;
      told = at;
      isShown = true;
      const rate = (bytes / 1_048_576 / ((at - began) / 1000)).toFixed(0);
      const line = `${counted(files, 'file')}, ${counted(events, 'event')}, ${rate} MB/s`;
      stderr.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    /** Leaves the terminal's line empty. */
    end(): void {
      if (isTerminal && isShown) stderr.write('\r\u001b[K');
    },
  };
}
