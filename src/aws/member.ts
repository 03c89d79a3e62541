import type { STSClient } from '@aws-sdk/client-sts';
import {
  type Access,
  type Answer,
  type AnyGuardrail,
  type Call,
  type Made,
  names,
  type OperationFacts,
  roleArn,
} from '#core';
import { type Ports, type Session, sessionPolicy } from '#engine';
import { answerOf, requestIdOf } from './answer';
import { allPages } from './pages';
import { assumeRole } from './roles';
import { type Client, type Credentials, partsOf, type Sdk } from './sdk';

interface Member {
  readonly partition: string;
  /** The service whose remediation role acts, e.g. `s3`. */
  readonly service: string;
  readonly guardrails: readonly AnyGuardrail[];
  readonly sdk: Sdk;
  readonly sts: STSClient;
  /** The session's name while reading: who looks. */
  readonly reader: string;
  readonly now: () => Date;
}

/** How many reading clients are kept for later events. */
const MOST_CLIENTS = 200;

/** The ports that reach into member accounts: reading by one role, writing by another. */
export function memberPorts(member: Member): Pick<Ports, 'look' | 'act'> {
  const operations: ReadonlyMap<string, OperationFacts<Access>> = new Map(
    member.guardrails
      .flatMap(({ reads, writes }) => [...reads, ...writes])
      .map((one) => [one.id, one]),
  );
  const factsOf = (call: Call) => {
    const facts = operations.get(call.operation);
    if (!facts) throw new Error(`${call.operation} is not declared by any guardrail here`);
    return facts;
  };
  const readers = new Map<string, Client>();

  const readerOf = (call: Call): Client => {
    const facts = factsOf(call);
    const { client: Class } = partsOf(member.sdk, facts);
    // A bundle's class names are shortened: the operation's own name for its client is not.
    const key = `${call.on.account} ${call.on.region} ${facts.sdk?.client}`;
    const known = readers.get(key);
    if (known) return known;
    if (readers.size >= MOST_CLIENTS) readers.clear();
    const role = roleArn(member.partition, call.on.account, names.readerRole);
    const session = { RoleArn: role, RoleSessionName: member.reader };
    const credentials = () => assumeRole(member.sts, session);
    const client = new Class({ region: call.on.region, credentials, useQueueUrlAsEndpoint: false });
    readers.set(key, client);
    return client;
  };

  return {
    async look(call) {
      const facts = factsOf(call);
      const client = readerOf(call);
      return allPages(call, facts.sdk?.pages, async (page) => {
        const { answer } = await send(client, page, facts, member);
        return answer;
      });
    },

    async *act(plan, session) {
      const [first] = plan;
      if (!first) return;
      const role = writerRole(member, plan, session, operations);
      let credentials: Promise<Credentials> | undefined;
      const assume = () => {
        credentials ??= assumeRole(member.sts, role);
        return credentials;
      };
      for (const call of plan) {
        const { client: Class } = partsOf(member.sdk, factsOf(call));
        const client = new Class({
          region: call.on.region,
          credentials: assume,
          useQueueUrlAsEndpoint: false,
        });
        const made = await send(client, call, factsOf(call), member);
        yield made;
        if (made.answer.kind === 'refused') return;
      }
    },
  };
}

/**
 * The role that writes, narrowed to a plan.
 * @throws Error where no session policy can hold the plan: the SDK must not take it for a refusal.
 */
function writerRole(
  { partition, service }: Member,
  plan: readonly Call<'write'>[],
  session: Session,
  operations: ReadonlyMap<string, OperationFacts<Access>>,
) {
  const account = plan[0]?.on.account ?? '';
  if (plan.some((call) => call.on.account !== account))
    throw new Error('a plan touches one account only');
  return {
    RoleArn: roleArn(partition, account, names.remediationRole(service)),
    RoleSessionName: session.decision,
    SourceIdentity: session.guardrail,
    Policy: sessionPolicy(plan, operations, session.until),
  };
}

async function send(
  client: Client,
  call: Call,
  facts: OperationFacts<Access>,
  { sdk, now }: Member,
): Promise<Made> {
  const { command: Command } = partsOf(sdk, facts);
  let output: unknown;
  let answer: Answer;
  try {
    // The SDK writes defaults into the input it is given; what was planned must stay as it was.
    output = await client.send(new Command(structuredClone(call.input) as never));
    answer = { kind: 'found', value: output };
  } catch (error) {
    output = error;
    answer = answerOf(error, facts);
  }
  return { call, requestId: requestIdOf(output), answer, at: now().toISOString() };
}
