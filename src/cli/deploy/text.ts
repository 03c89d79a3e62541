import { counted, type paint, table } from '../output';
import type { Planned, StackEnd } from './run';
import type { Counts } from './terraform-output';

type Paint = ReturnType<typeof paint>;

/** Destructions are named one by one, so that nobody approves one unseen; at most this many a stack. */
const MOST_NAMED = 20;

const countsText = ({ add, change, destroy }: Counts): string =>
  `${add} to add, ${change} to change, ${destroy} to destroy`;

/** What would change, one line a stack, and every resource that would be destroyed or replaced. */
export function plansText(plans: readonly Planned[], style: Paint): string {
  const total = { add: 0, change: 0, destroy: 0 };
  const named: string[] = [];
  const rows = plans.map((plan) => {
    if (plan.kind === 'done earlier') return [plan.stack, 'done earlier'];
    if (plan.kind === 'not planned') return [plan.stack, style('red', `fails: ${plan.reason}`)];
    const { counts, planned } = plan.told;
    for (const key of ['add', 'change', 'destroy'] as const) total[key] += counts[key];
    const gone = planned.filter((one) => /^(delete|replace) /.test(one));
    named.push(...gone.slice(0, MOST_NAMED).map((one) => `  ${plan.stack}: ${one}`));
    if (gone.length > MOST_NAMED)
      named.push(`  ${plan.stack}: and ${gone.length - MOST_NAMED} more`);
    return [plan.stack, planned.length === 0 ? 'no change' : countsText(counts)];
  });
  return [
    table([...rows, ['together', countsText(total)]]),
    ...(named.length > 0 ? ['', style('red', 'Destroyed or replaced:'), ...named] : []),
  ].join('\n');
}

/** What became of each stack. */
export function endsText(stacks: readonly StackEnd[], style: Paint): string {
  const rows = stacks.map(({ stack, end, counts, seconds, reason }) => {
    const painted =
      end === 'failed' ? style('red', end) : end === 'left' ? style('yellow', end) : end;
    const done =
      counts && `${counts.add} added, ${counts.change} changed, ${counts.destroy} destroyed`;
    return [stack, painted, reason ?? (done ? `${done}, ${seconds ?? 0} s` : '')];
  });
  const bad = stacks.filter(({ end }) => end === 'failed' || end === 'left');
  const verdict =
    bad.length === 0
      ? `${counted(stacks.length, 'stack')} as configured.`
      : `${bad.length} of ${counted(stacks.length, 'stack')} not done: ${bad.map(({ stack }) => stack).join(', ')}`;
  return [table(rows), '', verdict].join('\n');
}
