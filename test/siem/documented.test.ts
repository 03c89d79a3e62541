import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import type { Encoded } from '#siem/protocol';
import { readRecord } from '#siem/record';
import { webhook } from '#siem/webhook';
import { eventRecord } from './stream';

type IsGenuine = (secret: string, headers: Record<string, string>, text: string) => boolean;

const page = readFileSync(path.resolve(__dirname, '../../docs/siem.md'), 'utf8');

/** The code on the page, as a reader would paste it. */
function documented(): IsGenuine {
  const [, code] = /```js\n([\s\S]+?)```/.exec(page) ?? [];
  return runInNewContext(`${code}; isGenuine`, { require, Buffer, Date, Math, Number });
}

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLD = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

function signed(secret: string, at = Date.now()) {
  const protocol = webhook({ url: 'https://hook.example.com/', gzip: true });
  const record = readRecord(eventRecord(1, '444444444444'));
  const one: Encoded = { record, settles: record.uid, bytes: protocol.encode(record) };
  const { headers, body } = protocol.request([one], secret, at);
  return { headers, text: gunzipSync(body).toString() };
}

describe('the verification in the documentation', () => {
  const isGenuine = documented();

  it('takes what the forwarder signs, also with two keys', () => {
    const one = signed(KEY);
    const two = signed(JSON.stringify({ keys: [KEY, OLD] }));

    expect(isGenuine(KEY, { ...one.headers }, one.text)).toBe(true);
    expect(isGenuine(KEY, { ...two.headers }, two.text)).toBe(true);
    expect(isGenuine(OLD, { ...two.headers }, two.text)).toBe(true);
  });

  it('refuses another key, a changed body, a changed id, and what is old or from the future', () => {
    const { headers, text } = signed(KEY);
    const old = signed(KEY, Date.now() - 301_000);
    const early = signed(KEY, Date.now() + 301_000);

    expect(isGenuine(OLD, { ...headers }, text)).toBe(false);
    expect(isGenuine(KEY, { ...headers }, `${text} `)).toBe(false);
    expect(isGenuine(KEY, { ...headers, 'webhook-id': 'm-1' }, text)).toBe(false);
    expect(isGenuine(KEY, { ...old.headers }, old.text)).toBe(false);
    expect(isGenuine(KEY, { ...early.headers }, early.text)).toBe(false);
  });

  it('refuses a body without headers', () => {
    expect(isGenuine(KEY, {}, 'x')).toBe(false);
  });
});
