import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeAtomically } from '../files';
import { DeploymentRefused } from './errors';
import type { Direction } from './order';

const progressSchema = z.object({
  direction: z.enum(['deploy', 'remove']),
  /** Of what was synthesised. */
  sha256: z.string(),
  /** ISO 8601. */
  started: z.string(),
  stacks: z.record(
    z.string(),
    z.object({ state: z.enum(['done', 'failed', 'left']), reason: z.string().optional() }),
  ),
});

/** How far a deployment came; kept in a file, so that another run can go on. */
export type Progress = z.infer<typeof progressSchema>;

/** A new deployment's progress: nothing is done. */
export const begun = (
  of: { readonly direction: Direction; readonly sha256: string },
  now: Date,
): Progress => ({ ...of, started: now.toISOString(), stacks: {} });

/**
 * The progress that a run can go on from.
 * @throws DeploymentRefused where there is none, or it is of another deployment: what was planned
 *   then is not what would be done now.
 */
export function resumed(
  file: string,
  wanted: { readonly direction: Direction; readonly sha256: string },
): Progress {
  const { data } = progressSchema.safeParse(readOrNothing(file));
  if (data === undefined)
    throw new DeploymentRefused(`${file} tells of no deployment to go on with; leave out --resume`);
  if (data.direction !== wanted.direction)
    throw new DeploymentRefused(
      `the run that ${file} tells of was to ${data.direction}, not to ${wanted.direction}; leave out --resume`,
    );
  if (data.sha256 !== wanted.sha256)
    throw new DeploymentRefused(
      `configuration, snapshot or Parapet itself changed since the run that ${file} tells of; leave out --resume: what is unchanged is passed over anyway`,
    );
  return data;
}

/** The same progress with one stack's end. */
export const noted = (
  progress: Progress,
  id: string,
  end: Progress['stacks'][string],
): Progress => ({ ...progress, stacks: { ...progress.stacks, [id]: end } });

export const isDone = ({ stacks }: Progress, id: string): boolean => stacks[id]?.state === 'done';

export function keepProgress(file: string, progress: Progress): void {
  writeAtomically(file, `${JSON.stringify(progress, null, 2)}\n`);
}

function readOrNothing(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
