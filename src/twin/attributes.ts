import { type JsonObject, textAt } from '#core';
import { UnknownToTwin } from './errors';

/** What AWS computes: type → attribute → its text, `{x}` standing for an argument of that name. */
const COMPUTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_cloudwatch_event_bus: {
    arn: 'arn:aws:events:{region}:{account}:event-bus/{name}',
  },
  aws_cloudwatch_event_rule: { arn: 'arn:aws:events:{region}:{account}:rule/{bus}{name}' },
  aws_sqs_queue: {
    arn: 'arn:aws:sqs:{region}:{account}:{name}',
    url: 'https://sqs.{region}.amazonaws.com/{account}/{name}',
    id: 'https://sqs.{region}.amazonaws.com/{account}/{name}',
  },
  aws_sns_topic: { arn: 'arn:aws:sns:{region}:{account}:{name}' },
  aws_iam_role: { arn: 'arn:aws:iam::{account}:role/{name}', id: '{name}' },
  aws_lambda_function: { arn: 'arn:aws:lambda:{region}:{account}:function:{function_name}' },
  aws_dynamodb_table: {
    arn: 'arn:aws:dynamodb:{region}:{account}:table/{name}',
    id: '{name}',
  },
  aws_s3_bucket: { arn: 'arn:aws:s3:::{bucket}', id: '{bucket}' },
  aws_kms_key: {
    arn: 'arn:aws:kms:{region}:{account}:key/{terraform_name}',
    key_id: '{terraform_name}',
    id: '{terraform_name}',
  },
  aws_cloudwatch_log_group: { arn: 'arn:aws:logs:{region}:{account}:log-group:{name}' },
  aws_kinesis_stream: { arn: 'arn:aws:kinesis:{region}:{account}:stream/{name}' },
  aws_kinesis_firehose_delivery_stream: {
    arn: 'arn:aws:firehose:{region}:{account}:deliverystream/{name}',
  },
  aws_pipes_pipe: { arn: 'arn:aws:pipes:{region}:{account}:pipe/{name}' },
  aws_sfn_state_machine: { arn: 'arn:aws:states:{region}:{account}:stateMachine:{name}' },
  aws_organizations_policy: { id: 'p-{terraform_name}' },
};

interface Place {
  readonly type: string;
  /** Terraform's name: it stands for ids that AWS chooses, such as a key's. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly values: JsonObject;
}

/**
 * An attribute of a resource: an argument as it was written, or what AWS would compute from it.
 * @throws UnknownToTwin where it is neither.
 */
export function attributeOf(resource: Place, attribute: string): string {
  const written = textAt(resource.values, attribute);
  if (written !== undefined) return written;
  const computed = COMPUTED[resource.type]?.[attribute];
  if (computed === undefined)
    throw new UnknownToTwin(`the twin does not know ${resource.type}.${attribute}`);
  return computed.replace(/\{(\w+)\}/g, (_, part: string) => partOf(resource, part));
}

function partOf(resource: Place, part: string): string {
  if (part === 'account') return resource.account;
  if (part === 'region') return resource.region;
  if (part === 'terraform_name') return resource.name;
  // Rules of the default bus have no bus in their ARN.
  if (part === 'bus') return busOf(resource.values);
  const found = textAt(resource.values, part);
  if (found === undefined)
    throw new UnknownToTwin(`${resource.type}.${resource.name} has no ${part}`);
  return found;
}

function busOf(values: JsonObject): string {
  const bus = textAt(values, 'event_bus_name');
  return bus === undefined ? '' : `${bus}/`;
}
