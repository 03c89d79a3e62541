import type { Demo } from './run';

/** The demo in numbers. Times are the twin's: virtual, not measured. */
export function summaryOf({ steps }: Demo) {
  const decisions = steps.flatMap((step) => step.decisions);
  const count = (outcome: string) => decisions.filter((one) => one.outcome === outcome).length;
  const outcomes = [...new Set(decisions.map(({ outcome }) => outcome))].sort();
  const repairs = decisions
    .filter(({ outcome }) => outcome === 'repaired')
    .map(({ at }) => Date.parse(at.recorded ?? '') - Date.parse(at.called ?? ''))
    .sort((a, b) => a - b);
  return {
    steps: steps.length,
    decisions: decisions.length,
    byOutcome: Object.fromEntries(outcomes.map((outcome) => [outcome, count(outcome)])),
    callsMade: decisions.reduce((sum, { made }) => sum + made.length, 0),
    stopped: steps.filter(({ stopped }) => stopped !== undefined).length,
    medianSecondsToRepair: (repairs[Math.floor(repairs.length / 2)] ?? 0) / 1000,
    notAsExpected: steps.reduce((sum, { unmet }) => sum + unmet.length, 0),
  };
}
