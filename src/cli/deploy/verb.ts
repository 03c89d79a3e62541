import { join } from 'node:path';
import type { Command } from 'commander';
import type { Configuration } from '#config';
import { paint, print, tell } from '../output';
import type { Session } from '../session';
import { DeploymentRefused } from './errors';
import type { Direction } from './order';
import { type Deployed, type Planned, runDeployment } from './run';
import { stopSignal } from './stop';
import { terraformIn } from './terraform';
import { endsText, plansText } from './text';
import { synthesise, workspaceOf } from './workspace';

/** never: only plan. given: apply. asked: ask on a terminal, else refuse. */
export type Approval = 'never' | 'given' | 'asked';

export interface Wanted {
  readonly configuration: Configuration;
  readonly direction: Direction;
  readonly stacks: readonly string[];
  readonly parallel: number;
  readonly isResumed: boolean;
  readonly approval: Approval;
  /** The name of the file that keeps the progress. @default deploy.json */
  readonly progress?: string;
}

/** Synthesises, plans, prints the plan, asks, applies, prints what came of it, sets the exit code. */
export async function deployStacks(
  session: Session,
  command: Command,
  wanted: Wanted,
): Promise<void> {
  const deployed = await deployWanted(session, wanted);
  const style = paint(session, session.stdout);
  const isDone = wanted.approval !== 'never' && deployed.isApproved;
  print(session, command, {
    json: deployed,
    text: isDone ? endsText(deployed.stacks, style) : plansText(deployed.plans, style),
  });
  session.exit(exitOf(deployed, isDone));
}

const exitOf = ({ plans, stacks }: Deployed, isDone: boolean): 0 | 3 => {
  const isFailed = isDone
    ? stacks.some(({ end }) => end === 'failed' || end === 'left')
    : plans.some(({ kind }) => kind === 'not planned');
  return isFailed ? 3 : 0;
};

/** The same without printing what came of it. */
export async function deployWanted(session: Session, wanted: Wanted): Promise<Deployed> {
  const { configuration, approval } = wanted;
  const places = workspaceOf(configuration);
  const stop = stopSignal((line) => tell(session, line));
  try {
    tell(session, 'Synthesising …');
    const synthesised = (session.synthesise ?? synthesise)(configuration, session.guardrails);
    return await runDeployment({
      ...wanted,
      synthesised,
      isOnlyPlanned: approval === 'never',
      progressFile: join(places.folder, wanted.progress ?? 'deploy.json'),
      terraform: terraformIn({
        environment: session.environment as NodeJS.ProcessEnv,
        logs: places.logs,
        stop: stop.signal,
      }),
      stop: stop.signal,
      now: () => new Date(),
      approve: (plans) => approve(session, plans, approval),
      tell: (line) => tell(session, line),
    });
  } finally {
    stop.release();
  }
}

async function approve(
  session: Session,
  plans: readonly Planned[],
  approval: Approval,
): Promise<boolean> {
  tell(session, `\n${plansText(plans, paint(session, session.stderr))}\n`);
  if (approval === 'given') return true;
  if (session.confirm === undefined)
    throw new DeploymentRefused(
      'nobody can be asked here; look at the plan above and run again with --auto-approve',
    );
  if (await session.confirm('Do this?')) return true;
  throw new DeploymentRefused('not approved; nothing was changed');
}
