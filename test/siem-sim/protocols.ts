import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as it arrived, its compression undone. */
export interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The receiver's clock, milliseconds. */
  readonly now: number;
}

/** A record as a receiver finds it in a request. */
export interface Found {
  readonly uid: string;
  readonly account: string;
  readonly kind: string;
  readonly content: unknown;
}

/** One protocol, seen from the receiver. */
export interface Speaker {
  readonly path: RegExp;
  isKnown(arrived: Arrived, secret: string): boolean;
  /** What is in the request, and every way in which it breaks the protocol. */
  read(arrived: Arrived): {
    readonly found: readonly Found[];
    readonly complaints: readonly string[];
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Collects sentences about what is wrong. */
function complaining() {
  const complaints: string[] = [];
  return {
    complaints,
    expect: (holds: boolean, sentence: string): void => {
      if (!holds) complaints.push(sentence);
    },
  };
}

const hec: Speaker = {
  path: /^\/services\/collector\/event$/,
  isKnown: ({ headers }, secret) => headers.authorization === `Splunk ${secret}`,
  read({ headers, text }) {
    const { complaints, expect } = complaining();
    expect(headers['content-type'] === 'application/json', 'HEC wants application/json');
    const found = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const entry = record(parsed(line));
        const fields = record(entry.fields);
        const { time, event, sourcetype, host } = entry;
        expect(typeof time === 'number' && time > 1e8 && time < 1e11, `time ${time}: no seconds`);
        expect(event !== undefined && event !== '' && event !== null, 'no event');
        expect(
          Object.values(fields).every((field) => typeof field === 'string'),
          'fields are flat texts',
        );
        return {
          uid: String(fields.parapet_uid),
          account: String(host),
          kind: String(sourcetype).replace('parapet:', ''),
          content: event,
        };
      });
    return { found, complaints };
  },
};

const bulk: Speaker = {
  path: /^\/logs-parapet-default\/_bulk\?filter_path=/,
  isKnown: ({ headers }, secret) => headers.authorization === `ApiKey ${secret}`,
  read({ headers, text }) {
    const { complaints, expect } = complaining();
    expect(headers['content-type'] === 'application/x-ndjson', '_bulk wants x-ndjson');
    expect(text.endsWith('\n'), '_bulk ends with a line break');
    const lines = text.slice(0, -1).split('\n');
    expect(lines.length % 2 === 0, 'each action has its document');
    const found: Found[] = [];
    for (let index = 0; index < lines.length; index += 2) {
      const action = record(parsed(lines[index] ?? ''));
      const document = record(parsed(lines[index + 1] ?? ''));
      expect(Object.keys(action).join() === 'create', 'a data stream takes create only');
      const uid = record(action.create)._id;
      expect(typeof uid === 'string' && Buffer.byteLength(uid) <= 512, `_id ${uid}`);
      const stamp = document['@timestamp'];
      expect(typeof stamp === 'string' && !Number.isNaN(Date.parse(stamp)), `@timestamp ${stamp}`);
      found.push({
        uid: String(uid),
        account: String(record(record(document.cloud).account).id),
        kind: String(record(document.event).dataset).replace('parapet.', ''),
        content: document.payload,
      });
    }
    return { found, complaints };
  },
};

/** Written from the specification, apart from the code that signs. */
function isSigned({ headers, text, now }: Arrived, secret: string): boolean {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const written = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof written !== 'string')
    return false;
  if (!/^\d+$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > 300) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest();
  return written.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

const webhook: Speaker = {
  path: /^\/hook$/,
  isKnown: isSigned,
  read({ headers, text }) {
    const { complaints, expect } = complaining();
    expect(
      headers['content-type'] === 'application/cloudevents-batch+json; charset=UTF-8',
      'a batch of CloudEvents',
    );
    const events = parsed(text);
    expect(Array.isArray(events), 'a JSON array');
    const found = (Array.isArray(events) ? events : []).map((each) => {
      const event = record(each);
      expect(event.specversion === '1.0', 'specversion 1.0');
      for (const name of ['id', 'source', 'type', 'time'])
        expect(typeof event[name] === 'string' && event[name] !== '', `${name} is a text`);
      for (const name of Object.keys(event))
        expect(/^[a-z0-9]+$/.test(name), `attribute ${name} is in lower case`);
      return {
        uid: String(event.id),
        account: String(event.partitionkey),
        kind: String(event.type).replace('parapet.', ''),
        content: event.data,
      };
    });
    return { found, complaints };
  },
};

export const SPEAKERS = { 'splunk-hec': hec, bulk, webhook } as const;
export type ProtocolName = keyof typeof SPEAKERS;
