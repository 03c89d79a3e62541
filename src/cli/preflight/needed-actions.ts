import type { Looking } from '#aws/preflight/index';
import { GLOBAL_REGION } from '#config/regions';
import { type AnyOperation, busArn, nameOf, names, roleArn, serviceOf } from '#core';

/** A call that some role of the deployment must be able to make. */
export interface Needed {
  /** Who, for people. */
  readonly who: string;
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  /** The account the resource is in. */
  readonly owner: string;
  readonly region: string;
}

/** What the stack of a member makes, in each Region. */
const REGIONAL = [
  ...['events:PutRule', 'events:PutTargets', 'events:TagResource', 'events:DescribeRule'],
  ...['sqs:CreateQueue', 'sqs:SetQueueAttributes', 'sqs:GetQueueAttributes', 'sqs:TagQueue'],
];
/** Service → what is deployed of it in each Region. */
const DEPLOYED: Readonly<Record<string, string>> = {
  events: `rule/${names.forwardingRule('services')}`,
  sqs: names.forwardDeadLetters,
};
const GLOBAL = [
  ...['iam:CreateRole', 'iam:PutRolePolicy', 'iam:TagRole', 'iam:GetRole', 'iam:PassRole'],
];

const serviceIn = (action: string): string => action.split(':')[0] ?? '';

/** All that an account's Region must let the deployment's, the forwarding, reader and remediation roles do. */
export function* neededIn(
  account: Looking['configuration']['accounts'][number],
  region: string,
  { configuration, guardrails }: Pick<Looking, 'configuration' | 'guardrails'>,
): Generator<Needed> {
  const { partition, parts, regions, roles } = configuration;
  const { id } = account;
  const own = (name: string) => roleArn(partition, id, name);
  const thing = (action: string, what = nameOf('preflight')) => {
    const service = serviceIn(action);
    if (service === 'iam') return own(names.forwardingRole);
    if (service === 's3') return `arn:${partition}:s3:::${what}`;
    return `arn:${partition}:${service}:${region}:${id}:${what}`;
  };
  const bus = busArn(partition, regions.home, parts.security);
  yield {
    ...{ who: 'the forwarding role', role: own(names.forwardingRole), action: 'events:PutEvents' },
    ...{ resource: bus, owner: parts.security, region },
  };
  const deployer = roles[account.kind];
  if (deployer !== null)
    for (const action of region === GLOBAL_REGION ? [...REGIONAL, ...GLOBAL] : REGIONAL)
      yield {
        ...{ who: `the deployment's role ${deployer}`, role: own(deployer), action },
        ...{ resource: thing(action, DEPLOYED[serviceIn(action)]), owner: id, region },
      };
  const rolesOf = (operations: readonly AnyOperation[], who: string, role: string) =>
    actionsOf(operations, region).map((action) => ({
      ...{ who, role: own(role), action, resource: thing(action), owner: id, region },
    }));
  yield* rolesOf(
    guardrails.flatMap(({ reads }) => reads),
    'the reader',
    names.readerRole,
  );
  for (const service of new Set(guardrails.map(serviceOf)))
    yield* rolesOf(
      guardrails.filter((one) => serviceOf(one) === service).flatMap(({ writes }) => writes),
      `the remediation role of ${service}`,
      names.remediationRole(service),
    );
}

/** Calls of global services are made in us-east-1, whatever Region woke the guardrail. */
const actionsOf = (operations: readonly AnyOperation[], region: string): readonly string[] => {
  const here = operations.filter(
    ({ trail }) => trail.region !== GLOBAL_REGION || region === GLOBAL_REGION,
  );
  return [...new Set(here.flatMap(({ iam }) => iam))].toSorted();
};
