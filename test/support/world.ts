import { type Example, isObject, type Json, type JsonObject, type TrailEvent, textAt } from '#core';

/** The account's state in which the twin's effects answer as an example's `state` says. */
export function worldOf(service: string, { state = {} }: Example, event: TrailEvent): Json {
  const make = MAKERS[service];
  if (!make)
    throw new Error(`no effects for ${service}: add how its state is made in ${__filename}`);
  return make(state, event);
}

type Maker = (state: Readonly<Record<string, Json>>, event: TrailEvent) => Json;

const objectIn = (value: Json | undefined, key: string): JsonObject | undefined => {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : undefined;
};

const listIn = (value: Json | undefined, key: string): readonly Json[] => {
  const found = isObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
};

const MAKERS: Readonly<Record<string, Maker>> = {
  s3: (state, { request }) => {
    const policy = textAt(state['s3:GetBucketPolicy'], 'Policy');
    const block = objectIn(state['s3:GetPublicAccessBlock'], 'PublicAccessBlockConfiguration');
    const bucket = {
      ownership: 'ObjectWriter',
      acl: state['s3:GetBucketAcl'] ?? {},
      ...(policy === undefined ? {} : { policy }),
      ...(block === undefined ? {} : { block }),
    };
    return { s3: { [textAt(request, 'bucketName') ?? '']: bucket } };
  },
  // The ids of rules stay as the example has them: the plan names them.
  ec2: (state, { region }) => {
    const rules = listIn(state['ec2:DescribeSecurityGroupRules'], 'SecurityGroupRules');
    const byId = rules.map((rule) => [textAt(rule, 'SecurityGroupRuleId') ?? '', rule] as const);
    const id = textAt(rules[0], 'GroupId') ?? '';
    const group = { name: 'web', count: rules.length, rules: Object.fromEntries(byId) };
    return { ec2: { [region]: { [id]: group } } };
  },
  cloudtrail: (state, { region }) => {
    const { Name: name } = objectIn(state['cloudtrail:GetTrail'], 'Trail') ?? {};
    const logs = objectIn(state, 'cloudtrail:GetTrailStatus')?.IsLogging === true;
    const trail = { bucket: 'logs', isMultiRegion: true, logs };
    return { cloudtrail: { [region]: { [String(name)]: trail } } };
  },
  iam: (state) => {
    const user = objectIn(state['iam:GetUser'], 'User') ?? {};
    const keys = listIn(state['iam:ListAccessKeys'], 'AccessKeyMetadata').map(
      (key) => [textAt(key, 'AccessKeyId') ?? '', textAt(key, 'Status') === 'Active'] as const,
    );
    const attached = listIn(state['iam:ListAttachedUserPolicies'], 'AttachedPolicies');
    return {
      iam: {
        users: {
          [textAt(user, 'UserName') ?? '']: {
            path: textAt(user, 'Path') ?? '/',
            tags: listIn(user, 'Tags'),
            keys: Object.fromEntries(keys),
            attached: attached.map((policy) => textAt(policy, 'PolicyArn') ?? ''),
          },
        },
      },
    };
  },
  sqs: (state, { account, region, request }) => {
    const url = `https://sqs.${region}.amazonaws.com/${account}/${textAt(request, 'queueName')}`;
    return { sqs: { [url]: { tags: objectIn(state['sqs:ListQueueTags'], 'Tags') ?? {} } } };
  },
};
