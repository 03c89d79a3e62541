import { join, resolve } from 'node:path';
import { packageFolder } from '../src/cli/package-folder';

/** Where one sandbox keeps what is its own. */
export interface Places {
  /** An absolute path; everything else lies in it. */
  readonly folder: string;
  /** Who runs, where, and what was made there. */
  readonly record: string;
  readonly emulatorLog: string;
  readonly deployLog: string;
  /** A log for each of what runs beside another. */
  readonly logs: string;
  /** The emulator's temporary files: all its state. */
  readonly temporary: string;
  readonly snapshot: string;
  readonly configuration: string;
  /** What cdktf synthesises, and its log. */
  readonly synthesized: string;
  /** Terraform's CLI configuration. */
  readonly terraform: string;
}

/** The project's own sandbox folder; the virtual environment in it serves all sandboxes. */
export const ownFolder = (): string => join(packageFolder(), '.sandbox');

export const virtualEnvironment = (): string => join(ownFolder(), 'venv');

/** The places of the sandbox in a folder. @default the project's own */
export function placesIn(given: string = ownFolder()): Places {
  const folder = resolve(given);
  const at = (name: string) => join(folder, name);
  return {
    folder,
    record: at('sandbox.json'),
    emulatorLog: at('emulator.log'),
    deployLog: at('deploy.log'),
    logs: at('logs'),
    temporary: at('tmp'),
    snapshot: at('organization.json'),
    configuration: at('parapet.yaml'),
    synthesized: at('cdktf.out'),
    terraform: at('terraform'),
  };
}
