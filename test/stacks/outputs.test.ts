import { matches } from '../support/matches';
import { configuration, LOG_ARCHIVE, SECURITY, sample } from './organization';
import { ALL_OUTPUTS, OUTPUTS } from './output-resources';
import {
  type Attributes,
  policyAt,
  readStack,
  resourcesOf,
  type StackJson,
  synthesise,
} from './synthesised';

const HOME = 'eu-central-1';
const arn = (service: string, name: string) => `arn:aws:${service}:${HOME}:${SECURITY}:${name}`;
const LAKE = `arn:aws:s3:::parapet-lake-${LOG_ARCHIVE}-${HOME}`;

const outputsIn = (stack: StackJson) =>
  resourcesOf(stack)
    .filter((address) => ALL_OUTPUTS.includes(address))
    .sort();

const withOutputs = (changes: Partial<typeof configuration.outputs>) =>
  readStack(
    synthesise({
      configuration: { ...configuration, outputs: { ...configuration.outputs, ...changes } },
    }),
    'security',
  );

const decision = (detail: object) =>
  JSON.stringify({
    ...{ id: '1', account: SECURITY, region: HOME, source: 'parapet' },
    'detail-type': 'Parapet Decision',
    detail: { id: 'd-1', account: '444444444444', ...detail },
  });

