import { readRecord } from '#siem/record';
import { envelope } from '../support/event';
import { textRecord } from './stream';

const read = (text: string, account = '444444444444') => readRecord(textRecord(1, account, text));

const decision = JSON.stringify({
  version: '0',
  source: 'parapet',
  'detail-type': 'Parapet Decision',
  account: '222222222222',
  region: 'us-east-1',
  time: '2026-11-21T10:00:01Z',
  detail: { id: 'd-0123456789abcdef', account: '444444444444', outcome: 'repaired' },
});

describe('an event', () => {
  it('has the same uid whoever sends it, however often and whatever the envelope calls itself', () => {
    const one = read(envelope({ eventID: 'e1' }));
    const other = read(envelope({ eventID: 'e1' }, { id: 'another' }), 'another-key');

    expect(one.uid).toBe(other.uid);
    expect(one.uid).toMatch(/^e-[0-9a-f]{40}$/);
  });

  it.each([
    ['another event', envelope({ eventID: 'e2' })],
    ['the same event in another account', envelope({ eventID: 'e1' }, { account: '555555555555' })],
    ['the same event replayed', envelope({ eventID: 'e1' }, { 'replay-name': 'monday' })],
  ])('has another uid than %s', (_, other) => {
    expect(read(other).uid).not.toBe(read(envelope({ eventID: 'e1' })).uid);
  });

  it('tells when the call was made, and where', () => {
    const { time, account, region, source, kind } = read(envelope({}));

    expect({ time, account, region, source, kind }).toEqual({
      time: 1795255200000,
      account: '444444444444',
      region: 'eu-west-1',
      source: 'aws.s3',
      kind: 'event',
    });
  });

  it('is passed on letter for letter, numbers and order included', () => {
    const text =
      '{"detail":{"eventID":"a","n":1.50,"big":12345678901234567890},"account":"444444444444"}';

    expect(read(text).json).toBe(text);
  });

  it('becomes one line where it was written on several', () => {
    expect(read('{\r\n  "a": "x\\ny",\n  "b": 2\n}\n').json).toBe('{   "a": "x\\ny",   "b": 2 }');
  });
});

describe('a decision', () => {
  it('has its own id and the account of the resource, not of the bus', () => {
    const { uid, account, kind } = read(decision);

    expect({ uid, account, kind }).toEqual({
      uid: 'd-0123456789abcdef',
      account: '444444444444',
      kind: 'decision',
    });
  });

  it('is only what comes from the own source', () => {
    expect(read(decision.replace('"parapet"', '"aws.s3"')).kind).toBe('other');
  });
});

describe('anything else', () => {
  it.each([
    ['no JSON', 'half a {', '{"text":"half a {"}'],
    ['nothing', '', '{"text":""}'],
    ['JSON that is no object', '[1,2]', '{"text":"[1,2]"}'],
    ['an object that is no event', '{"a":1}', '{"a":1}'],
  ])('that is %s is told as an object, with a uid from its bytes', (_, text, json) => {
    const record = read(text);

    expect(record.json).toBe(json);
    expect(record.uid).toMatch(/^x-[0-9a-f]{40}$/);
    expect(record.time).toBe(Date.parse('2026-11-21T10:00:02Z'));
  });

  it('that is not UTF-8 is told in base64', () => {
    const record = readRecord({ ...textRecord(1, 'k', ''), data: Buffer.from([0xff, 0xfe, 0x00]) });

    expect(record.json).toBe('{"base64":"//4A"}');
  });

  it('is read without failing, however deep or odd', () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const odd = '{"account":5,"region":["\\ud800"],"source":"\\ud800","time":"never","detail":"x"}';

    expect(read(deep).uid).toMatch(/^x-/);
    expect(read(odd)).toMatchObject({ source: 'unknown', region: 'unknown', kind: 'other' });
  });
});
