import fc from 'fast-check';
import { type Json, type JsonObject, parseTrailEvent, UnjudgeableEvent } from '#core';
import { handle } from '#engine';
import { guardrails } from '#policies/guardrails/index';
import { openBucket, withBuckets } from '../support/buckets';
import { envelope } from '../support/event';
import { memory } from '../support/memory';

const HOSTILE: readonly string[] = [
  ...[
    '',
    ' ',
    '..',
    '../../etc/passwd',
    'orders/../../x',
    '/',
    '*',
    '?',
    '${aws:username}',
    '{{x}}',
    '%2e%2e',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'orders\u0000',
    'orders\n',
    'ord\u202eers',
    '𝒜',
  ],
  ...[
    'arn:aws:s3:::orders',
    'arn:aws:sqs:eu-west-1:999999999999:x',
    'https://evil.example.com/x',
    '\ud800',
  ],
  ...['<script>alert(1)</script>', "'; DROP TABLE decisions; --", 'x'.repeat(10_000)],
];

/** With a short form for the test's name. */
const told = (names: readonly string[]) =>
  names.map((name) => [JSON.stringify(name).slice(0, 40), name] as const);

/** All buckets of the world are open: whatever gets as far as a plan is written. */
function scene() {
  const made = memory({ guardrails });
  made.accounts.set('444444444444', withBuckets({ orders: openBucket() }));
  return made;
}

/** What was written for an event, or the reason why it could not be judged. */
async function fateOf(text: string): Promise<readonly string[] | string> {
  const made = scene();
  try {
    await handle(parseTrailEvent(text), made.engine, { isLastTry: true });
  } catch (error) {
    if (!(error instanceof UnjudgeableEvent)) throw error;
    expect(made.writes()).toBe(0);
    return error.message;
  }
  return made.done.filter((line) => line.startsWith('act '));
}

const CALLS = [
  ['s3.amazonaws.com', 'PutBucketAcl', 'bucketName'],
  ['sqs.amazonaws.com', 'CreateQueue', 'queueName'],
] as const;

describe.each(CALLS)('%s %s', (eventSource, eventName, key) => {
  test.each(told(HOSTILE))('named %s is refused with a reason, or unknown', async (_, name) => {
    const text = envelope({ eventSource, eventName, requestParameters: { [key]: name } });

    // Some of them are names that a bucket or a queue may have; there is none of that name.
    const isPossible =
      /^[A-Za-z_]{1,80}$/.test(name) && (eventName === 'CreateQueue' || name !== '__proto__');
    const fate = await fateOf(text);
    if (isPossible) expect(fate).toEqual([]);
    else expect(fate).toMatch(/^the event names no possible (bucket|queue)$/);
  });

  test('with anything but a text for a name touches nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue().filter((value) => typeof value !== 'string'),
        async (value) => {
          const named = { eventSource, eventName, requestParameters: { [key]: value as Json } };
          const request = { eventSource, eventName, requestParameters: value as Json };

          expect(await fateOf(envelope(named))).toEqual([]);
          expect(await fateOf(envelope(request))).toEqual([]);
        },
      ),
    );
  });
});

test('any JSON anywhere in a record is judged or refused, and writes to nothing but the named bucket', async () => {
  const keys = [
    'userIdentity',
    'responseElements',
    'resources',
    'errorCode',
    'readOnly',
    'eventTime',
  ];
  const identity = ['type', 'arn', 'accountId', 'userName', 'invokedBy', 'sessionContext'];

  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()),
      fc.dictionary(fc.constantFrom(...identity), fc.jsonValue()),
      fc.boolean(),
      async (record, caller, isQueue) => {
        const call = isQueue
          ? {
              eventSource: 'sqs.amazonaws.com',
              eventName: 'CreateQueue',
              requestParameters: { queueName: 'q' },
            }
          : { requestParameters: { bucketName: 'orders' } };
        const detail = { userIdentity: caller, ...record, ...call } as JsonObject;

        const fate = await fateOf(envelope(detail));

        if (typeof fate === 'string')
          expect(fate).toMatch(/^not a CloudTrail event in its envelope: /);
        else
          expect([[], ['act s3:PutPublicAccessBlock', 'act s3:PutBucketAcl']]).toContainEqual(fate);
      },
    ),
  );
});

test.each(told(HOSTILE))('a session named %s becomes a tag that SQS takes', async (_, name) => {
  const made = memory({ guardrails });
  const url = 'https://sqs.eu-west-1.amazonaws.com/444444444444/orders';
  made.accounts.set('444444444444', { sqs: { [url]: { tags: {} } } });
  const text = envelope({
    eventSource: 'sqs.amazonaws.com',
    eventName: 'CreateQueue',
    requestParameters: { queueName: 'orders' },
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::444444444444:assumed-role/Developer/${name}@`,
      sessionContext: { sessionIssuer: { userName: name } },
    },
  });

  await handle(parseTrailEvent(text), made.engine, { isLastTry: true });

  const { tags } = (made.accounts.get('444444444444') as { sqs: Record<string, { tags: object }> })
    .sqs[url] ?? {
    tags: {},
  };
  expect(Object.keys(tags)).toEqual(['owner', 'creator']);
  for (const value of Object.values(tags))
    expect(value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
  expect(made.decisions.map(({ outcome }) => outcome)).toEqual(['repaired']);
});

test('an event of 1 MB is judged', async () => {
  const request = { bucketName: 'orders', padding: 'x'.repeat(1_000_000) };

  expect(await fateOf(envelope({ requestParameters: request }))).toEqual([
    'act s3:PutPublicAccessBlock',
    'act s3:PutBucketAcl',
  ]);
});

test.each([
  ['over 1 MB', envelope({ padding: 'x'.repeat(1_100_000) }), 'the event is larger than 1 MB'],
  [
    'of an unknown account',
    envelope({}, { account: '999999999999' }),
    'account 999999999999 is not in the organization',
  ],
  [
    'that the record says is another account’s',
    envelope({ recipientAccountId: '111111111111', requestParameters: { bucketName: 'orders' } }),
    'the detail names account 111111111111, the envelope account 444444444444',
  ],
  [
    'of an account named like a property',
    envelope({}, { account: 'constructor' }),
    'not a CloudTrail event',
  ],
])('an event %s is refused with a reason', async (_, text, reason) => {
  expect(await fateOf(text)).toContain(reason);
});

test('lists nested a hundred thousand deep are judged or refused', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const text = envelope({ requestParameters: { bucketName: 'orders', padding: 'HERE' } }).replace(
    '"HERE"',
    deep,
  );

  const fate = await fateOf(text);

  expect(typeof fate === 'string' ? fate : fate[0]).toMatch(
    /act s3:PutPublicAccessBlock|not a CloudTrail event|too deep/,
  );
});
