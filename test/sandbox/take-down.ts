import { execFileSync } from 'node:child_process';
import { main, plainFolder, strictFolder } from './folders';

/** Ends what `bring-up` made. */
export default async function takeDown(): Promise<void> {
  if (process.env.PARAPET_SANDBOX_FOLDER) return;
  for (const folder of [strictFolder(), plainFolder()])
    execFileSync(process.execPath, [main, 'sandbox', 'down', '--folder', folder, '--json']);
}
