import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type JsonObject, parseTrailEvent, UnjudgeableEvent } from '#core';
import { handle, offlinePorts, unwanted } from '#engine';
import { guardrails } from '#policies/guardrails/index';
import { deployment } from '../support/deployment';
import { hasCorpus, mended, recordedEvents } from '../support/recorded-events';

const CALLS = [
  'ec2.amazonaws.com AuthorizeSecurityGroupIngress',
  'ec2.amazonaws.com ModifySecurityGroupRules',
  'cloudtrail.amazonaws.com StopLogging',
  'cloudtrail.amazonaws.com DeleteTrail',
  'iam.amazonaws.com CreateUser',
  'iam.amazonaws.com CreateAccessKey',
];

const isOneOf = ({ eventSource, eventName }: JsonObject): boolean =>
  CALLS.includes(`${eventSource} ${eventName}`);

/** What an event leads to: each guardrail that it wakes, with the resources, or why none. */
function wakes(record: JsonObject): readonly string[] {
  const event = parseTrailEvent(JSON.stringify(mended(record)));
  return guardrails.flatMap((guardrail) => {
    const reason = unwanted(guardrail, event, { partition: 'aws' });
    if (reason === 'the call is none of its triggers') return [];
    if (reason !== undefined) return [`${guardrail.id}: ${reason}`];
    try {
      return guardrail.resources(event).map(({ type, arn }) => `${guardrail.id}: ${type} ${arn}`);
    } catch (error) {
      if (!(error instanceof UnjudgeableEvent)) throw error;
      return [`${guardrail.id}: rejected, ${error.message}`];
    }
  });
}

const OPENED_BY_SCRIPT =
  'ec2.security-group-open: AWS::EC2::SecurityGroup arn:aws:ec2:us-east-1:444444444444:security-group/sg-0d921df5d84f7270a';
const KEY_OF_ATOMIC_RED_TEAM =
  'iam.access-key-created: AWS::IAM::AccessKey arn:aws:iam::444444444444:user/AtomicRedTeam';
const STOPPED =
  'cloudtrail.logging-stopped: AWS::CloudTrail::Trail arn:aws:cloudtrail:us-west-2:444444444444:trail/my-cloudtrail-trail';

/** By hand, for every recorded event of these calls that the corpus has. */
const RECORDED: Readonly<Record<string, string>> = {
  'events/panther-analysis.ndjson:100':
    'ec2.security-group-open: AWS::EC2::SecurityGroup arn:aws:ec2:us-west-2:444444444444:security-group/sg-04f0b44316f7d2471',
  'events/panther-analysis.ndjson:103': OPENED_BY_SCRIPT,
  'events/panther-analysis.ndjson:104':
    'ec2.security-group-open: the call failed: UnauthorizedOperation',
  'events/panther-analysis.ndjson:188':
    'iam.access-key-created: the call failed: LimitExceededException',
  'events/splunk-security-content.ndjson:4': KEY_OF_ATOMIC_RED_TEAM,
  'events/splunk-security-content.ndjson:24':
    'cloudtrail.logging-stopped: AWS::CloudTrail::Trail arn:aws:cloudtrail:us-west-2:444444444444:trail/redatomictesttrail',
  'events/splunk-security-content.ndjson:44': STOPPED,
  'events/traildiscover.ndjson:18': 'cloudtrail.logging-stopped: the call failed: AccessDenied',
  'events/traildiscover.ndjson:20': 'cloudtrail.logging-stopped: the call failed: AccessDenied',
  'events/traildiscover.ndjson:39':
    'ec2.security-group-open: the call failed: Client.UnauthorizedOperation',
  'events/traildiscover.ndjson:151': 'iam.access-key-created: the call failed: AccessDenied',
  'events/traildiscover.ndjson:158': 'iam.user-created: the call failed: AccessDenied',
};

const carried: readonly JsonObject[] = readFileSync(
  path.resolve(__dirname, '../../sandbox/plugin/tests/fixtures/recorded.ndjson'),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

test('the recorded events that the project carries wake what they should', () => {
  expect(carried.filter(isOneOf).map(wakes)).toEqual([
    [OPENED_BY_SCRIPT],
    [KEY_OF_ATOMIC_RED_TEAM],
    [STOPPED],
  ]);
});

(hasCorpus ? describe : describe.skip)('over the corpus', () => {
  const events = recordedEvents('events').filter(({ record }) => isOneOf(record));
  const recorded = events.filter(({ label }) => label.quality !== 'handmade');
  const handmade = events.filter(({ label }) => label.quality === 'handmade');

  test('an expectation is written for every recorded event of these calls', () => {
    expect(recorded.map(({ from }) => from)).toEqual(Object.keys(RECORDED));
  });

  test.each(recorded.map((one) => [one.from, one.record] as const))(
    '%s wakes what it should',
    (from, record) => {
      expect(wakes(record)).toEqual([RECORDED[from]]);
    },
  );

  test('hand-made ones wake one guardrail each, and failed calls none to judge', () => {
    const woken = handmade.map(({ record }) => wakes(record));
    const failed = handmade.filter(({ record }) => record.errorCode !== undefined);

    expect(handmade.length).toBe(23);
    expect(woken.every((lines) => lines.length === 1)).toBe(true);
    expect(woken.flat().filter((line) => line.includes('the call failed'))).toHaveLength(
      failed.length,
    );
  });

  test('hand-made ids that AWS never gives are rejected, not called', () => {
    const rejected = handmade.filter(({ record }) => wakes(record)[0]?.includes('rejected'));

    expect(rejected.map(({ from }) => from)).toEqual([
      'events/airbnb-streamalert.ndjson:8',
      'events/airbnb-streamalert.ndjson:40',
      'events/airbnb-streamalert.ndjson:41',
      'events/panther-analysis.ndjson:122',
      'events/panther-analysis.ndjson:184',
      'events/panther-analysis.ndjson:185',
      'events/panther-analysis.ndjson:186',
      'events/panther-analysis.ndjson:187',
      'events/panther-analysis.ndjson:316',
    ]);
  });

  test('users of other services wake nothing', () => {
    const others = recordedEvents('events').filter(
      ({ record }) => record.eventName === 'CreateUser' && !isOneOf(record),
    );

    expect(others.map(({ from, record }) => [from, wakes(record)])).toEqual([
      ['events/traildiscover.ndjson:292', []],
      ['events/traildiscover.ndjson:312', []],
    ]);
  });

  test.each([
    ['events/panther-analysis.ndjson:103', 22, '0.0.0.0/0', 'violates'],
    ['events/panther-analysis.ndjson:100', 443, '0.0.0.0/16', 'complies'],
  ])('%s, which opens port %d to %s, %s', async (from, port, CidrIpv4, verdict) => {
    const { record } = recorded.find((one) => one.from === from) ?? { record: {} };
    const rule = { IsEgress: false, IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIpv4 };
    const state = {
      'ec2:DescribeSecurityGroupRules': {
        SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1', ...rule }],
      },
    };

    const handled = await handle(
      parseTrailEvent(JSON.stringify(mended(record))),
      {
        guardrails,
        deployment: deployment(),
        ports: offlinePorts(state, () => new Date('2026-11-21T10:00:01Z')),
        leaseMs: 60_000,
      },
      { isLastTry: true },
    );

    const decided = handled.flatMap((one) => (one.kind === 'decided' ? [one.decision] : []));
    expect(decided.map((one) => [one.guardrail.id, one.verdict.verdict])).toEqual([
      ['ec2.security-group-open', verdict],
    ]);
  });
});
