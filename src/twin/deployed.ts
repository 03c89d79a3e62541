import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { at, type Deployment, type Json, textAt } from '#core';
import { compile, parsePattern } from '#pattern';
import { attributeOf } from './attributes';
import { feedsOf } from './deployed-feeds';
import { parsePolicy, parseResourcePolicy, type ResourcePolicy } from './iam';
import type { Deployed, Responder, Role, Rule } from './model';
import { scpsOf } from './scps';
import type { Built } from './terraform';
import { need, optional } from './values';

/** Puts together what the stacks build. */
export function deployedFrom(built: readonly Built[]): Deployed {
  const of = (type: string) => built.filter((one) => one.type === type);
  const rules = of('aws_cloudwatch_event_rule').map((one) => ruleOf(one, built));
  const by = <T>(type: string, entry: (one: Built) => readonly [string, T]) =>
    new Map(of(type).map(entry));
  const policies = (type: string, key: string) =>
    by(type, (one) => [need(one, key), parseResourcePolicy(need(one, 'policy'), readable(one))]);
  const busPolicies = policies('aws_cloudwatch_event_bus_policy', 'event_bus_name');
  const bucketPolicies = policies('aws_s3_bucket_policy', 'bucket');
  const bucketKeys = by('aws_s3_bucket_server_side_encryption_configuration', (one) => [
    need(one, 'bucket'),
    keyOfBucket(one.values),
  ]);
  return {
    buses: by('aws_cloudwatch_event_bus', (one) => [
      attributeOf(one, 'arn'),
      optional('policy', busPolicies.get(need(one, 'name'))),
    ]),
    rules,
    matcher: compile(rules.map(({ arn, pattern }) => ({ name: arn, pattern }))),
    queues: by('aws_sqs_queue', (one) => [
      attributeOf(one, 'arn'),
      {
        arn: attributeOf(one, 'arn'),
        url: attributeOf(one, 'url'),
        account: one.account,
        largestBytes: Number(one.values.max_message_size ?? 262_144),
        ...optional('policy', policyOfQueue(one)),
        ...optional('key', textAt(one.values, 'kms_master_key_id')),
      },
    ]),
    roles: by('aws_iam_role', (one) => [attributeOf(one, 'arn'), roleOf(one, built)]),
    ...functionsOf(of('aws_lambda_function')),
    ...feedsOf(built),
    mappings: by('aws_lambda_event_source_mapping', (one) => [
      need(one, 'event_source_arn'),
      need(one, 'function_name'),
    ]),
    keys: by('aws_kms_key', (one) => [
      attributeOf(one, 'arn'),
      parseResourcePolicy(need(one, 'policy'), 'key policy'),
    ]),
    buckets: by('aws_s3_bucket', (one) => [
      need(one, 'bucket'),
      {
        account: one.account,
        ...optional('policy', bucketPolicies.get(need(one, 'bucket'))),
        ...optional('key', bucketKeys.get(need(one, 'bucket'))),
      },
    ]),
    tables: by('aws_dynamodb_table', (one) => [
      need(one, 'name'),
      {
        arn: attributeOf(one, 'arn'),
        ...optional('key', textAt(one.values, 'server_side_encryption', 'kms_key_arn')),
      },
    ]),
    scps: scpsOf(built),
  };
}

const readable = (one: Built): string =>
  one.type.replace(/^aws_(cloudwatch_event_)?(s3_)?/, '').replaceAll('_', ' ');

function policyOfQueue({ values }: Built): ResourcePolicy | undefined {
  const policy = textAt(values, 'policy');
  return policy === undefined ? undefined : parseResourcePolicy(policy, 'queue policy');
}

function keyOfBucket(values: Json): string | undefined {
  const rules = at(values, 'rule');
  const [rule] = Array.isArray(rules) ? rules : [rules];
  return textAt(rule, 'apply_server_side_encryption_by_default', 'kms_master_key_id');
}

const busArnOf = (one: Built): string => {
  const name = textAt(one.values, 'event_bus_name') ?? 'default';
  return `arn:aws:events:${one.region}:${one.account}:event-bus/${name}`;
};

function ruleOf(one: Built, built: readonly Built[]): Rule {
  const { account, region } = one;
  const name = need(one, 'name');
  const bus = textAt(one.values, 'event_bus_name');
  const targets = built.filter(
    (target) =>
      target.type === 'aws_cloudwatch_event_target' &&
      busArnOf(target) === busArnOf(one) &&
      textAt(target.values, 'rule') === name,
  );
  return {
    arn: `arn:aws:events:${region}:${account}:rule/${bus === undefined ? '' : `${bus}/`}${name}`,
    ...{ name, account, region, bus: busArnOf(one) },
    pattern: parsePattern(need(one, 'event_pattern')),
    state: textAt(one.values, 'state') ?? 'ENABLED',
    targets: targets.map((target) => ({
      arn: need(target, 'arn'),
      ...optional('role', textAt(target.values, 'role_arn')),
      ...optional('deadLetters', textAt(target.values, 'dead_letter_config', 'arn')),
    })),
  };
}

function roleOf(one: Built, built: readonly Built[]): Role {
  const name = need(one, 'name');
  const inline = built.filter(
    (policy) =>
      policy.type === 'aws_iam_role_policy' &&
      policy.account === one.account &&
      textAt(policy.values, 'role') === name,
  );
  return {
    arn: attributeOf(one, 'arn'),
    account: one.account,
    trust: parseResourcePolicy(need(one, 'assume_role_policy'), `trust policy of ${name}`),
    policies: new Map(
      inline.map((policy) => [
        need(policy, 'name'),
        parsePolicy(need(policy, 'policy'), `policy of ${name}`),
      ]),
    ),
  };
}

/** A function that carries guardrails' configuration and takes from a queue judges; others serve. */
function functionsOf(built: readonly Built[]): Pick<Deployed, 'functions' | 'otherFunctions'> {
  const read = built.map((one) => ({ one, arn: attributeOf(one, 'arn'), carried: carriedBy(one) }));
  return {
    functions: new Map(
      read.flatMap(({ one, arn, carried }) =>
        carried === undefined ? [] : [[arn, functionOf(one, carried)] as const],
      ),
    ),
    otherFunctions: new Set(
      read.flatMap(({ arn, carried }) => (carried === undefined ? [arn] : [])),
    ),
  };
}

function carriedBy(one: Built): Deployment | undefined {
  const zip = unzipSync(readFileSync(path.join(one.folder, need(one, 'filename'))));
  const carried = zip['deployment.json'];
  return carried === undefined ? undefined : JSON.parse(strFromU8(carried));
}

function functionOf(one: Built, deployment: Deployment): Responder {
  const variables = at(one.values, 'environment', 'variables');
  return {
    arn: attributeOf(one, 'arn'),
    name: need(one, 'function_name'),
    account: one.account,
    region: one.region,
    role: need(one, 'role'),
    environment: Object.fromEntries(
      Object.entries((variables ?? {}) as Record<string, Json>).map(([k, v]) => [k, String(v)]),
    ),
    deployment,
  };
}
