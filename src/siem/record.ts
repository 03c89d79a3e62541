import { createHash } from 'node:crypto';
import { DECISION_DETAIL_TYPE, DECISION_SOURCE, isObject, type JsonObject, textAt } from '#core';

/** A record as the stream holds it. */
export interface StreamRecord {
  readonly sequence: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** When the stream got it, milliseconds since 1970. */
  readonly arrived: number;
}

/** A record as every protocol tells it. `pointer` stands for one that was too large to send. */
export interface SiemRecord {
  readonly uid: string;
  readonly kind: 'event' | 'decision' | 'other' | 'pointer';
  readonly sequence: string;
  /** The account it is about; of a record that is no event, its partition key. */
  readonly account: string;
  readonly region: string;
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** A JSON object on one line, letter for letter as it arrived. */
  readonly json: string;
}

const digest = (text: string | Buffer): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 40);

/**
 * Reads a stream record. Anything can be read: what is no JSON object is wrapped in one, as `text`
 * or, where it is not even UTF-8, as `base64`.
 *
 * The uid is the same however often and from wherever the record comes: of an event from eventID,
 * account and replay name; of a decision its own id; of all else from its bytes.
 */
export function readRecord(record: StreamRecord): SiemRecord {
  const { sequence, partitionKey, data, arrived } = record;
  const { json, value } = decode(data);
  const account = textAt(value, 'account');
  const isAccount = account !== undefined && /^\d{12}$/.test(account);
  const rest = {
    sequence,
    account: isAccount ? account : partitionKey,
    region: nameAt(value, 'region'),
    source: nameAt(value, 'source'),
    time: timeOf(value) ?? arrived,
    json,
  };
  const decision = decisionOf(value);
  if (decision !== undefined) return { ...rest, ...decision };
  const eventID = textAt(value, 'detail', 'eventID');
  if (!isAccount || !eventID) return { ...rest, kind: 'other', uid: `x-${digest(data)}` };
  const key = [eventID, account, textAt(value, 'replay-name') ?? ''];
  return { ...rest, kind: 'event', uid: `e-${digest(JSON.stringify(key))}` };
}

/** What stands in the SIEM for a record that is kept elsewhere. Its uid is its own. */
export function pointerTo(record: SiemRecord, location: string, code: string): SiemRecord {
  const { uid, kind, json } = record;
  const told = { uid, kind, location, code, bytes: Buffer.byteLength(json) };
  return { ...record, kind: 'pointer', uid: `p-${uid}`, json: JSON.stringify(told) };
}

function decode(data: Buffer): { readonly json: string; readonly value: JsonObject } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return wrapped({ base64: data.toString('base64') });
  }
  try {
    const value: unknown = JSON.parse(text);
    // In JSON a line break can only be white space: one line is what NDJSON needs.
    if (isObject(value)) return { json: text.replace(/[\r\n]+/g, ' ').trim(), value };
  } catch {
    return wrapped({ text });
  }
  return wrapped({ text });
}

const wrapped = (value: JsonObject) => ({ json: JSON.stringify(value), value: {} });

/** What is no name is not told as one; the record itself still shows it. */
function nameAt(value: JsonObject, key: string): string {
  const name = textAt(value, key);
  return name !== undefined && /^[\w.:-]{1,128}$/.test(name) ? name : 'unknown';
}

/** Under a decision's envelope, whose account is the security account, lies the account meant. */
function decisionOf(value: JsonObject): Pick<SiemRecord, 'kind' | 'uid' | 'account'> | undefined {
  if (textAt(value, 'source') !== DECISION_SOURCE) return undefined;
  if (textAt(value, 'detail-type') !== DECISION_DETAIL_TYPE) return undefined;
  const uid = textAt(value, 'detail', 'id');
  const account = textAt(value, 'detail', 'account');
  if (!uid || !/^[\w-]{1,64}$/.test(uid)) return undefined;
  if (!account || !/^\d{12}$/.test(account)) return undefined;
  return { kind: 'decision', uid, account };
}

/** The call's own time where it is told, else the envelope's; a decision has only the latter. */
function timeOf(value: JsonObject): number | undefined {
  const written = textAt(value, 'detail', 'eventTime') ?? textAt(value, 'time');
  const time = written === undefined ? Number.NaN : Date.parse(written);
  return Number.isFinite(time) && time > 0 ? time : undefined;
}
