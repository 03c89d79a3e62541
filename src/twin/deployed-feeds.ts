import { at, isObject, type Json, textAt } from '#core';
import { attributeOf } from './attributes';
import { parseResourcePolicy, type ResourcePolicy } from './iam';
import type { Deployed } from './model';
import type { Built } from './terraform';
import { need, optional } from './values';

type Feeds = Pick<
  Deployed,
  'deliveryStreams' | 'logGroups' | 'logPolicies' | 'machines' | 'pipes' | 'streams' | 'topics'
>;

/** What rules feed beside queues and buses. */
export function feedsOf(built: readonly Built[]): Feeds {
  const of = (type: string) => built.filter((one) => one.type === type);
  const arn = (one: Built) => attributeOf(one, 'arn');
  const policies = new Map(
    of('aws_sns_topic_policy').map((one) => [
      need(one, 'arn'),
      parseResourcePolicy(need(one, 'policy'), 'topic policy'),
    ]),
  );
  const guarded = (one: Built, key: string) => ({
    account: one.account,
    ...optional('policy', policies.get(arn(one))),
    ...optional('key', textAt(one.values, key)),
  });
  return {
    streams: new Map(of('aws_kinesis_stream').map((one) => [arn(one), guarded(one, 'kms_key_id')])),
    topics: new Map(
      of('aws_sns_topic').map((one) => [arn(one), guarded(one, 'kms_master_key_id')]),
    ),
    deliveryStreams: new Map(
      of('aws_kinesis_firehose_delivery_stream').map((one) => [arn(one), deliveryStreamOf(one)]),
    ),
    logGroups: new Set(of('aws_cloudwatch_log_group').map(arn)),
    logPolicies: logPoliciesOf(of('aws_cloudwatch_log_resource_policy')),
    machines: new Set(of('aws_sfn_state_machine').map(arn)),
    pipes: new Map(
      of('aws_pipes_pipe').map((one) => [
        need(one, 'source'),
        {
          arn: arn(one),
          account: one.account,
          role: need(one, 'role_arn'),
          ...optional('enrichment', textAt(one.values, 'enrichment')),
          target: need(one, 'target'),
        },
      ]),
    ),
  };
}

function deliveryStreamOf(one: Built) {
  const s3 = at(one.values, 'extended_s3_configuration');
  return {
    account: one.account,
    role: textAt(s3, 'role_arn') ?? '',
    bucket: textAt(s3, 'bucket_arn') ?? '',
    functions: namedValues(at(s3, 'processing_configuration'), 'LambdaArn'),
  };
}

/** The values of all parameters of a name, however deep they stand. */
function namedValues(value: Json | undefined, name: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => namedValues(one, name));
  if (!isObject(value)) return [];
  const own = value.parameter_name === name ? [String(value.parameter_value)] : [];
  return [...own, ...Object.values(value).flatMap((one) => namedValues(one, name))];
}

function logPoliciesOf(built: readonly Built[]): ReadonlyMap<string, readonly ResourcePolicy[]> {
  const found = new Map<string, readonly ResourcePolicy[]>();
  for (const one of built) {
    const place = `${one.account} ${one.region}`;
    const policy = parseResourcePolicy(need(one, 'policy_document'), 'log resource policy');
    found.set(place, [...(found.get(place) ?? []), policy]);
  }
  return found;
}
