import { bulk } from '#siem/bulk';
import { hec } from '#siem/hec';
import type { Answered } from '#siem/ports';
import type { Encoded, Protocol } from '#siem/protocol';
import { readRecord } from '#siem/record';
import { webhook } from '#siem/webhook';
import { eventRecord } from './stream';

const NOW = Date.parse('2026-11-21T10:00:05Z');
const SPLUNK = hec({ url: 'https://splunk.example.com:8088/', gzip: false, index: 'security' });
const ELASTIC = bulk({ url: 'https://es.example.com/base', gzip: false, index: 'logs-parapet-x' });
const HOOK = webhook({ url: 'https://hook.example.com/in?a=1', gzip: false });
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const batchFor = (protocol: Protocol, count = 2): readonly Encoded[] =>
  Array.from({ length: count }, (_, index) => {
    const record = readRecord(eventRecord(index, '444444444444'));
    return { record, settles: record.uid, bytes: protocol.encode(record) };
  });

const answer = (status: number, body: unknown = '', rest: Partial<Answered> = {}): Answered => ({
  ...{ kind: 'answered', status, retryAfter: undefined },
  contentType: typeof body === 'string' ? 'text/plain' : 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...rest,
});

const [first, second] = batchFor(ELASTIC).map(({ record }) => record.uid);
const items = (...statuses: readonly number[]) => ({
  errors: true,
  items: statuses.map((status, index) => ({
    create: { _id: [first, second][index], status, error: { type: 'odd', reason: 'because' } },
  })),
});

describe('any protocol', () => {
  it.each([
    [401, 'unauthorised'],
    [403, 'unauthorised'],
    [407, 'unauthorised'],
    [301, 'misconfigured'],
    [307, 'misconfigured'],
    [404, 'misconfigured'],
    [405, 'misconfigured'],
    [415, 'misconfigured'],
    [413, 'too-large'],
    [408, 'again'],
    [429, 'again'],
    [500, 'again'],
    [502, 'again'],
    [503, 'again'],
  ])('takes %i for %s', (status, kind) => {
    for (const protocol of [SPLUNK, ELASTIC, HOOK])
      expect(protocol.verdict(answer(status), batchFor(protocol), NOW).kind).toBe(kind);
  });

  it('tells how long the receiver asked to wait', () => {
    expect(SPLUNK.verdict(answer(503, '', { retryAfter: '7' }), batchFor(SPLUNK), NOW)).toEqual({
      kind: 'again',
      code: 'http-503',
      afterMs: 7000,
    });
  });
});

describe('Splunk HEC', () => {
  it('writes the time in seconds, the uid as an indexed field and the event as it is', () => {
    const [one] = batchFor(SPLUNK, 1);
    const { event, ...head } = JSON.parse(String(one?.bytes));

    expect(head).toEqual({
      time: 1795255200,
      host: '444444444444',
      source: 'aws.s3',
      sourcetype: 'parapet:event',
      index: 'security',
      fields: {
        parapet_uid: one?.record.uid,
        parapet_account: '444444444444',
        parapet_region: 'eu-west-1',
        parapet_sequence: `4967${'0'.repeat(52)}`,
      },
    });
    expect(event.detail.eventName).toBe('PutBucketAcl');
  });

  it('keeps milliseconds', () => {
    const record = { ...readRecord(eventRecord(1, '444444444444')), time: 1795255200123 };

    expect(String(SPLUNK.encode(record))).toContain('{"time":1795255200.123,');
  });

  it('asks under the path of the event collector, by its token', () => {
    const request = SPLUNK.request(batchFor(SPLUNK), 'the-token', NOW);

    expect(String(request.url)).toBe('https://splunk.example.com:8088/services/collector/event');
    expect(request.headers.authorization).toBe('Splunk the-token');
    expect(request.headers['content-length']).toBe(String(request.body.length));
  });

  it.each([
    ['success', 200, { text: 'Success', code: 0 }, { kind: 'accepted' }],
    ['200 without a code', 200, { ok: true }, { kind: 'again', code: 'nonsense' }],
    ['200 with an error code', 200, { code: 9 }, { kind: 'again', code: 'nonsense' }],
    ['200 with text', 200, 'Success', { kind: 'again', code: 'nonsense' }],
    [
      'an invalid event',
      400,
      { text: 'Invalid data format', code: 6, 'invalid-event-number': 1 },
      { kind: 'refused', code: 'hec-6', reason: 'Invalid data format', at: 1 },
    ],
    [
      'a blank event',
      400,
      { text: 'Event field cannot be blank', code: 13 },
      { kind: 'refused', code: 'hec-13', reason: 'Event field cannot be blank' },
    ],
    [
      'an index the token may not use',
      400,
      { text: 'Incorrect index', code: 7, 'invalid-event-number': 1 },
      { kind: 'misconfigured', code: 'hec-7' },
    ],
    ['a 400 from a proxy', 400, '<html>', { kind: 'misconfigured', code: 'hec-unknown' }],
  ])('understands %s', (_, status, body, verdict) => {
    expect(SPLUNK.verdict(answer(status, body), batchFor(SPLUNK), NOW)).toEqual(verdict);
  });
});

