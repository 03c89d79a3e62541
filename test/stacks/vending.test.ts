import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Deployer } from '#core/deployer';
import { matches } from '../support/matches';
import { configuration, MANAGEMENT, SECURITY, SHOP } from './organization';
import { policyAt, readStack, resourcesOf, type StackJson, synthesise } from './synthesised';

const HOME = 'eu-central-1';
const arn = (service: string, name: string) => `arn:aws:${service}:${HOME}:${SECURITY}:${name}`;

const withDeployer = (deployer: Deployer) =>
  readStack(synthesise({ configuration: { ...configuration, deployer } }), 'security');

const permissions = (stack: StackJson) =>
  policyAt(stack, 'aws_iam_role_policy.vending_taker_role_policy.policy').Statement;

describe('what takes up accounts that come and go', () => {
  let outdir: string;
  let stack: StackJson;
  beforeAll(() => {
    outdir = synthesise();
    stack = readStack(outdir, 'security');
  });

  it('has exactly these resources', () => {
    const own = resourcesOf(stack).filter((address) => address.includes('.vending_'));

    expect(own.map((address) => address.replace('vending_', ''))).toEqual([
      'aws_cloudwatch_event_rule.rule_rule',
      'aws_cloudwatch_event_target.rule_target-queue',
      'aws_cloudwatch_log_group.taker_logs',
      'aws_cloudwatch_metric_alarm.age-alarm_alarm',
      'aws_cloudwatch_metric_alarm.dead-letters-alarm_alarm',
      'aws_iam_role.taker_role_role',
      'aws_iam_role_policy.taker_role_policy',
      'aws_lambda_event_source_mapping.mapping',
      'aws_lambda_function.taker_function',
      'aws_sqs_queue.dead-letters_queue',
      'aws_sqs_queue.queue_queue',
    ]);
  });

  const event = (changes: object = {}, detail: object = {}) =>
    JSON.stringify({
      ...{ id: '1', source: 'aws.organizations', account: MANAGEMENT, region: 'us-east-1' },
      'detail-type': 'AWS Service Event via CloudTrail',
      ...changes,
      detail: {
        ...{ eventSource: 'organizations.amazonaws.com', eventName: 'CreateAccountResult' },
        ...detail,
      },
    });
  const controlTower = {
    eventSource: 'controltower.amazonaws.com',
    eventName: 'CreateManagedAccount',
  };

  it.each([
    ['an account that was created', event()],
    ['one that was invited', event({}, { eventName: 'AccountJoinedOrganization' })],
    ['one that left', event({}, { eventName: 'AccountDepartedOrganization' })],
    ['one of Control Tower', event({ source: 'aws.controltower' }, controlTower)],
  ])('is woken by %s', (...[, given]) => {
    const rule = stack.resource.aws_cloudwatch_event_rule?.vending_rule_rule;

    expect(rule).toMatchObject({
      ...{ name: 'parapet-vending', state: 'ENABLED' },
      event_bus_name: '${aws_cloudwatch_event_bus.bus_bus.name}',
    });
    expect(matches(rule.event_pattern, given)).toBe(true);
  });

  it.each([
    ['what a member says', event({ account: SHOP })],
    ['the request to create one', event({}, { eventName: 'CreateAccount' })],
    ['a replay', event({ 'replay-name': 'r' })],
  ])('is not woken by %s', (...[, given]) => {
    const rule = stack.resource.aws_cloudwatch_event_rule?.vending_rule_rule;

    expect(matches(rule.event_pattern, given)).toBe(false);
  });

  it('hands events to the function one by one, and keeps what fails', () => {
    const { resource } = stack;

    expect(resource.aws_cloudwatch_event_target?.['vending_rule_target-queue']).toMatchObject({
      arn: '${aws_sqs_queue.vending_queue_queue.arn}',
      dead_letter_config: { arn: '${aws_sqs_queue.vending_dead-letters_queue.arn}' },
    });
    expect(resource.aws_lambda_event_source_mapping?.vending_mapping).toMatchObject({
      batch_size: 1,
      function_response_types: ['ReportBatchItemFailures'],
    });
    const queue = resource.aws_sqs_queue?.vending_queue_queue;
    const lambda = resource.aws_lambda_function?.vending_taker_function;
    expect(queue.visibility_timeout_seconds).toBeGreaterThanOrEqual(6 * lambda.timeout);
    for (const name of ['queue', 'dead-letters'])
      expect(policyAt(stack, `aws_sqs_queue.vending_${name}_queue.policy`).Statement).toMatchObject(
        [
          {
            Principal: { Service: 'events.amazonaws.com' },
            Condition: {
              ArnEquals: { 'aws:SourceArn': [arn('events', 'rule/parapet-bus/parapet-vending')] },
            },
          },
        ],
      );
  });

  it('has its decision known to the lake by title, beside those of the guardrails', () => {
    const lambda = stack.resource.aws_lambda_function?.['lake-rows-decisions_function'];
    const zip = unzipSync(readFileSync(join(outdir, 'stacks', 'security', lambda.filename)));

    const { guardrails } = JSON.parse(Buffer.from(zip['lake.json'] ?? []).toString());
    expect(guardrails).toMatchObject({
      's3.bucket-public': {},
      'parapet.account-not-enrolled': { title: 'Account not enrolled', severity: 'high' },
    });
  });

  it('may do exactly its work, and call nobody where no deployer is set', () => {
    const bodies = `arn:aws:s3:::parapet-bodies-${SECURITY}-${HOME}`;

    expect(permissions(stack).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:ReceiveMessage',
        ],
        [arn('sqs', 'parapet-vending')],
      ],
      [['dynamodb:DeleteItem', 'dynamodb:GetItem'], [arn('dynamodb', 'table/parapet-directory')]],
      [
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        [arn('dynamodb', 'table/parapet-decisions')],
      ],
      [['s3:PutObject'], [`${bodies}/*`]],
      [['kms:Decrypt', 'kms:GenerateDataKey'], ['${aws_kms_key.key_key.arn}']],
      [['events:PutEvents'], [arn('events', 'event-bus/parapet-bus')]],
      [
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        [arn('logs', 'log-group:/aws/lambda/parapet-vending:*')],
      ],
    ]);
    const lambda = stack.resource.aws_lambda_function?.vending_taker_function;
    expect(lambda.environment.variables).toMatchObject({
      ...{ PARAPET_MANAGEMENT: MANAGEMENT, PARAPET_ORGANIZATION: 'o-exampleorgid' },
    });
    expect(lambda.environment.variables).not.toHaveProperty('PARAPET_DEPLOYER');
  });

  it('may start the one project where that is the deployer', () => {
    const built = withDeployer({ kind: 'codebuild', project: 'parapet-vend' });

    expect(permissions(built).slice(7)).toMatchObject([
      { Action: ['codebuild:StartBuild'], Resource: [arn('codebuild', 'project/parapet-vend')] },
    ]);
    const lambda = built.resource.aws_lambda_function?.vending_taker_function;
    expect(JSON.parse(lambda.environment.variables.PARAPET_DEPLOYER)).toEqual({
      ...{ kind: 'codebuild', project: 'parapet-vend' },
    });
  });

  it('may read the one secret, and by its key nothing else, where the deployer is a webhook', () => {
    const secret = arn('secretsmanager', 'secret:parapet/vend-??????');
    const built = withDeployer({
      ...{ kind: 'webhook', url: 'https://ci.example.com/vend', secret: 'parapet/vend' },
    });

    expect(permissions(built).slice(7)).toMatchObject([
      { Action: ['secretsmanager:GetSecretValue'], Resource: [secret] },
      {
        Action: ['kms:Decrypt'],
        Resource: [arn('kms', 'key/*')],
        Condition: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${HOME}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:SecretARN': secret },
        },
      },
    ]);
  });
});
