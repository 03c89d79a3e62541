/** Where a thing of Parapet's lives; what an ARN needs beside its name. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

const arnIn =
  (service: string, kind = '') =>
  ({ partition, account, region }: Place, name: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${kind}${name}`;

/** ARNs are strings known beforehand, so that no stack reads another's state. */
export const arns = {
  queue: arnIn('sqs'),
  topic: arnIn('sns'),
  table: arnIn('dynamodb', 'table/'),
  rule: arnIn('events', 'rule/'),
  /** Of a rule on a custom bus. */
  busRule: (place: Place, bus: string, name: string): string => arns.rule(place, `${bus}/${name}`),
  stream: arnIn('kinesis', 'stream/'),
  deliveryStream: arnIn('firehose', 'deliverystream/'),
  function: arnIn('lambda', 'function:'),
  buildProject: arnIn('codebuild', 'project/'),
  stateMachine: arnIn('states', 'stateMachine:'),
  pipe: arnIn('pipes', 'pipe/'),
  workgroup: arnIn('athena', 'workgroup/'),
  /** `database/<name>` or `table/<database>/<name>`; the catalog itself is `catalog`. */
  glue: arnIn('glue'),
  alarm: arnIn('cloudwatch', 'alarm:'),
  trail: arnIn('cloudtrail', 'trail/'),
  /** Of a key's alias, which begins with `alias/`. */
  alias: arnIn('kms'),
  logGroup: arnIn('logs', 'log-group:'),
  bucket: ({ partition }: Pick<Place, 'partition'>, name: string): string =>
    `arn:${partition}:s3:::${name}`,
  root: ({ partition, account }: Omit<Place, 'region'>): string =>
    `arn:${partition}:iam::${account}:root`,
} as const;
