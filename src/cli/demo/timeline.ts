import { type Decision, textAt } from '#core';
import type { StepResult } from '#twin';
import { paint } from '../output';
import type { Session } from '../session';

const COLOURS = { complies: 'green', violates: 'red', undetermined: 'yellow' } as const;

/** Milliseconds from the call to a later moment, as seconds. */
const seconds = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined
    ? ''
    : `${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} s`;

/** One step for people: what happened, verdict and reason, calls, seconds. */
export function stepText(result: StepResult, number: number, session: Session): string {
  const style = paint(session, session.stdout);
  const { step, at, journeys, stopped, unmet, decisions } = result;
  const head = `${String(number).padStart(2)}  ${at.slice(11, 19)}  ${style('bold', step.name)}`;
  const own = journeys.filter((journey) => journey.own !== undefined);
  const lines = [
    style('dim', `${whatOf(result)} in ${step.in}, ${step.region}`),
    ...decisions.flatMap((decision) => decisionLines(decision, style)),
    ...repeatedLines(result),
    ...deniedLines(result).map((line) => `${style('yellow', 'denied')}: ${line}`),
    ...(stopped === undefined ? [] : [`${style('yellow', 'stopped')}: ${stopped}`]),
    ...(own.length === 0 ? [] : [style('dim', ownText(own))]),
    ...unmet.map((line) => `${style('red', 'NOT AS EXPECTED')}: ${line}`),
  ];
  return [head, ...lines.map((line) => `              ${line}`)].join('\n');
}

function whatOf({ step }: StepResult): string {
  if ('call' in step) {
    const { root, user, role, session } = step.by;
    return `${step.call} by ${root ? 'root' : (user ?? `${role}/${session}`)}`;
  }
  if ('record' in step) return `event ${textAt(step.record, 'eventName') ?? 'without a name'}`;
  if ('again' in step) return 'the event of an earlier step again';
  return `PutEvents on the ${step.put.on} bus with source ${step.put.source}`;
}

function decisionLines(decision: Decision, style: ReturnType<typeof paint>): readonly string[] {
  const { guardrail, verdict, mode, modeFrom, outcome, because, at, made, planned } = decision;
  const did = made.length > 0 ? 'made' : 'planned';
  const calls = (made.length > 0 ? made.map(({ call }) => call) : planned).map(
    ({ operation }) => operation,
  );
  const colour = COLOURS[verdict.verdict];
  return [
    `${guardrail.id} ${style(colour, verdict.verdict)}: ${verdict.reason}`,
    `  ${mode} (${modeFrom}) → ${style('bold', outcome)}${because ? `, ${because}` : ''} after ${seconds(at.called, at.recorded)}`,
    ...(calls.length === 0 ? [] : [`  ${did} ${calls.join(', ')}`]),
  ];
}

const repeatedLines = ({ journeys }: StepResult): readonly string[] =>
  journeys.flatMap(({ handled }) =>
    handled.flatMap((one) =>
      one.kind === 'repeated' ? [`${one.guardrail}: decided before, nothing is done twice`] : [],
    ),
  );

/** What a responder was not allowed to do, though it judged. */
const deniedLines = ({ journeys }: StepResult): readonly string[] =>
  journeys.flatMap(({ handled, hops }) =>
    handled.length === 0 ? [] : hops.flatMap(({ passed, what }) => (passed ? [] : [what])),
  );

function ownText(own: StepResult['journeys']): string {
  const ends = own.map(({ own: operation, handled, hops }) => {
    const [first] = handled;
    const end = first?.kind === 'ignored' ? first.reason : hops.find(({ passed }) => !passed)?.what;
    return `${operation} (${end ?? 'judged'})`;
  });
  return `the repair's own events lead to nothing: ${ends.join('; ')}`;
}
