import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '#core';
import { type Journey, type Twin, twinOf } from '#twin';
import { configuration, LOG_ARCHIVE, SECURITY, SHOP, sample } from '../stacks/organization';
import { type Attributes, stackFile, synthesise } from '../stacks/synthesised';

const HOME = 'eu-central-1';
const BUS = `arn:aws:events:${HOME}:${SECURITY}:event-bus/parapet-bus`;

const organization = {
  id: configuration.organization.id,
  managementAccount: configuration.parts.management,
  levels: new Map(configuration.accounts.map(({ id }) => [id, ['r-exam', id]])),
  names: new Map(configuration.accounts.map(({ id, name }) => [id, name])),
};

let outdir: string;
beforeAll(() => {
  outdir = synthesise();
});

/** The twin of the stacks, after something in the security stack was changed. */
function twin(change: (resource: Attributes) => void = () => {}): Twin {
  const copy = mkdtempSync(join(tmpdir(), 'parapet-feeds-'));
  cpSync(outdir, copy, { recursive: true });
  const file = stackFile(copy, 'security');
  const document = JSON.parse(readFileSync(file, 'utf8'));
  change(document.resource);
  writeFileSync(file, JSON.stringify(document));
  const start = new Date('2026-01-01T09:00:00Z');
  return twinOf({ outdir: copy, organization, guardrails: sample, start });
}

const event: JsonObject = {
  ...{ version: '0', id: '1', source: 'aws.ec2', account: SHOP, region: HOME, resources: [] },
  'detail-type': 'AWS API Call via CloudTrail',
  time: '2026-01-01T09:00:00Z',
  detail: { eventName: 'RunInstances' },
};
const decision = (detail: JsonObject): JsonObject => ({
  ...event,
  ...{ source: 'parapet', account: SECURITY, 'detail-type': 'Parapet Decision' },
  detail: { id: 'd-1', account: SHOP, ...detail },
});
const shadowed = decision({
  ...{ guardrail: 's3.bucket-public', verdict: 'violates', outcome: 'shadowed' },
});
const told = decision({
  ...{ guardrail: 'sqs.queue-untagged', verdict: 'violates', outcome: 'failed' },
});

async function feedsOf(
  change: Parameters<typeof twin>[0],
  sent: JsonObject,
): Promise<readonly string[]> {
  const world = twin(change);
  world.put(sent, BUS);
  return linesOf(await world.settle());
}

const linesOf = (journeys: readonly Journey[]): readonly string[] =>
  journeys.flatMap(({ feeds }) =>
    feeds.map(({ what, passed }) => (passed ? what : `stopped: ${what}`)),
  );

const stops = async (change: Parameters<typeof twin>[0], sent: JsonObject) =>
  (await feedsOf(change, sent)).filter((line) => line.startsWith('stopped'));

/** Takes an action out of a policy's text. */
function without(attributes: Attributes, action: string, attribute = 'policy'): void {
  const document = JSON.parse(attributes[attribute]);
  document.Statement = document.Statement.map((one: Attributes) => ({
    ...one,
    Action: one.Action.filter((each: string) => each !== action),
  })).filter((one: Attributes) => one.Action.length > 0);
  attributes[attribute] = JSON.stringify(document);
}

