import {
  type AnyGuardrail,
  DECISION_DETAIL_TYPE,
  DECISION_SOURCE,
  type Decision,
  type JsonObject,
  names,
  serviceOf,
} from '#core';
import { type Engine, modeGate, type Ports, summaryOf } from '#engine';
import type { Asked, Authority, Ruling } from './authority';
import type { Clock } from './clock';
import { type MemberWorld, memberPorts } from './member';
import type { Deployed, Responder } from './model';

/** All that a responder in the twin stands in. */
export interface ResponderWorld extends MemberWorld {
  readonly guardrails: readonly AnyGuardrail[];
  /** Decision id → decision, of all responders: the decision table. */
  readonly decisions: Map<string, Decision>;
  /** Puts an event of Parapet's own on the security bus. */
  readonly publish: (event: JsonObject) => void;
}

/** Bodies are not kept here; what is on the bus has a place for their reference. */
const NO_BODY = { sha256: '0'.repeat(64), bytes: 0 };

/** Longer than the function may run. */
const LEASE_MS = 60_000;

/** The service a function answers for, by the name that the stacks give it. */
export function guardrailsOf(
  { name }: Responder,
  guardrails: readonly AnyGuardrail[],
): { readonly service: string; readonly guardrails: readonly AnyGuardrail[] } {
  const found = guardrails.filter((one) => names.responder(serviceOf(one)) === name);
  return { service: found[0] ? serviceOf(found[0]) : '', guardrails: found };
}

/**
 * The engine of one responder, with its own role's rights and nothing more.
 * @throws Error from its ports, where its role may not do what the record needs.
 */
export function engineOf(responder: Responder, world: ResponderWorld): Engine {
  const { guardrails, service } = guardrailsOf(responder, world.guardrails);
  return {
    guardrails,
    deployment: responder.deployment,
    leaseMs: LEASE_MS,
    ports: {
      ...memberPorts({ responder, service, guardrails }, world),
      ...recordPorts(responder, world),
      now: () => world.clock.now(),
      gates: [modeGate],
    },
  };
}

function recordPorts(
  responder: Responder,
  world: ResponderWorld,
): Pick<Ports, 'claim' | 'keep' | 'record' | 'lastGood' | 'remember'> {
  const good = new Map<string, JsonObject>();
  return {
    async claim({ id }) {
      mayRecord(responder, world);
      return world.decisions.has(id) ? { kind: 'done' } : { kind: 'granted', fence: 1 };
    },
    keep: async () => mayRecord(responder, world),
    async record(decision) {
      world.decisions.set(decision.id, decision);
      world.publish({
        source: DECISION_SOURCE,
        'detail-type': DECISION_DETAIL_TYPE,
        account: responder.account,
        region: responder.region,
        detail: JSON.parse(JSON.stringify(summaryOf(decision, { body: NO_BODY }))),
      });
    },
    lastGood: async (guardrail, arn) => good.get(`${guardrail} ${arn}`)?.state,
    async remember(guardrail, arn, state) {
      good.set(`${guardrail} ${arn}`, { state });
    },
  };
}

/** What the record of a decision needs: the table, the bodies, their keys, and the bus. */
function mayRecord(
  responder: Responder,
  {
    deployed,
    authority,
  }: { readonly deployed: Deployed; readonly authority: Authority; readonly clock: Clock },
): void {
  const { environment, account, region } = responder;
  const ask = (
    asked: Pick<Asked, 'action' | 'resource' | 'context'>,
    policy?: Parameters<Authority['session']>[2],
  ) =>
    need(
      authority.session(
        { role: responder.role, name: responder.name },
        { ...asked, resourceAccount: account, region },
        policy,
      ),
    );
  const withKey = (key: string | undefined, service: string) => {
    if (key === undefined) return;
    const context = {
      'kms:ViaService': `${service}.${region}.amazonaws.com`,
      'kms:CallerAccount': account,
    };
    for (const action of ['kms:GenerateDataKey', 'kms:Decrypt'])
      ask({ action, resource: key, context }, deployed.keys.get(key));
  };
  const table = deployed.tables.get(environment.PARAPET_DECISIONS_TABLE ?? '');
  if (!table) throw new Error('the decision table does not exist');
  for (const action of ['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem'])
    ask({ action, resource: table.arn });
  withKey(table.key, 'dynamodb');
  const name = environment.PARAPET_BODIES_BUCKET ?? '';
  const bucket = deployed.buckets.get(name);
  if (!bucket) throw new Error('the bucket for bodies does not exist');
  const object = { action: 's3:PutObject', resource: `arn:aws:s3:::${name}/sha256/0.json` };
  ask({ ...object, context: { 'aws:SecureTransport': 'true' } }, bucket.policy);
  withKey(bucket.key, 's3');
  const bus = `arn:aws:events:${region}:${account}:event-bus/${environment.PARAPET_BUS_NAME}`;
  const context = {
    'events:source': [DECISION_SOURCE],
    'events:detail-type': [DECISION_DETAIL_TYPE],
  };
  ask({ action: 'events:PutEvents', resource: bus, context }, deployed.buses.get(bus)?.policy);
}

function need(ruling: Ruling): void {
  if (!ruling.allowed) throw new Error(ruling.reason);
}

/** Whether a function can take messages from its queue at all. */
export function mayPoll(
  responder: Responder,
  queue: string,
  { deployed, authority }: { readonly deployed: Deployed; readonly authority: Authority },
): Ruling {
  const role = deployed.roles.get(responder.role);
  if (!role) return { allowed: false, reason: `there is no role ${responder.role}` };
  const assumed = authority.service(
    'lambda.amazonaws.com',
    {
      action: 'sts:AssumeRole',
      resource: role.arn,
      resourceAccount: role.account,
      context: { 'aws:SourceAccount': role.account, 'aws:SourceArn': responder.arn },
    },
    role.trust,
  );
  if (!assumed.allowed) return assumed;
  const session = { role: role.arn, name: responder.name };
  const asked = { resource: queue, resourceAccount: role.account, region: responder.region };
  const rulings = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map(
    (action) => authority.session(session, { ...asked, action }),
  );
  return rulings.find(({ allowed }) => !allowed) ?? assumed;
}
