import { accountIn, nameIn } from './arn-parts';
import { mayAssume } from './assumption';
import type { Asked, Ruling } from './authority';
import type { Carried, World } from './carried';
import type { Guarded, Pipe, Target } from './model';

/** A step, and whether it may be taken; without a ruling it is taken. */
export interface Step {
  readonly what: string;
  readonly ruling?: Ruling;
}

export const refuse = (reason: string): Ruling => ({ allowed: false, reason });

/** The first refusal, or leave. */
const allOf = (rulings: readonly Ruling[]): Ruling =>
  rulings.find(({ allowed }) => !allowed) ?? {
    allowed: true,
    reason: 'all that is needed is allowed',
  };

interface Put {
  readonly action: string;
  readonly what: string;
  /** What it is put into, where there is such a thing. */
  readonly stream: Partial<Guarded> | undefined;
  /** What must be allowed with its key. */
  readonly uses: readonly string[];
}

/** A target without a policy of its own: EventBridge takes the role that the target names. */
export function byRole(target: Target, carried: Carried, put: Put, world: World): Step {
  const { arn, role } = target;
  const { rule } = carried;
  const { what, action, stream, uses } = put;
  if (stream === undefined) return { what, ruling: refuse(`there is no ${arn}`) };
  if (role === undefined) return { what, ruling: refuse(`the target of ${rule.name} has no role`) };
  const by = { service: 'events.amazonaws.com', source: rule.arn, account: rule.account };
  const assumed = mayAssume(role, by, world);
  if (!assumed.allowed)
    return {
      what,
      ruling: refuse(`the role of ${rule.name} cannot be assumed: ${assumed.reason}`),
    };
  const session = { role, name: 'events' };
  const asked = { resourceAccount: accountIn(arn), region: arn.split(':')[3] ?? '' };
  const ruling = allOf([
    world.authority.session(session, { ...asked, action, resource: arn, context: {} }),
    ...withKey(session, { key: stream.key, through: arn, actions: uses }, world),
  ]);
  return { what, ruling };
}

/** What a session needs of a key, through the service of the thing that is encrypted. */
function withKey(
  session: { readonly role: string; readonly name: string },
  use: {
    readonly key: string | undefined;
    readonly through: string;
    readonly actions: readonly string[];
    readonly context?: Asked['context'];
  },
  { authority, deployed }: World,
): readonly Ruling[] {
  const { key, through, actions, context } = use;
  if (key === undefined) return [];
  const [, , service, region] = through.split(':');
  const here = region === '' ? (key.split(':')[3] ?? '') : (region ?? '');
  const via = { 'kms:ViaService': `${service}.${here}.amazonaws.com`, ...context };
  return actions.map((action) =>
    authority.session(
      session,
      { action, resource: key, resourceAccount: accountIn(key), region: here, context: via },
      deployed.keys.get(key),
    ),
  );
}

/** Where the lake's bucket is among the stacks, its policy and key are asked too. */
export function intoLake(arn: string, world: World): readonly Step[] {
  const stream = world.deployed.deliveryStreams.get(arn);
  if (stream === undefined) return [];
  const { role, functions } = stream;
  const bucket = stream.bucket.slice(stream.bucket.lastIndexOf(':') + 1);
  const what = `Firehose delivers it to the bucket ${bucket}`;
  const by = { service: 'firehose.amazonaws.com', source: arn, account: stream.account };
  const session = { role, name: 'firehose' };
  const region = arn.split(':')[3] ?? '';
  const asked = { region, context: { 'aws:SecureTransport': 'true' } };
  const found = world.deployed.buckets.get(bucket);
  const put = { ...asked, action: 's3:PutObject', resource: `${stream.bucket}/class=0/rows` };
  const context = { 'kms:EncryptionContext:aws:s3:arn': stream.bucket };
  const ruling = allOf([
    mayAssume(role, by, world),
    ...functions.map((resource) => {
      const invoke = { ...asked, action: 'lambda:InvokeFunction', resource };
      return world.authority.session(session, { ...invoke, resourceAccount: stream.account });
    }),
    ...(found === undefined
      ? []
      : [
          world.authority.session(
            session,
            { ...put, resourceAccount: found.account },
            found.policy,
          ),
          ...withKey(
            session,
            {
              ...{ key: found.key, through: stream.bucket, context },
              actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
            },
            world,
          ),
        ]),
  ]);
  const beyond = found === undefined ? `${what}, which is in none of these stacks` : what;
  return [{ what: beyond, ruling }];
}

/** Whether the resource policies of CloudWatch Logs let a rule write. */
export function mayLog(arn: string, { rule }: Carried, { deployed, authority }: World): Ruling {
  if (!deployed.logGroups.has(arn)) return refuse(`there is no log group ${nameIn(arn)}`);
  const policies = deployed.logPolicies.get(`${accountIn(arn)} ${arn.split(':')[3]}`) ?? [];
  const context = { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': rule.account };
  const resource = `${arn}:log-stream:rule`;
  // EventBridge names no rule when it makes a log stream.
  const needed = [
    { action: 'logs:CreateLogStream', context: {} },
    { action: 'logs:PutLogEvents', context },
  ];
  return allOf(
    needed.map((one) => {
      const asked = { ...one, resource, resourceAccount: accountIn(arn) };
      const rulings = policies.map((policy) =>
        authority.service('events.amazonaws.com', asked, policy),
      );
      const none = refuse('no resource policy of CloudWatch Logs speaks of it');
      return rulings.find(({ allowed }) => allowed) ?? rulings[0] ?? none;
    }),
  );
}

/** Whether a topic's policy and its key let a rule publish. */
export function mayPublish(arn: string, { rule }: Carried, { deployed, authority }: World): Ruling {
  const topic = deployed.topics.get(arn);
  if (topic === undefined) return refuse(`there is no topic ${nameIn(arn)}`);
  const context = { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': rule.account };
  const asked = { context, resourceAccount: topic.account };
  const service = 'events.amazonaws.com';
  const { key } = topic;
  const uses = key === undefined ? [] : ['kms:GenerateDataKey', 'kms:Decrypt'];
  return allOf([
    authority.service(service, { ...asked, action: 'sns:Publish', resource: arn }, topic.policy),
    ...uses.map((action) =>
      authority.service(
        service,
        { ...asked, action, resource: key ?? '' },
        deployed.keys.get(key ?? ''),
      ),
    ),
  ]);
}

/** From its queue through the enriching function to its topic, by the pipe's own role. */
export function throughPipe(queue: string, pipe: Pipe, world: World): readonly Step[] {
  const { arn, account, role, enrichment, target } = pipe;
  const session = { role, name: nameIn(arn) };
  const asked = { region: arn.split(':')[3] ?? '', resourceAccount: account, context: {} };
  const topic = world.deployed.topics.get(target);
  const by = { service: 'pipes.amazonaws.com', source: arn, account };
  const may = (action: string, resource: string, policy?: Guarded['policy']) =>
    world.authority.session(session, { ...asked, action, resource }, policy);
  const ruling = allOf([
    mayAssume(role, by, world),
    ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action) =>
      may(action, queue),
    ),
    ...(enrichment === undefined ? [] : [may('lambda:InvokeFunction', enrichment)]),
    topic === undefined
      ? refuse(`there is no topic ${nameIn(target)}`)
      : may('sns:Publish', target, topic.policy),
    ...withKey(
      session,
      { key: topic?.key, through: target, actions: ['kms:GenerateDataKey', 'kms:Decrypt'] },
      world,
    ),
  ]);
  return [{ what: `the pipe ${nameIn(arn)} tells the topic ${nameIn(target)}`, ruling }];
}
