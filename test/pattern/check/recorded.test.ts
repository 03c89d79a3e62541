import { isObject, type JsonObject, textAt } from '#core';
import { compileTriggers, patternText, regionTriggers } from '#pattern';
import { checkPattern } from '#pattern/check/index';
import { guardrails } from '#policies/guardrails/index';
import { catalogue } from '../../support/catalogue';
import { recordedEvents } from '../../support/recorded-events';
import { recordedCases } from '../recorded-cases';

const WIDE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

const TYPES: Readonly<Record<string, string>> = {
  AwsConsoleAction: 'AWS Console Action via CloudTrail',
  AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
  AwsConsoleSignin: 'AWS Console Signin via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
};

/** What some authors wrote by hand, and no service has ever sent. */
const NEVER_SENT = new Set([
  ...['cloudtrail DeleteRule', 'cloudtrail DescribeTrail', 'cloudtrail EnableRegion'],
  ...['ec2 DeleteBucketEncryption', 'ec2 DeleteBucketPublicAccessBlock'],
  ...['ec2 DeleteBucketReplication', 'ec2 PutBucketLogging', 'ec2 PutBucketVersioning'],
  ...['ec2 RegisterManagedInstance', 'iam DescribePolicy', 'iam DetachUserGroup'],
  ...['iam NotCreateUser', 'iam PutPolicy', 'lambda DeleteFunction', 'lambda RemovePermission'],
  ...['s3 CreateServiceLinkedRole', 's3 ListAllMyBuckets', 's3 SetQueueAttributes'],
]);

const callOf = (record: JsonObject): string =>
  `${textAt(record, 'eventSource')?.replace('.amazonaws.com', '')} ${textAt(record, 'eventName')}`;

function patternOf(record: JsonObject): string {
  const [service, eventName] = callOf(record).split(' ');
  return JSON.stringify({
    source: [`aws.${service}`],
    'detail-type': [TYPES[textAt(record, 'eventType') ?? ''] ?? 'AWS API Call via CloudTrail'],
    detail: { eventSource: [`${service}.amazonaws.com`], eventName: [eventName] },
  });
}

const recorded = [...recordedEvents('events'), ...recordedEvents('curated')].filter(
  ({ record }) => textAt(record, 'eventSource') !== undefined,
);

const isRecorded = (label: JsonObject): boolean => /^recorded/.test(textAt(label, 'quality') ?? '');

test('nothing speaks against what a recorded event itself says', () => {
  const faults = recorded
    .filter(({ record }) => !NEVER_SENT.has(callOf(record)))
    .flatMap(({ from, record }) =>
      checkPattern(patternOf(record), { state: WIDE }).map((fault) => [
        from,
        callOf(record),
        fault,
      ]),
    );

  expect(faults).toEqual([]);
});

test('what no service ever sent is refused, and nothing of it was recorded', () => {
  const made = recorded.filter(({ record }) => NEVER_SENT.has(callOf(record)));

  for (const { record, label } of made) {
    expect([callOf(record), checkPattern(patternOf(record))]).toEqual([
      callOf(record),
      [expect.objectContaining({ at: 'detail.eventName' })],
    ]);
    expect(textAt(label, 'quality')).toMatch(/^(handmade|partial|well-formed)$/);
  }
});

test('no field of a recorded event is one that CloudTrail never sends', () => {
  const faults = recorded
    .filter(({ label }) => isRecorded(label))
    .flatMap(({ from, record }) =>
      pathsIn(record)
        .filter((path) => !path.startsWith('@'))
        .flatMap((path) =>
          checkPattern(
            JSON.stringify({
              'detail-type': ['AWS API Call via CloudTrail'],
              [`detail.${path}`]: [{ exists: true }],
            }),
          ).map((fault) => [from, path, fault]),
        ),
    );

  expect(faults).toEqual([]);
});

test('a call that is no read of management events reaches a rule that is only ENABLED', () => {
  const faults = recorded
    .filter(({ record, label }) => record.readOnly === false && isRecorded(label))
    .flatMap(({ from, record }) =>
      checkPattern(patternOf(record)).map((fault) => [from, callOf(record), fault]),
    );

  expect(faults).toEqual([]);
});

test.each(['us-east-1', 'eu-west-1'])(
  'nothing speaks against the forwarding rules in %s, of the installed guardrails or of the catalogue',
  (region) => {
    const faults = [...catalogue(), guardrails].flatMap((some) => {
      const triggers = 'triggers' in some ? some.triggers : some.flatMap((one) => one.triggers);
      return compileTriggers(regionTriggers(triggers, region), { replays: 'excluded' }).flatMap(
        ({ pattern, state }) => checkPattern(patternText(pattern), { state, region }),
      );
    });

    expect(faults).toEqual([]);
  },
);

test('a recorded pattern that matches an event of CloudTrail’s is not refused', () => {
  const matching = recordedCases()
    .flatMap(({ cases }) => cases)
    .filter(({ match, event }) => match === true && /via CloudTrail/.test(event ?? ''))
    .filter(({ event }) => isEnvelope(event ?? ''));

  const faults = matching.flatMap(({ pattern, event }) =>
    checkPattern(pattern, { state: WIDE }).map((fault) => [pattern, event, fault]),
  );

  expect(matching.length).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

function isEnvelope(text: string): boolean {
  try {
    const event: unknown = JSON.parse(text);
    return isObject(event) && isObject(event.detail) && 'eventName' in event.detail;
  } catch {
    return false;
  }
}

const pathsIn = (value: JsonObject, above = ''): readonly string[] =>
  Object.entries(value).flatMap(([key, inner]) =>
    isObject(inner) && !/^(request|response|additional|service)/.test(key)
      ? pathsIn(inner, `${above}${key}.`)
      : [`${above}${key}`],
  );
