import { DeploymentRefused } from './errors';
import { chosen, type Direction, inOrder, reversed } from './order';
import { begun, isDone, keepProgress, noted, type Progress, resumed } from './progress';
import { type Ended, runInOrder } from './schedule';
import type { Stack, Synthesised } from './stacks';
import type { Terraform } from './terraform';
import type { Counts, Told } from './terraform-output';

export interface Deployment {
  readonly synthesised: Synthesised;
  readonly direction: Direction;
  /** Names, `*` for any characters. None: all. */
  readonly stacks: readonly string[];
  readonly parallel: number;
  readonly isResumed: boolean;
  /** Plan, and stop there. */
  readonly isOnlyPlanned: boolean;
  /** Where the progress is kept. */
  readonly progressFile: string;
  readonly terraform: Terraform;
  readonly stop?: AbortSignal;
  readonly now: () => Date;
  /** Asked once, after all was planned and where anything would change. */
  readonly approve: (plans: readonly Planned[]) => Promise<boolean>;
  readonly tell: (line: string) => void;
}

/** What would become of one stack. */
export type Planned =
  | { readonly stack: string; readonly kind: 'planned'; readonly told: Told }
  | { readonly stack: string; readonly kind: 'done earlier' }
  | { readonly stack: string; readonly kind: 'not planned'; readonly reason: string };

/** What became of one stack. */
export interface StackEnd {
  readonly stack: string;
  readonly end: 'deployed' | 'removed' | 'unchanged' | 'done earlier' | 'failed' | 'left';
  readonly counts?: Counts;
  readonly seconds?: number;
  readonly reason?: string;
}

export interface Deployed {
  readonly sha256: string;
  readonly isApproved: boolean;
  readonly plans: readonly Planned[];
  readonly stacks: readonly StackEnd[];
}

/**
 * Plans every stack, asks, and applies exactly what was planned, each stack after those it stands
 * on. A stack that fails stops only what stands on it.
 * @throws UserError where the stacks or the progress asked for do not exist.
 */
export async function runDeployment(deployment: Deployment): Promise<Deployed> {
  const { synthesised, direction, approve, progressFile, terraform } = deployment;
  const { sha256 } = synthesised;
  let progress = deployment.isResumed
    ? resumed(progressFile, { direction, sha256 })
    : begun({ direction, sha256 }, deployment.now());
  const stacks = stacksOf(deployment);
  try {
    const plans = await planAll(stacks, progress, deployment);
    if (deployment.isOnlyPlanned) return { sha256, isApproved: false, plans, stacks: [] };
    const isNeeded = plans.some(changesAnything);
    const isApproved = !isNeeded || (await approve(plans));
    if (!isApproved) return { sha256, isApproved, plans, stacks: [] };
    const byId = new Map(plans.map((plan) => [plan.stack, plan]));
    const ends = await runInOrder({
      stacks,
      parallel: deployment.parallel,
      ...(deployment.stop ? { stop: deployment.stop } : {}),
      work: async (stack) => {
        try {
          const end = await applied(stack, byId.get(stack.id), deployment);
          progress = noted(progress, stack.id, { state: 'done' });
          return end;
        } catch (error) {
          const reason = reasonOf(error);
          progress = noted(progress, stack.id, { state: 'failed', reason });
          deployment.tell(`${stack.id}: failed: ${reason}`);
          throw error;
        } finally {
          keepProgress(progressFile, progress);
        }
      },
    });
    progress = withLeft(progress, ends);
    keepProgress(progressFile, progress);
    return {
      sha256,
      isApproved,
      plans,
      stacks: stacks.flatMap(({ id }) => endOf(id, ends.get(id))),
    };
  } finally {
    for (const stack of stacks) terraform.forget(stack);
  }
}

/** A stack that is chosen without what it stands on finds that standing, or fails. */
function stacksOf({ synthesised, direction, stacks }: Deployment): readonly Stack[] {
  const all = direction === 'remove' ? reversed(synthesised.stacks) : synthesised.stacks;
  return inOrder(chosen(all, stacks));
}

async function planAll(
  stacks: readonly Stack[],
  progress: Progress,
  { parallel, terraform, direction, stop, tell }: Deployment,
): Promise<readonly Planned[]> {
  const open = stacks.filter(({ id }) => !isDone(progress, id));
  const plan = async (stack: Stack): Promise<Told> => {
    await terraform.init(stack);
    const told = await terraform.plan(stack, direction);
    tell(`${stack.id}: planned`);
    return told;
  };
  // The first one fills the plugin cache, which Terraform does not guard against two at once.
  const [first, ...rest] = open.map((stack) => ({ ...stack, after: [] }));
  const ends = new Map<string, Ended<Told>>();
  for (const group of [first ? [first] : [], rest])
    for (const [id, end] of await runInOrder({
      ...{ stacks: group, parallel, work: plan },
      ...(stop ? { stop } : {}),
    }))
      ends.set(id, end);
  if (stop?.aborted) throw new DeploymentRefused('stopped while planning; nothing was changed');
  return stacks.map(({ id: stack }): Planned => {
    const end = ends.get(stack);
    if (end === undefined) return { stack, kind: 'done earlier' };
    if (end.kind === 'done') return { stack, kind: 'planned', told: end.result };
    const reason = end.kind === 'failed' ? reasonOf(end.error) : end.because;
    return { stack, kind: 'not planned', reason };
  });
}

async function applied(
  { id, ...stack }: Stack,
  plan: Planned | undefined,
  { terraform, direction, now, tell }: Deployment,
): Promise<StackEnd> {
  if (plan?.kind === 'not planned') throw new DeploymentRefused(plan.reason);
  if (plan?.kind !== 'planned') return { stack: id, end: 'done earlier' };
  if (!changesAnything(plan)) return { stack: id, end: 'unchanged' };
  const start = now().getTime();
  tell(`${id}: ${direction === 'deploy' ? 'deploying' : 'removing'} …`);
  const counts = await terraform.apply({ id, ...stack });
  const seconds = Math.round((now().getTime() - start) / 1000);
  tell(`${id}: done in ${seconds} s`);
  return { stack: id, end: direction === 'deploy' ? 'deployed' : 'removed', counts, seconds };
}

/** Terraform writes outputs and moved addresses into a plan that counts nothing, too. */
const changesAnything = (plan: Planned): boolean =>
  plan.kind === 'planned' &&
  (plan.told.planned.length > 0 || Object.values(plan.told.counts).some((count) => count > 0));

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function withLeft(progress: Progress, ends: ReadonlyMap<string, Ended<StackEnd>>): Progress {
  let after = progress;
  for (const [id, end] of ends)
    if (end.kind === 'left') after = noted(after, id, { state: 'left', reason: end.because });
  return after;
}

function endOf(stack: string, end: Ended<StackEnd> | undefined): readonly StackEnd[] {
  if (end === undefined) return [];
  if (end.kind === 'done') return [end.result];
  if (end.kind === 'left') return [{ stack, end: 'left', reason: end.because }];
  return [{ stack, end: 'failed', reason: reasonOf(end.error) }];
}