describe('_bulk', () => {
  it('creates each document under its uid, with its time and the event as payload', () => {
    const [one] = batchFor(ELASTIC, 1);
    const [action, document, end] = String(one?.bytes).split('\n');
    const { payload, ...head } = JSON.parse(document ?? '');

    expect(action).toBe(`{"create":{"_id":"${first}"}}`);
    expect(end).toBe('');
    expect(head).toEqual({
      '@timestamp': '2026-11-21T10:00:00.000Z',
      event: { id: first, module: 'parapet', dataset: 'parapet.event', provider: 'aws.s3' },
      cloud: { provider: 'aws', region: 'eu-west-1', account: { id: '444444444444' } },
      parapet: { uid: first, sequence: `4967${'0'.repeat(52)}` },
    });
    expect(payload.detail.eventName).toBe('PutBucketAcl');
  });

  it.each([
    ['an API key', '{"apiKey":"abc=="}', 'ApiKey abc=='],
    ['a user', '{"username":"ana","password":"p:w"}', 'Basic YW5hOnA6dw=='],
  ])('is known by %s', (_, secret, authorization) => {
    const { url, headers } = ELASTIC.request(batchFor(ELASTIC), secret, NOW);

    expect(headers.authorization).toBe(authorization);
    expect(url.pathname).toBe('/base/logs-parapet-x/_bulk');
  });

  it('judges each record of an answer 200 by itself', () => {
    const kinds = (...statuses: readonly number[]) => {
      const verdict = ELASTIC.verdict(answer(200, items(...statuses)), batchFor(ELASTIC), NOW);
      return verdict.kind === 'items' ? verdict.items.map(({ kind }) => kind) : verdict.kind;
    };

    expect(kinds(201, 409)).toEqual(['accepted', 'accepted']);
    expect(kinds(429, 503)).toEqual(['again', 'again']);
    expect(kinds(400, 201)).toEqual(['refused', 'accepted']);
    expect(kinds(403, 404)).toEqual(['blocked', 'blocked']);
  });

  it.each([
    ['fewer items than records', items(201)],
    ['items in another order', { items: [...items(201, 201).items].reverse() }],
    ['no items', { errors: false }],
    ['items without a status', { items: [{ create: { _id: first } }, { create: {} }] }],
    ['another operation', { items: [{ index: { _id: first, status: 201 } }, {}] }],
  ])('takes an answer with %s for nonsense', (_, body) => {
    const verdict = ELASTIC.verdict(answer(200, body), batchFor(ELASTIC), NOW);

    expect(verdict).toEqual({ kind: 'again', code: 'nonsense' });
  });

  it('takes a 400 for a refusal only where the cluster speaks', () => {
    const spoken = { error: { type: 'illegal_argument_exception', reason: 'no' }, status: 400 };
    const of = (body: unknown) => ELASTIC.verdict(answer(400, body), batchFor(ELASTIC), NOW);

    expect(of(spoken)).toEqual({
      kind: 'refused',
      code: 'illegal_argument_exception',
      reason: 'no',
    });
    expect(of('<html>Bad Request</html>')).toEqual({ kind: 'misconfigured', code: 'http-400' });
  });
});

describe('the webhook', () => {
  it('sends a batch of CloudEvents', () => {
    const { body } = HOOK.request(batchFor(HOOK), KEY, NOW);
    const [one, two, ...others] = JSON.parse(String(body));
    const { data, ...head } = one;

    expect(others).toEqual([]);
    expect(two.id).toBe(second);
    expect(head).toEqual({
      specversion: '1.0',
      id: first,
      type: 'parapet.event',
      source: 'urn:parapet:aws.s3',
      time: '2026-11-21T10:00:00.000Z',
      partitionkey: '444444444444',
      region: 'eu-west-1',
      sequence: `4967${'0'.repeat(52)}`,
      datacontenttype: 'application/json',
    });
    expect(data.detail.eventName).toBe('PutBucketAcl');
  });

  it('signs id, time and text, and once more with each key while keys are changed', () => {
    const both = JSON.stringify({ keys: [KEY, 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'] });
    const one = HOOK.request(batchFor(HOOK), KEY, NOW).headers;
    const two = HOOK.request(batchFor(HOOK), both, NOW + 60_000).headers;

    expect(one['webhook-timestamp']).toBe('1795255205');
    expect(one['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    expect(two['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(two['webhook-id']).toBe(one['webhook-id']);
  });

  it.each([
    ['any 2xx', 204, 'text/plain', 'accepted'],
    ['a page for people', 200, 'text/html; charset=utf-8', 'again'],
    ['a 400', 400, 'text/plain', 'refused'],
    ['a 422', 422, 'application/json', 'refused'],
  ])('understands %s', (_, status, contentType, kind) => {
    const verdict = HOOK.verdict(answer(status, 'words', { contentType }), batchFor(HOOK), NOW);

    expect(verdict.kind).toBe(kind);
  });
});

describe('a secret of the wrong form', () => {
  it.each([
    ['an empty token', SPLUNK, ' '],
    ['a token with a line break', SPLUNK, 'a\r\nx: y'],
    ['JSON without a token', SPLUNK, '{"key":"x"}'],
    ['no JSON for _bulk', ELASTIC, 'abc'],
    ['a user without a password', ELASTIC, '{"username":"ana"}'],
    ['a key without its prefix', HOOK, 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['a key that is too short', HOOK, 'whsec_c2hvcnQ='],
    ['no keys', HOOK, '{"keys":[]}'],
  ])('is refused and not quoted: %s', (_, protocol, secret) => {
    const request = () => protocol.request(batchFor(protocol), secret, NOW);

    expect(request).toThrow(expect.objectContaining({ code: 'secret-unusable' }));
    expect(request).toThrow(/^write /);
  });
});
