import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Json, type JsonObject, textAt } from '#core';
import { shared } from './shared';

const SHARED = shared('cloudtrail');

/** Whether the corpus of recorded events lies beside the repository. */
export const hasCorpus = existsSync(SHARED);

if (!hasCorpus) console.warn(`${SHARED} is missing: tests over recorded events are left out`);

export interface RecordedEvent {
  /** `events/panther-analysis.ndjson:302`. */
  readonly from: string;
  /** The CloudTrail record, or whatever else the corpus has. */
  readonly record: JsonObject;
  /** What the corpus says of it. */
  readonly label: JsonObject;
}

/** The events of a folder of the corpus, `events` or `curated`, with their labels. */
export function recordedEvents(folder: 'events' | 'curated', only = ''): readonly RecordedEvent[] {
  if (!hasCorpus) return [];
  const files = readdirSync(path.join(SHARED, folder)).filter(
    (name) => !name.endsWith('.labels.ndjson') && name.startsWith(only),
  );
  return files.sort().flatMap((name) => {
    const labels =
      folder === 'events'
        ? linesOf(path.join(SHARED, 'labels', name))
        : linesOf(path.join(SHARED, folder, name.replace('.ndjson', '.labels.ndjson')));
    return linesOf(path.join(SHARED, folder, name)).map((record, i) => ({
      from: `${folder}/${name}:${i + 1}`,
      record,
      label: labels[i] ?? {},
    }));
  });
}

const linesOf = (file: string): readonly JsonObject[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** A record in the envelope in which EventBridge would bring it, with nothing in it changed. */
export function wrapped(record: JsonObject): JsonObject {
  const account =
    textAt(record, 'recipientAccountId') ?? textAt(record, 'userIdentity', 'accountId');
  return around(record, account ?? '', textAt(record, 'awsRegion') ?? '');
}

/**
 * The same in account 444444444444, with what its authors blanked filled in: ids, and `...` where a
 * bucket was named.
 */
export function mended(record: JsonObject): JsonObject {
  const own = textAt(record, 'recipientAccountId') ?? '';
  const text = JSON.stringify(record).replaceAll('"bucketName":"..."', '"bucketName":"orders"');
  const changed: JsonObject = JSON.parse(
    /^\d{12}$/.test(own) ? text.replaceAll(own, '444444444444') : text,
  );
  const region = textAt(record, 'awsRegion') ?? '';
  const place = /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : 'us-east-1';
  const filled = { eventID: 'missing', ...changed, recipientAccountId: '444444444444' };
  return around(filled, '444444444444', place);
}

const around = (detail: JsonObject, account: string, region: string): JsonObject => ({
  version: '0',
  id: '6f1c9a52-0000-4000-8000-000000000001',
  'detail-type': 'AWS API Call via CloudTrail',
  source: `aws.${(textAt(detail, 'eventSource') ?? '').split('.')[0]}`,
  account,
  time: '2026-11-21T10:00:00Z',
  region,
  resources: [],
  detail: detail as Json,
});
