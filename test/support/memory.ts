import type { Answer, AnyGuardrail, Call, Decision, Deployment, Intent, Json } from '#core';
import { type Engine, type Gate, modeGate, type Ports } from '#engine';
import { effects } from '#twin/effects/index';
import { deployment } from './deployment';

/** What an engine did, in order, as `verb subject`. */
export interface Memory {
  readonly engine: Engine;
  /** `look s3:GetBucketAcl`, `keep`, `act s3:PutBucketAcl`, `record repaired`, … */
  readonly done: string[];
  readonly kept: Intent[];
  readonly decisions: Decision[];
  readonly sessions: Parameters<Ports['act']>[1][];
  /** The accounts' state; the effects of calls change it. */
  readonly accounts: Map<string, Json>;
  /** Operation id → what it answers instead, at each call in turn; undefined: as ever. */
  readonly answers: Map<string, (Answer | undefined)[]>;
  /** Makes a call as if somebody of the account had made it. */
  make(call: Pick<Call, 'operation' | 'input' | 'on'>): Answer;
  /** How many writes were made. */
  writes(): number;
}

/** An engine whose ports live in memory, over the twin's effects. */
export function memory(options: {
  readonly guardrails: readonly AnyGuardrail[];
  readonly deployment?: Deployment;
  readonly gates?: readonly Gate[];
  readonly ports?: Partial<Ports>;
}): Memory {
  const done: string[] = [];
  const kept: Intent[] = [];
  const decisions: Decision[] = [];
  const sessions: Memory['sessions'] = [];
  const accounts = new Map<string, Json>();
  const answers = new Map<string, (Answer | undefined)[]>();
  const good = new Map<string, Json>();
  let time = Date.parse('2026-11-21T10:00:01Z');
  const now = () => new Date(time++);

  const make: Memory['make'] = (call) => {
    const instead = answers.get(call.operation)?.shift();
    if (instead) return instead;
    const effect = effects[call.operation];
    if (!effect) throw new Error(`no effect for ${call.operation}`);
    const { world, answer } = effect(accounts.get(call.on.account) ?? {}, call);
    accounts.set(call.on.account, world);
    return answer;
  };

  const ports: Ports = {
    async look(call) {
      done.push(`look ${call.operation}`);
      return make(call);
    },
    async *act(plan, session) {
      sessions.push(session);
      for (const call of plan) {
        done.push(`act ${call.operation}`);
        const answer = make(call);
        yield { call, requestId: `r-${done.length}`, answer, at: now().toISOString() };
        if (answer.kind === 'refused') return;
      }
    },
    async lastGood(guardrail, arn) {
      done.push('lastGood');
      return good.get(`${guardrail} ${arn}`);
    },
    async remember(guardrail, arn, state) {
      done.push('remember');
      good.set(`${guardrail} ${arn}`, state);
    },
    claim: async ({ id }) =>
      decisions.some((decision) => decision.id === id)
        ? { kind: 'done' }
        : { kind: 'granted', fence: 1 },
    async keep(intent) {
      done.push('keep');
      kept.push(intent);
    },
    async record(decision) {
      done.push(`record ${decision.outcome}`);
      decisions.push(decision);
    },
    now,
    gates: options.gates ?? [modeGate],
    ...options.ports,
  };
  const engine: Engine = {
    guardrails: options.guardrails,
    deployment: options.deployment ?? deployment(),
    ports,
    leaseMs: 60_000,
  };
  const writes = () => done.filter((line) => line.startsWith('act ')).length;
  return { engine, done, kept, decisions, sessions, accounts, answers, make, writes };
}