describe('what becomes of events and decisions', () => {
  let stack: StackJson;
  beforeAll(() => {
    stack = readStack(synthesise(), 'security');
  });
  const rule = (of: string): string =>
    stack.resource.aws_cloudwatch_event_rule?.[`rule-${of}_rule`].event_pattern;
  const target = (name: string): Attributes =>
    stack.resource.aws_cloudwatch_event_target?.[`rule-${name}`];

  it('has exactly the resources of its settings', () => {
    expect(outputsIn(stack)).toEqual([...ALL_OUTPUTS].sort());
  });

  it('has only the ones that are always there where everything is turned off', () => {
    const { siem: _, ...rest } = configuration;
    const bare = readStack(
      synthesise({
        configuration: {
          ...rest,
          outputs: {
            ...configuration.outputs,
            discoverer: false,
            lake: false,
            securityHub: false,
            alerts: { email: [], escalateAfterMinutes: 30 },
          },
        },
      }),
      'security',
    );

    expect(outputsIn(bare)).toEqual([...OUTPUTS.always].sort());
    const { Statement } = policyAt(bare, 'aws_iam_role_policy.feed_policy.policy');
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['StartEscalation']);
  });

  it('has no lake where the lake is turned off, and all else', () => {
    const rest = ALL_OUTPUTS.filter((address) => !OUTPUTS.lake.some((one) => one === address));

    expect(outputsIn(withOutputs({ lake: false }))).toEqual([...rest].sort());
  });

  it('has no escalation where no critical guardrail can look again', () => {
    const guardrails = sample.filter(({ id }) => id !== 's3.bucket-public');
    const without = readStack(synthesise({ guardrails }), 'security');

    expect(resourcesOf(without).filter((address) => /escalat|look-again/.test(address))).toEqual(
      [],
    );
  });

  it('sends every event and every decision to log, SIEM and lake, but no replay', () => {
    const event = { id: '1', source: 'aws.s3', 'detail-type': 'AWS API Call via CloudTrail' };
    const events = rule('events');
    const decisions = rule('decisions');

    expect(matches(events, JSON.stringify({ ...event, detail: {} }))).toBe(true);
    expect(matches(events, JSON.stringify({ ...event, 'replay-name': 'r', detail: {} }))).toBe(
      false,
    );
    expect(matches(events, decision({}))).toBe(false);
    expect(matches(decisions, decision({ verdict: 'complies' }))).toBe(true);
    expect(matches(decisions, JSON.stringify({ ...event, detail: {} }))).toBe(false);
    for (const [of, key] of [
      ['events', '$.account'],
      ['decisions', '$.detail.account'],
    ]) {
      expect(target(`${of}_target-log`).arn).toBe('${aws_cloudwatch_log_group.bus-log.arn}');
      expect(target(`${of}_target-siem`)).toMatchObject({
        arn: '${aws_kinesis_stream.siem_stream.arn}',
        kinesis_target: { partition_key_path: key },
        role_arn: '${aws_iam_role.feed_role.arn}',
      });
      expect(target(`${of}_target-lake`)).toMatchObject({
        arn: `\${aws_kinesis_firehose_delivery_stream.lake-${of}_stream.arn}`,
        role_arn: '${aws_iam_role.feed_role.arn}',
      });
    }
  });

  it.each([
    ['a shadowed critical violation', 's3.bucket-public', 'violates', 'shadowed', ['escalate']],
    ['a repaired critical one', 's3.bucket-public', 'violates', 'repaired', ['notify']],
    ['a failed critical one', 's3.bucket-public', 'violates', 'failed', ['troubled', 'escalate']],
    ['one of low severity', 'sqs.queue-untagged', 'violates', 'shadowed', ['notify']],
    ['a partly repaired one', 'sqs.queue-untagged', 'violates', 'partly', ['notify', 'troubled']],
    ['what could not be judged', 's3.bucket-public', 'undetermined', 'undetermined', ['notify']],
    ['what complies', 's3.bucket-public', 'complies', 'nothing', []],
    ['a new account', 'parapet.account-not-enrolled', 'violates', 'observed', ['notify']],
  ])('tells people of %s once', (_, guardrail, verdict, outcome, expected) => {
    const told = decision({ guardrail, verdict, outcome });

    const rules = ['notify', 'troubled', 'escalate'];
    expect(rules.filter((of) => matches(rule(of), told))).toEqual(expected);
  });

  it('keeps whatever a target does not take, and raises an alarm', () => {
    const targets = Object.entries(stack.resource.aws_cloudwatch_event_target ?? {});

    for (const [name, { dead_letter_config }] of targets)
      if (name.startsWith('rule-'))
        expect(dead_letter_config).toEqual({
          arn: '${aws_sqs_queue.outputs-dead-letters_queue.arn}',
        });
    const [{ Condition }] = policyAt(stack, 'aws_sqs_queue.outputs-dead-letters_queue.policy')
      .Statement as [Attributes];
    expect(Condition.ArnEquals['aws:SourceArn']).toEqual(
      ['events', 'decisions', 'notify', 'troubled', 'escalate', 'security-hub'].map((of) =>
        arn('events', `rule/parapet-bus/parapet-${of}`),
      ),
    );
  });

  it('makes a sentence of a repair that failed, by the rule alone', () => {
    const { input_transformer, arn: topic } = target('troubled_target-alerts');

    expect(topic).toBe('${aws_sns_topic.alerts_topic.arn}');
    const used = [...input_transformer.input_template.matchAll(/<(\w+)>/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(input_transformer.input_paths)));
    expect(JSON.parse(input_transformer.input_template)).toContain('did not succeed');
  });

  it('lets the feed role do exactly its four things, for three rules', () => {
    const { Statement } = policyAt(stack, 'aws_iam_role_policy.feed_policy.policy');
    const trust = policyAt(stack, 'aws_iam_role.feed_role.assume_role_policy').Statement;

    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['kinesis:PutRecord', 'kinesis:PutRecords'], [arn('kinesis', 'stream/parapet-siem')]],
      [['kms:GenerateDataKey'], ['${aws_kms_key.key_key.arn}']],
      [
        ['firehose:PutRecord', 'firehose:PutRecordBatch'],
        [
          arn('firehose', 'deliverystream/parapet-lake-events'),
          arn('firehose', 'deliverystream/parapet-lake-decisions'),
        ],
      ],
      [['states:StartExecution'], [arn('states', 'stateMachine:parapet-escalate')]],
    ]);
    expect(trust).toEqual([
      {
        Sid: 'ServiceOnBehalfOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['sts:AssumeRole'],
        Condition: {
          ArnEquals: {
            'aws:SourceArn': ['events', 'decisions', 'escalate'].map((of) =>
              arn('events', `rule/parapet-bus/parapet-${of}`),
            ),
          },
          StringEquals: { 'aws:SourceAccount': SECURITY },
        },
      },
    ]);
  });

  it('lets the one Firehose role write to the one bucket and use its key for that alone', () => {
    const { Statement } = policyAt(stack, 'aws_iam_role_policy.lake-writer_policy.policy');
    const [look, deliver, key, rows] = Statement;

    expect(stack.resource.aws_iam_role?.['lake-writer_role'].name).toBe('parapet-firehose');
    expect(look?.Resource).toEqual([LAKE]);
    expect(deliver).toMatchObject({
      Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject', 's3:PutObjectAcl'],
      Resource: [`${LAKE}/*`],
    });
    expect(key).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [`arn:aws:kms:${HOME}:${LOG_ARCHIVE}:key/*`],
      Condition: {
        StringEquals: { 'kms:ViaService': `s3.${HOME}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': [LAKE, `${LAKE}/*`] },
      },
    });
    expect(rows?.Resource).toEqual(
      ['events', 'decisions'].flatMap((of) => [
        arn('lambda', `function:parapet-lake-rows-${of}`),
        arn('lambda', `function:parapet-lake-rows-${of}:*`),
      ]),
    );
  });

  it('lets nobody who reads the lake change it', () => {
    const { Statement } = policyAt(stack, 'aws_iam_role_policy.lake-reader_policy.policy');

    const onLake = Statement.filter(({ Resource }) =>
      Resource?.some((one) => one.startsWith(LAKE)),
    );
    expect(onLake.flatMap(({ Action }) => Action)).toEqual([
      ...['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'],
    ]);
  });

  it('files rows by class and day, and has the same folders as tables', () => {
    const streams = stack.resource.aws_kinesis_firehose_delivery_stream ?? {};
    const tables = stack.resource.aws_glue_catalog_table ?? {};

    for (const [of, classUid] of [
      ['decisions', 2003],
      ['events', 6003],
    ]) {
      const { extended_s3_configuration: s3, server_side_encryption } =
        streams[`lake-${of}_stream`];
      expect(s3).toMatchObject({
        bucket_arn: LAKE,
        prefix: `class=${classUid}/event_day=!{timestamp:yyyyMMdd}/`,
        compression_format: 'GZIP',
        file_extension: '.ndjson.gz',
      });
      expect(s3.error_output_prefix).toMatch(/^failed\//);
      expect(server_side_encryption.key_type).toBe('CUSTOMER_MANAGED_CMK');
      // A parameter that is the default would be a difference at every plan.
      expect(s3.processing_configuration.processors).toMatchObject([
        { parameters: [{ parameter_name: 'LambdaArn' }] },
      ]);
      const table = tables[`lake-queries_table-${of}`];
      expect(table.parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.event_day.format': 'yyyyMMdd',
        // Terraform makes one dollar of two.
        'storage.location.template': `s3://parapet-lake-${LOG_ARCHIVE}-${HOME}/class=${classUid}/event_day=$\${event_day}/`,
      });
      expect(table.partition_keys).toEqual([{ name: 'event_day', type: 'string' }]);
      expect(table.storage_descriptor.columns.length).toBeGreaterThan(20);
    }
  });

  it('asks the lake only within limits that nobody can pass by', () => {
    const workgroup = stack.resource.aws_athena_workgroup?.['lake-queries_workgroup'];

    expect(workgroup.configuration).toMatchObject({
      enforce_workgroup_configuration: true,
      bytes_scanned_cutoff_per_query: 10_737_418_240,
      result_configuration: {
        output_location: 's3://${aws_s3_bucket.lake-queries_answers_bucket.bucket}/',
        encryption_configuration: { encryption_option: 'SSE_KMS' },
      },
    });
  });

  it('never lets a record block the SIEM for ever, and keeps what it sets aside', () => {
    expect(stack.resource.aws_lambda_event_source_mapping?.siem_mapping).toMatchObject({
      event_source_arn: '${aws_kinesis_stream.siem_stream.arn}',
      function_response_types: ['ReportBatchItemFailures'],
      bisect_batch_on_function_error: true,
      maximum_retry_attempts: 1000,
      maximum_record_age_in_seconds: 86_400,
      destination_config: {
        on_failure: { destination_arn: '${aws_s3_bucket.siem_refused_bucket.arn}' },
      },
    });
    expect(stack.resource.aws_kinesis_stream?.siem_stream).toMatchObject({
      stream_mode_details: { stream_mode: 'ON_DEMAND' },
      encryption_type: 'KMS',
      retention_period: 48,
    });
    expect(stack.resource.aws_cloudwatch_metric_alarm?.['siem_age-alarm']).toMatchObject({
      metric_name: 'IteratorAge',
      threshold: 900_000,
    });
  });

  it('enriches on the way to people, and shapes what it says by the answer', () => {
    expect(stack.resource.aws_pipes_pipe?.notify_pipe).toMatchObject({
      source: '${aws_sqs_queue.notify_queue_queue.arn}',
      enrichment: '${aws_lambda_function.enrich_function.arn}',
      target: '${aws_sns_topic.notifications_topic.arn}',
      target_parameters: { input_template: expect.stringContaining('owner: <$.owner>') },
    });
    const { Statement } = policyAt(stack, 'aws_iam_role_policy.notify_role_policy.policy');
    expect(Statement.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ['TakeFromOwnQueue', [arn('sqs', 'parapet-notify')]],
      ['Enrich', [arn('lambda', 'function:parapet-enrich')]],
      ['Tell', [arn('sns', 'parapet-notifications')]],
      ['UseKey', ['${aws_kms_key.key_key.arn}']],
    ]);
  });

  it('alerts, waits, looks again and escalates what does not comply', () => {
    const { definition } = stack.resource.aws_sfn_state_machine?.escalation_machine ?? {};
    const { StartAt, States } = JSON.parse(definition);

    const way = ['Enrich', 'Alert', 'Wait', 'LookAgain', 'StandsOpen'];
    expect(StartAt).toBe('Enrich');
    way.slice(0, -1).forEach((state, index) => {
      expect(States[state].Next).toBe(way[index + 1]);
    });
    expect(States.Wait.Seconds).toBe(1800);
    expect(States.LookAgain.Catch[0].Next).toBe('CannotLook');
    expect(States.CannotLook.Result.verdict).toBe('undetermined');
    expect(States.StandsOpen).toMatchObject({
      Choices: [{ StringEquals: 'complies', Next: 'Mended' }],
      Default: 'Escalate',
    });
    expect(States.Escalate.Parameters.TopicArn).toBe('${aws_sns_topic.alerts_topic.arn}');
  });

  it('lets what looks again read, and nothing else', () => {
    const { Statement } = policyAt(stack, 'aws_iam_role_policy.look-again_role_policy.policy');

    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['s3:GetObject'], [`arn:aws:s3:::parapet-bodies-${SECURITY}-${HOME}/*`]],
      [['kms:Decrypt'], ['${aws_kms_key.key_key.arn}']],
      [['sts:AssumeRole'], ['arn:aws:iam::*:role/parapet-reader']],
      [
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        [arn('logs', 'log-group:/aws/lambda/parapet-look-again:*')],
      ],
    ]);
  });

  it('reads no expression into what a SIEM block or a name holds', () => {
    const member = {
      ...{ id: '555555555555', name: '${file("/etc/passwd")}', kind: 'member' as const },
      ...{ ouPath: '/%{ if true }', regions: ['us-east-1'] },
    };
    const outdir = synthesise({ configuration: { ...configuration, accounts: [member] } });

    const entries = readStack(outdir, 'member-555555555555').resource.aws_dynamodb_table_item;
    expect(JSON.parse(entries?.directory_item.item)).toEqual({
      account: { S: '555555555555' },
      name: { S: '$${file("/etc/passwd")}' },
      ouPath: { S: '/%%{ if true }' },
    });
  });
});