describe('the twin follows what rules feed', () => {
  it('to log, stream and lake, whoever judges the event', async () => {
    expect(await feedsOf(undefined, event)).toEqual([
      'rule parapet-events puts it into the stream parapet-lake-events',
      `Firehose delivers it to the bucket parapet-lake-${LOG_ARCHIVE}-${HOME}`,
      'rule parapet-events writes it to the log parapet-bus',
      'rule parapet-events puts it into the stream parapet-siem',
    ]);
  });

  it('and says nothing of a decision that reaches all of them', async () => {
    expect(await feedsOf(undefined, shadowed)).toEqual([]);
    expect(await feedsOf(undefined, told)).toEqual([]);
  });

  it('but feeds nothing where the archive is replayed', async () => {
    expect(await feedsOf(undefined, { ...event, 'replay-name': 'r' })).toEqual([]);
  });

  const REFUSALS: readonly [string, JsonObject, (resource: Attributes) => void, RegExp][] = [
    [
      'the feed role may not put into the stream',
      event,
      ({ aws_iam_role_policy: of }) => without(of.feed_policy, 'kinesis:PutRecord'),
      /kinesis:PutRecord .*it waits in parapet-outputs-dead-letters/,
    ],
    [
      "the feed role may not use the stream's key",
      event,
      ({ aws_iam_role_policy: of }) => without(of.feed_policy, 'kms:GenerateDataKey'),
      /kms:GenerateDataKey/,
    ],
    [
      'the key does not know Kinesis',
      event,
      ({ aws_kms_key: of }) => {
        of.key_key.policy = of.key_key.policy.replaceAll(`kinesis.${HOME}`, `mars.${HOME}`);
      },
      /kms:GenerateDataKey/,
    ],
    [
      'another rule may take the feed role, but not this one',
      event,
      ({ aws_iam_role: of }) => {
        of.feed_role.assume_role_policy = of.feed_role.assume_role_policy.replace(
          'rule/parapet-bus/parapet-events',
          'rule/parapet-bus/parapet-else',
        );
      },
      /the role of parapet-events cannot be assumed/,
    ],
    [
      'the log has no resource policy',
      event,
      (resource) => {
        delete resource.aws_cloudwatch_log_resource_policy;
      },
      /no resource policy of CloudWatch Logs speaks of it/,
    ],
    [
      'the log may not be written to by this rule',
      event,
      ({ aws_cloudwatch_log_resource_policy: of }) =>
        without(of['bus-log-policy'], 'logs:PutLogEvents', 'policy_document'),
      /logs:PutLogEvents/,
    ],
    [
      'Firehose may not make rows',
      event,
      ({ aws_iam_role_policy: of }) => without(of['lake-writer_policy'], 'lambda:InvokeFunction'),
      /lambda:InvokeFunction/,
    ],
    [
      'Firehose trusts another stream only',
      event,
      ({ aws_iam_role: of }) => {
        const role = of['lake-writer_role'];
        role.assume_role_policy = role.assume_role_policy.replaceAll('parapet-lake-events', 'x');
      },
      /sts:AssumeRole/,
    ],
    [
      'the state machine may not be started',
      shadowed,
      ({ aws_iam_role_policy: of }) => without(of.feed_policy, 'states:StartExecution'),
      /states:StartExecution/,
    ],
    [
      "the alert topic's policy does not know the rule",
      told,
      ({ aws_sns_topic_policy: of }) => {
        of.alerts_policy.policy = of.alerts_policy.policy.replace('parapet-troubled', 'parapet-x');
      },
      /sns:Publish/,
    ],
    [
      "the alert topic's key does not know the rule",
      told,
      ({ aws_kms_key: of }) => {
        of.key_key.policy = of.key_key.policy.replace('parapet-troubled', 'parapet-x');
      },
      /kms:GenerateDataKey/,
    ],
    [
      'the pipe may not ask the enriching function',
      told,
      ({ aws_iam_role_policy: of }) => without(of.notify_role_policy, 'lambda:InvokeFunction'),
      /lambda:InvokeFunction/,
    ],
    [
      "the pipe may not use the topic's key",
      told,
      ({ aws_iam_role_policy: of }) => without(of.notify_role_policy, 'kms:Decrypt'),
      /kms:Decrypt/,
    ],
    [
      'the queue of the pipe does not know the rule',
      told,
      ({ aws_sqs_queue: of }) => {
        of.notify_queue_queue.policy = of.notify_queue_queue.policy.replace(
          'parapet-bus/parapet-notify',
          'parapet-bus/parapet-x',
        );
      },
      /sqs:SendMessage/,
    ],
  ];

  it.each(REFUSALS)('and says where it ends: %s', async (_, sent, change, reason) => {
    const found = await stops(change, sent);

    expect(found.length).toBeGreaterThan(0);
    for (const stop of found) expect(stop).toMatch(reason);
  });

  describe('into a lake whose bucket is among the stacks', () => {
    const statements = [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${SECURITY}:root` },
        Action: ['s3:PutObject'],
        Resource: [`arn:aws:s3:::parapet-lake-${LOG_ARCHIVE}-${HOME}/*`],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${SECURITY}:role/parapet-firehose` },
        },
      },
    ];
    /** As if the security stack's answers bucket were the lake's: same provider, other name. */
    const lake =
      (policy: object) =>
      ({ aws_s3_bucket, aws_s3_bucket_policy }: Attributes) => {
        const bucket = `parapet-lake-${LOG_ARCHIVE}-${HOME}`;
        aws_s3_bucket.lake = { provider: `aws.${HOME}`, bucket };
        aws_s3_bucket_policy.lake = {
          provider: `aws.${HOME}`,
          bucket,
          policy: JSON.stringify(policy),
        };
      };

    it('by the policies of both', async () => {
      const open = lake({ Version: '2012-10-17', Statement: statements });

      expect(await feedsOf(open, event)).toContain(
        `Firehose delivers it to the bucket parapet-lake-${LOG_ARCHIVE}-${HOME}`,
      );
    });

    it('but not where the bucket refuses', async () => {
      const refusing = lake({
        Version: '2012-10-17',
        Statement: [{ ...statements[0], Effect: 'Deny' }],
      });

      expect(await stops(refusing, event)).toEqual([expect.stringMatching(/s3:PutObject/)]);
    });
  });
});
