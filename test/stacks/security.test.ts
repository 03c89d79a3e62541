import { SECURITY } from './organization';
import { ALL_OUTPUTS } from './output-resources';
import { policyAt, readStack, resourcesOf, type StackJson, synthesise } from './synthesised';

describe('the security stack', () => {
  let stack: StackJson;
  beforeAll(() => {
    stack = readStack(synthesise(), 'security');
  });

  it('has exactly these resources beside the responders and the outputs', () => {
    const shared = resourcesOf(stack).filter(
      (address) => !address.includes('.respond-') && !ALL_OUTPUTS.includes(address),
    );

    expect(shared).toEqual([
      'aws_cloudwatch_event_archive.bus_archive',
      'aws_cloudwatch_event_bus.bus_bus',
      'aws_cloudwatch_event_bus_policy.bus_policy',
      'aws_cloudwatch_metric_alarm.rejects-alarm_alarm',
      'aws_dynamodb_table.decisions_table',
      'aws_kms_alias.key_alias',
      'aws_kms_key.key_key',
      'aws_s3_bucket.bodies_bucket',
      'aws_s3_bucket_ownership_controls.bodies_ownership',
      'aws_s3_bucket_policy.bodies_policy',
      'aws_s3_bucket_public_access_block.bodies_public-access-block',
      'aws_s3_bucket_server_side_encryption_configuration.bodies_encryption',
      'aws_s3_bucket_versioning.bodies_versioning',
      'aws_sns_topic.alerts_topic',
      'aws_sns_topic_policy.alerts_policy',
      'aws_sqs_queue.rejects_queue',
    ]);
  });

  it.each(['s3', 'signin', 'sqs'])(
    'has exactly these resources for the %s responder',
    (service) => {
      const own = resourcesOf(stack)
        .filter((address) => address.includes(`.respond-${service}_`))
        .map((address) => address.replace(`respond-${service}_`, ''));

      expect(own).toEqual([
        'aws_cloudwatch_event_rule.rule',
        'aws_cloudwatch_event_target.target',
        'aws_cloudwatch_log_group.logs',
        'aws_cloudwatch_metric_alarm.age-alarm_alarm',
        'aws_cloudwatch_metric_alarm.dead-letters-alarm_alarm',
        'aws_iam_role.role_role',
        'aws_iam_role_policy.role_policy',
        'aws_lambda_event_source_mapping.mapping',
        'aws_lambda_function.function',
        'aws_sqs_queue.dead-letters_queue',
        'aws_sqs_queue.queue_queue',
      ]);
    },
  );

  it('admits rules of this organization that carry events of AWS, and decisions of responders only', () => {
    const policy = policyAt(stack, 'aws_cloudwatch_event_bus_policy.bus_policy.policy');

    const bus = [`arn:aws:events:eu-central-1:${SECURITY}:event-bus/parapet-bus`];
    expect(policy.Statement).toEqual([
      {
        Sid: 'AdmitForwardedEvents',
        Effect: 'Allow',
        Principal: '*',
        Action: ['events:PutEvents'],
        Resource: bus,
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/parapet-forward' },
          Bool: { 'events:eventBusInvocation': 'true' },
          'ForAllValues:StringLike': { 'events:source': 'aws.*' },
          Null: { 'events:source': 'false' },
        },
      },
      {
        Sid: 'AdmitDecisions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${SECURITY}:root` },
        Action: ['events:PutEvents'],
        Resource: bus,
        Condition: {
          ArnEquals: {
            'aws:PrincipalArn': [
              `arn:aws:iam::${SECURITY}:role/parapet-respond-s3`,
              `arn:aws:iam::${SECURITY}:role/parapet-respond-signin`,
              `arn:aws:iam::${SECURITY}:role/parapet-respond-sqs`,
            ],
          },
          'ForAllValues:StringEquals': { 'events:source': 'parapet' },
          Null: { 'events:source': 'false' },
        },
      },
      {
        Sid: 'RefuseForgedDecisions',
        Effect: 'Deny',
        Principal: '*',
        Action: ['events:PutEvents'],
        Resource: bus,
        Condition: {
          'ForAnyValue:StringEquals': { 'events:source': 'parapet' },
          ArnNotEquals: {
            'aws:PrincipalArn': [
              `arn:aws:iam::${SECURITY}:role/parapet-respond-s3`,
              `arn:aws:iam::${SECURITY}:role/parapet-respond-signin`,
              `arn:aws:iam::${SECURITY}:role/parapet-respond-sqs`,
            ],
          },
        },
      },
    ]);
  });

  it('grants its key to exactly six uses', () => {
    const { Statement } = policyAt(stack, 'aws_kms_key.key_key.policy');

    expect(Statement.map(({ Sid, Principal }) => [Sid, Principal])).toEqual([
      ['Administration', { AWS: `arn:aws:iam::${SECURITY}:root` }],
      ['Stores', { AWS: `arn:aws:iam::${SECURITY}:root` }],
      ['ServiceGrants', { AWS: `arn:aws:iam::${SECURITY}:root` }],
      ['Logs', { Service: 'logs.eu-central-1.amazonaws.com' }],
      ['Alarms', { Service: 'cloudwatch.amazonaws.com' }],
      ['RuleAlerts', { Service: 'events.amazonaws.com' }],
    ]);
    expect(Statement.slice(1).every(({ Condition }) => Condition !== undefined)).toBe(true);
  });

  it('lets a responder do exactly its work', () => {
    const { Statement } = policyAt(stack, 'aws_iam_role_policy.respond-s3_role_policy.policy');

    const table = `arn:aws:dynamodb:eu-central-1:${SECURITY}:table/parapet-decisions`;
    const bodies = `arn:aws:s3:::parapet-bodies-${SECURITY}-eu-central-1`;
    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:ReceiveMessage',
        ],
        [`arn:aws:sqs:eu-central-1:${SECURITY}:parapet-respond-s3`],
      ],
      [['sqs:SendMessage'], [`arn:aws:sqs:eu-central-1:${SECURITY}:parapet-rejects`]],
      [
        ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        [table],
      ],
      [['s3:GetObject', 's3:PutObject'], [`${bodies}/*`]],
      [['kms:Decrypt', 'kms:GenerateDataKey'], ['${aws_kms_key.key_key.arn}']],
      [['events:PutEvents'], [`arn:aws:events:eu-central-1:${SECURITY}:event-bus/parapet-bus`]],
      [
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        [`arn:aws:logs:eu-central-1:${SECURITY}:log-group:/aws/lambda/parapet-respond-s3:*`],
      ],
      [['sts:AssumeRole'], ['arn:aws:iam::*:role/parapet-reader']],
      [['sts:AssumeRole', 'sts:SetSourceIdentity'], ['arn:aws:iam::*:role/parapet-remediate-s3']],
    ]);
    expect(Statement.slice(-2).map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:ResourceOrgID': 'o-exampleorgid' } },
      {
        StringEquals: {
          'aws:ResourceOrgID': 'o-exampleorgid',
          'sts:SourceIdentity': ['s3.bucket-public'],
        },
      },
    ]);
  });

  it('lets a responder that neither reads nor writes assume nothing', () => {
    const { Statement } = policyAt(stack, 'aws_iam_role_policy.respond-signin_role_policy.policy');

    expect(Statement.flatMap(({ Action }) => Action)).not.toContain('sts:AssumeRole');
  });

  it('lets exactly the rules of a service deliver into its two queues', () => {
    const addresses = ['queue_queue', 'dead-letters_queue'].map(
      (name) => `aws_sqs_queue.respond-s3_${name}.policy`,
    );

    for (const address of addresses)
      expect(policyAt(stack, address).Statement).toEqual([
        expect.objectContaining({
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['sqs:SendMessage'],
          Condition: {
            ArnEquals: {
              'aws:SourceArn': [
                `arn:aws:events:eu-central-1:${SECURITY}:rule/parapet-bus/parapet-respond-s3`,
              ],
            },
            StringEquals: { 'aws:SourceAccount': SECURITY },
          },
        }),
      ]);
  });

  it('gives a message five tries of six times the timeout, and keeps the dead for longer', () => {
    const queue = stack.resource.aws_sqs_queue?.['respond-s3_queue_queue'];
    const dead = stack.resource.aws_sqs_queue?.['respond-s3_dead-letters_queue'];
    const lambda = stack.resource.aws_lambda_function?.['respond-s3_function'];

    expect(queue.visibility_timeout_seconds).toBeGreaterThanOrEqual(6 * lambda.timeout);
    expect(JSON.parse(queue.redrive_policy)).toEqual({
      deadLetterTargetArn: '${aws_sqs_queue.respond-s3_dead-letters_queue.arn}',
      maxReceiveCount: 5,
    });
    expect(dead.message_retention_seconds).toBe(14 * 86_400);
    expect(queue.message_retention_seconds).toBeLessThan(dead.message_retention_seconds);
  });

  it('hands messages over in batches that may fail in part, and caps the pollers', () => {
    const mapping = stack.resource.aws_lambda_event_source_mapping?.['respond-s3_mapping'];

    expect(mapping).toMatchObject({
      event_source_arn: '${aws_sqs_queue.respond-s3_queue_queue.arn}',
      function_name: '${aws_lambda_function.respond-s3_function.arn}',
      function_response_types: ['ReportBatchItemFailures'],
      scaling_config: { maximum_concurrency: 5 },
    });
  });

  it('tells the function where its stores are', () => {
    const lambda = stack.resource.aws_lambda_function?.['respond-s3_function'];

    expect(lambda.runtime).toBe('nodejs22.x');
    expect(lambda.environment.variables).toEqual({
      PARAPET_DECISIONS_TABLE: '${aws_dynamodb_table.decisions_table.name}',
      PARAPET_BODIES_BUCKET: '${aws_s3_bucket.bodies_bucket.bucket}',
      PARAPET_REJECTS_QUEUE_URL: '${aws_sqs_queue.rejects_queue.url}',
      PARAPET_BUS_NAME: '${aws_cloudwatch_event_bus.bus_bus.name}',
    });
  });

  it('protects the decision table and lets what expired go', () => {
    expect(stack.resource.aws_dynamodb_table?.decisions_table).toMatchObject({
      name: 'parapet-decisions',
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'id',
      attribute: [{ name: 'id', type: 'S' }],
      ttl: { attribute_name: 'expires', enabled: true },
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true, kms_key_arn: '${aws_kms_key.key_key.arn}' },
      deletion_protection_enabled: true,
    });
  });

  it('encrypts whatever can hold an event or a decision', () => {
    const all = (type: string) => Object.values(stack.resource[type] ?? {});

    expect(all('aws_sqs_queue').every((queue) => queue.sqs_managed_sse_enabled)).toBe(true);
    expect(all('aws_cloudwatch_log_group').every((group) => group.kms_key_id)).toBe(true);
    expect(all('aws_sns_topic').every((topic) => topic.kms_master_key_id)).toBe(true);
    expect(all('aws_cloudwatch_event_bus').map((bus) => bus.kms_key_identifier)).toEqual([
      undefined,
    ]);
  });

  it('watches every queue that should be empty, and the age of the others', () => {
    const alarms = Object.values(stack.resource.aws_cloudwatch_metric_alarm ?? {});
    const watched = alarms.map(({ metric_name, dimensions, alarm_actions }) => [
      metric_name,
      dimensions.QueueName,
      alarm_actions,
    ]);

    const queues = Object.keys(stack.resource.aws_sqs_queue ?? {});
    const watchedQueues = watched.map(([, name]) => /aws_sqs_queue\.(.+)\.name/.exec(name)?.[1]);
    const topic = ['${aws_sns_topic.alerts_topic.arn}'];
    const visible = 'ApproximateNumberOfMessagesVisible';
    expect(watched.every(([, , told]) => JSON.stringify(told) === JSON.stringify(topic))).toBe(
      true,
    );
    for (const of of ['notify_dead-letters', 'outputs-dead-letters', 'security-hub_dead-letters'])
      expect(watched).toContainEqual([visible, `\${aws_sqs_queue.${of}_queue.name}`, topic]);
    expect(queues.filter((name) => !watchedQueues.includes(name))).toEqual([
      // What waits here for too long dies, and the dead are watched.
      'security-hub_queue_queue',
    ]);
    expect(watched).toContainEqual([visible, '${aws_sqs_queue.rejects_queue.name}', topic]);
    for (const service of ['s3', 'signin', 'sqs']) {
      const queue = `\${aws_sqs_queue.respond-${service}`;
      expect(watched).toContainEqual([visible, `${queue}_dead-letters_queue.name}`, topic]);
      expect(watched).toContainEqual([
        'ApproximateAgeOfOldestMessage',
        `${queue}_queue_queue.name}`,
        topic,
      ]);
    }
  });

  it('judges replays of its own archive', () => {
    const rules = Object.entries(stack.resource.aws_cloudwatch_event_rule ?? {})
      .filter(([name]) => name.startsWith('respond-'))
      .map(([, rule]) => rule);

    expect(rules).toHaveLength(3);
    for (const rule of rules) expect(rule.event_pattern).not.toContain('replay-name');
  });
});
