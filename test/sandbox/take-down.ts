import { execFileSync } from 'node:child_process';
import { main, plainFolder, strictFolder } from './folders';

const left: (() => Promise<void>)[] = [];

/** Ends something that `bring-up` has started, when all suites are done. */
export const untilTheEnd = (end: () => Promise<void>): void => {
  left.push(end);
};

/** Ends what `bring-up` made. */
export default async function takeDown(): Promise<void> {
  for (const end of left) await end();
  if (process.env.PARAPET_SANDBOX_FOLDER) return;
  for (const folder of [strictFolder(), plainFolder()])
    execFileSync(process.execPath, [main, 'sandbox', 'down', '--folder', folder, '--json']);
}
