import type { Decision } from '#core';
import type { ExpectedDecision, Step } from './scenario';

/** What a step's hand-written expectations say that did not happen, as sentences. */
export function unmetBy(
  step: Step,
  decisions: readonly Decision[],
  stopped: string | undefined,
): readonly string[] {
  const seen = decisions.map(lineOf);
  const wanted = step.expect.map(expectedLine);
  const missing = wanted.filter((line) => !seen.includes(line)).map((line) => `expected ${line}`);
  const extra = seen
    .filter((line) => !wanted.includes(line))
    .map((line) => `not expected: ${line}`);
  const wantsStop = step.stopped !== undefined && !stopped?.includes(step.stopped);
  const stops = wantsStop ? [`expected a stop at "${step.stopped}", got ${stopped ?? 'none'}`] : [];
  return [...missing, ...extra, ...stops];
}

const lineOf = ({ guardrail, verdict, outcome, planned, made }: Decision): string =>
  line({
    guardrail: guardrail.id,
    verdict: verdict.verdict,
    outcome,
    planned: planned.map(({ operation }) => operation),
    made: made.map(({ call }) => call.operation),
  });

const expectedLine = (expected: ExpectedDecision): string => line(expected);

const line = ({ guardrail, verdict, outcome, planned, made }: ExpectedDecision): string =>
  `${guardrail} ${verdict}, ${outcome}, planned [${planned.join(', ')}], made [${made.join(', ')}]`;
