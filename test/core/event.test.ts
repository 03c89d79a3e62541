import fc from 'fast-check';
import {
  type Json,
  type JsonObject,
  LARGEST_EVENT_BYTES,
  parseTrailEvent,
  UnjudgeableEvent,
} from '#core';
import { envelope, trailEvent } from '../support/event';

const refusal = (text: string): string => {
  try {
    parseTrailEvent(text);
  } catch (error) {
    expect(error).toBeInstanceOf(UnjudgeableEvent);
    return (error as Error).message;
  }
  return 'none';
};

test('account and Region are the envelope’s, whatever the record says', () => {
  const text = envelope(
    { awsRegion: 'us-gov-west-1', userIdentity: { accountId: '999999999999' } },
    { account: '444444444444', region: 'eu-west-1' },
  );

  const { account, region, caller } = parseTrailEvent(text);

  expect({ account, region }).toEqual({ account: '444444444444', region: 'eu-west-1' });
  expect(caller.account).toBe('999999999999');
});

test('a session is told apart from its role', () => {
  const role = 'arn:aws:iam::444444444444:role/path/parapet-remediate-s3';
  const { caller } = trailEvent({
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::444444444444:assumed-role/parapet-remediate-s3/d-0123',
      accountId: '444444444444',
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: role, userName: 'parapet-remediate-s3' },
        sourceIdentity: 's3.bucket-public',
      },
    },
  });

  expect(caller).toEqual({
    type: 'AssumedRole',
    arn: 'arn:aws:sts::444444444444:assumed-role/parapet-remediate-s3/d-0123',
    account: '444444444444',
    name: 'parapet-remediate-s3',
    session: 'd-0123',
    role,
    sourceIdentity: 's3.bucket-public',
  });
});

test.each([
  ['no identity at all', envelope({}).replace('"userIdentity"', '"nobody"')],
  ['a null identity', envelope({ userIdentity: null })],
  ['an empty identity', envelope({ userIdentity: {} })],
])('an event with %s has a caller of whom nothing is known', (_, text) => {
  expect(parseTrailEvent(text).caller).toEqual({});
});

describe('what cannot be judged is refused with a reason', () => {
  test.each([
    ['', 'the event is not JSON'],
    ['{"account":', 'the event is not JSON'],
    ['null', 'not a CloudTrail event in its envelope'],
    ['[]', 'not a CloudTrail event in its envelope'],
    ['"text"', 'not a CloudTrail event in its envelope'],
    ['{}', 'account: '],
    [envelope({}, { account: '44444444444' }), 'account: '],
    [envelope({}, { account: '444444444444\n' }), 'account: '],
    [envelope({}, { region: 'Frankfurt' }), 'region: '],
    [envelope({}, { region: '../eu-west-1' }), 'region: '],
    [envelope({}, { detail: 'text' }), 'detail: '],
    [envelope({}, { 'replay-name': 'x'.repeat(257) }), 'replay-name: '],
    [envelope({ eventID: '' }), 'detail.eventID: '],
    [envelope({ eventID: 'x'.repeat(129) }), 'detail.eventID: '],
    [envelope({ userIdentity: 'root' }), 'detail.userIdentity: '],
    [envelope({ userIdentity: { arn: ['x'] } }), 'detail.userIdentity.arn: '],
    [
      envelope({ recipientAccountId: '555555555555' }),
      'the detail names account 555555555555, the envelope account 444444444444',
    ],
  ])('%s', (text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  test('an event of just 1 MB is taken, one of a byte more is not', () => {
    const room = LARGEST_EVENT_BYTES - Buffer.byteLength(envelope({ padding: '' }));
    const wide = 'ü'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2);

    expect(refusal(envelope({ padding: wide }))).toBe('none');
    expect(refusal(envelope({ padding: `${wide}x` }))).toBe('the event is larger than 1 MB');
  });

  test('and the reason stays short, whatever the event says', () => {
    const text = envelope({ recipientAccountId: '\u0000'.repeat(100_000) });

    expect(refusal(text).length).toBeLessThan(1000);
  });
});

test.each([
  '"__proto__":{"errorCode":"AccessDenied","requestParameters":{"bucketName":"stolen"}}',
  '"constructor":{"prototype":{"errorCode":"AccessDenied"}},"hasOwnProperty":null,"toString":1',
])('the keys %s reach nothing', (keys) => {
  const text = envelope({ marker: 1 })
    .replace('"marker":1', keys)
    .replace('"requestParameters":null,', '');

  const event = parseTrailEvent(text);

  expect(event.errorCode).toBeUndefined();
  expect(event.request).toBeNull();
  expect(({} as JsonObject).errorCode).toBeUndefined();
});

test('a prototype in the identity gives no name', () => {
  const text = envelope({ userIdentity: { marker: 1 } }).replace(
    '"marker":1',
    '"__proto__":{"type":"Root","arn":"arn:aws:iam::444444444444:root"}',
  );

  expect(parseTrailEvent(text).caller).toEqual({});
});

test('any JSON at any place is either an event or refused with a reason', () => {
  const places = [
    ['account'],
    ['region'],
    ['source'],
    ['time'],
    ['detail-type'],
    ['replay-name'],
    ['detail'],
    ...['eventID', 'eventName', 'eventSource', 'eventTime', 'awsRegion', 'userIdentity'].map(
      (key) => ['detail', key],
    ),
    ...[
      'requestParameters',
      'responseElements',
      'recipientAccountId',
      'errorCode',
      'resources',
    ].map((key) => ['detail', key]),
    ...['type', 'arn', 'accountId', 'userName', 'sessionContext', 'invokedBy'].map((key) => [
      'detail',
      'userIdentity',
      key,
    ]),
    ['detail', 'userIdentity', 'sessionContext', 'sessionIssuer'],
    ['detail', 'userIdentity', 'sessionContext', 'sourceIdentity'],
  ] as const;
  const put = (value: Json, [key, ...rest]: readonly string[], leaf: Json): Json => {
    if (key === undefined) return leaf;
    const object = (typeof value === 'object' && value !== null ? value : {}) as JsonObject;
    return { ...object, [key]: put(object[key] ?? {}, rest, leaf) };
  };

  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, leaf) => {
      const text = JSON.stringify(put(JSON.parse(envelope({})), place, leaf as Json));

      expect(refusal(text)).toMatch(
        /^none$|^not a CloudTrail event in its envelope: |^the detail names account /,
      );
    }),
  );
});
