import {
  type AnyGuardrail,
  type Call,
  type Decision,
  type Deployment,
  type Intent,
  type Json,
  type Made,
  type Outcome,
  type Resource,
  type Seen,
  TryAgain,
  undetermined,
  type Verdict,
} from '#core';
import { type Observed, observe, refusal } from './observe';
import type { Gate, Ports } from './ports';
import { keeper } from './secrets';

// biome-ignore lint/suspicious/noExplicitAny: a guardrail is handed only what it made itself
type AnySeen = Seen<any, any, any>;

/** What is settled before the world is asked. */
export type Question = Pick<Intent, 'id' | 'cause' | 'ouPath' | 'mode' | 'modeFrom'> & {
  readonly guardrail: AnyGuardrail;
  readonly resource: Resource;
  readonly received: string;
  readonly until: Date;
  /** The last try: what cannot be read now is recorded as undetermined. */
  readonly isLastTry: boolean;
};

type Judged = {
  readonly verdict: Verdict;
  readonly plan: readonly Call<'write'>[];
};

/**
 * Looks, judges, plans, asks the gates, acts and looks again. Writes nothing to the record.
 * @throws TryAgain where a read was throttled or timed out and another try is left.
 */
export async function decide(
  question: Question,
  deployment: Deployment,
  ports: Ports,
): Promise<Decision> {
  const { guardrail, resource } = question;
  const context = await contextOf(question, deployment, ports);
  const observed = await observe(guardrail.observe(resource), ports.look);
  if (mayPass(observed) && !question.isLastTry) throw new TryAgain(refusal(observed));
  const judged = judge(guardrail, context, observed);
  const keep = keeper(guardrail);
  const stateToKeep = (seen: Observed<unknown>): Json =>
    seen.kind === 'seen' ? plain(keep.state(resource, seen)) : null;
  const intent: Intent = {
    ...pick(question),
    guardrail: { id: guardrail.id, version: guardrail.version },
    resource,
    verdict: judged.verdict,
    before: stateToKeep(observed),
    planned: judged.plan.map(keep.call),
    at: { received: question.received, looked: ports.now().toISOString() },
  };
  if (guardrail.remembers && judged.verdict.verdict === 'complies')
    await ports.remember(guardrail.id, resource.arn, intent.before);
  const outcome = outcomeWithoutActing(judged);
  if (outcome) return { ...intent, ...outcome, made: [] };
  await ports.keep(intent);
  const stopped = await askGates(ports.gates, intent);
  if (stopped) return { ...intent, ...stopped, made: [] };
  const acted = await act(question, judged, ports);
  const again = await observe(guardrail.observe(resource), ports.look);
  return {
    ...intent,
    ...outcomeOf(acted, guardrail, context, again),
    made: acted.map(keep.made),
    ...(again.kind === 'seen' ? { after: stateToKeep(again) } : {}),
    at: { ...intent.at, acted: acted.at(-1)?.at ?? ports.now().toISOString() },
  };
}

const pick = ({ id, cause, ouPath, mode, modeFrom }: Question) => ({
  id,
  cause,
  ouPath,
  mode,
  modeFrom,
});

async function contextOf(
  { guardrail, resource, cause }: Question,
  deployment: Deployment,
  ports: Ports,
) {
  return {
    resource,
    lastGood: guardrail.remembers ? await ports.lastGood(guardrail.id, resource.arn) : undefined,
    cause,
    settings: guardrail.settings.parse(deployment.settings[guardrail.id] ?? {}),
    organization: {
      id: deployment.organization.id,
      accounts: new Set(Object.keys(deployment.organization.accounts)),
    },
  };
}

const mayPass = <S>(observed: Observed<S>): observed is Extract<Observed<S>, { kind: 'refused' }> =>
  observed.kind === 'refused' && ['throttled', 'timeout'].includes(observed.answer.why);

function judge(
  guardrail: AnyGuardrail,
  context: Omit<AnySeen, 'state'>,
  observed: Observed<unknown>,
): Judged {
  if (observed.kind === 'refused') return { verdict: undetermined(refusal(observed)), plan: [] };
  const seen: AnySeen = { ...context, state: observed.state };
  const verdict = guardrail.judge(seen);
  const plan = verdict.verdict === 'violates' ? (guardrail.plan?.(seen) ?? []) : [];
  return { verdict, plan };
}

function outcomeWithoutActing({
  verdict,
  plan,
}: Judged): Pick<Decision, 'outcome' | 'because'> | undefined {
  if (verdict.verdict === 'complies') return { outcome: 'nothing' };
  if (verdict.verdict === 'undetermined') return { outcome: 'undetermined' };
  if (plan.length === 0) return { outcome: 'observed', because: 'there is nothing to repair' };
  return undefined;
}

async function askGates(gates: readonly Gate[], intent: Intent) {
  for (const gate of gates) {
    try {
      const answer = await gate(intent);
      if (!answer.go) return { outcome: answer.outcome, because: answer.reason };
    } catch (error) {
      const because = `a gate could not be asked: ${error instanceof Error ? error.message : error}`;
      return { outcome: 'undetermined' as const, because };
    }
  }
  return undefined;
}

async function act(
  { id, guardrail, until }: Question,
  { plan }: Judged,
  ports: Ports,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  for await (const one of ports.act(plan, { decision: id, guardrail: guardrail.id, until }))
    made.push(one);
  return made;
}

function outcomeOf(
  made: readonly Made[],
  guardrail: AnyGuardrail,
  context: Omit<AnySeen, 'state'>,
  again: Observed<unknown>,
): { readonly outcome: Outcome; readonly because?: string } {
  const refused = made.flatMap(({ call, answer }) =>
    answer.kind === 'refused' ? [refusal({ call, answer })] : [],
  );
  if (again.kind === 'refused')
    return {
      outcome: 'undetermined',
      because: [...refused, `looking again: ${refusal(again)}`].join('; '),
    };
  const verdict = guardrail.judge({ ...context, state: again.state });
  if (verdict.verdict === 'complies' && refused.length === 0) return { outcome: 'repaired' };
  const because = [...refused, `looking again: ${verdict.reason}`].join('; ');
  return { outcome: made.length > refused.length ? 'partly' : 'failed', because };
}

/** State as plain JSON: dates become text, and what the SDK adds about the call is left out. */
function plain(state: unknown): Json {
  const text = JSON.stringify(state, (key, value) => (key === '$metadata' ? undefined : value));
  return text === undefined ? null : JSON.parse(text);
}
