import { at, textAt } from '#core';
import { post, under } from './body';
import { type Encoded, type ItemVerdict, type Protocol, shortened, type Verdict } from './protocol';
import { authorizationIn } from './secret-forms';
import { jsonOf, NONSENSE, verdictOfStatus } from './status';

const FIVE_MIB = 5_242_880;

/** Only what the verdict needs: answers name every record, and their size is bounded. */
const ANSWER = 'errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason';

/**
 * Elastic and OpenSearch. Data streams take `create` only; a record that is there already answers
 * 409, which is success. An answer 200 may refuse each record.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk
 */
export function bulk(receiver: {
  readonly url: string;
  readonly index: string;
  readonly gzip: boolean;
  readonly maxBytes?: number | undefined;
}): Protocol {
  const url = under(receiver.url, `/${receiver.index}/_bulk`, { filter_path: ANSWER });
  return {
    most: { bytes: receiver.maxBytes ?? FIVE_MIB, records: 1_000 },
    encode({ uid, kind, sequence, account, region, source, time, json }) {
      const head = {
        '@timestamp': new Date(time).toISOString(),
        event: { id: uid, module: 'parapet', dataset: `parapet.${kind}`, provider: source },
        cloud: { provider: 'aws', region, account: { id: account } },
        parapet: { uid, sequence },
      };
      const document = `${JSON.stringify(head).slice(0, -1)},"payload":${json}}`;
      return Buffer.from(`${JSON.stringify({ create: { _id: uid } })}\n${document}\n`);
    },
    request: (batch, secret) =>
      post(url, Buffer.concat(batch.map(({ bytes }) => bytes)), {
        gzip: receiver.gzip,
        headers: {
          authorization: authorizationIn(secret),
          'content-type': 'application/x-ndjson',
        },
      }),
    verdict(answer, batch, now): Verdict {
      const common = verdictOfStatus(answer, now);
      if (common !== undefined) return common;
      const said = jsonOf(answer);
      if (answer.status >= 300) return wholeRefused(said);
      const items = at(said, 'items');
      if (!Array.isArray(items) || items.length !== batch.length) return NONSENSE;
      const verdicts = batch.map((one, index) => itemVerdict(items[index], one));
      const isWhole = verdicts.every((one) => one !== undefined);
      return isWhole
        ? { kind: 'items', items: verdicts.filter((one) => one !== undefined) }
        : NONSENSE;
    },
  };
}

/** A 400 that does not speak as the cluster does comes from something before it. */
function wholeRefused(said: unknown): Verdict {
  const type = textAt(said, 'error', 'type');
  if (type === undefined) return { kind: 'misconfigured', code: 'http-400' };
  return {
    kind: 'refused',
    code: shortened(type),
    reason: shortened(textAt(said, 'error', 'reason') ?? ''),
  };
}

/** Undefined where the answer is not about this record. */
function itemVerdict(item: unknown, { record }: Encoded): ItemVerdict | undefined {
  const status = at(item, 'create', 'status');
  if (typeof status !== 'number' || textAt(item, 'create', '_id') !== record.uid) return undefined;
  if ((status >= 200 && status < 300) || status === 409) return { kind: 'accepted' };
  const code = `item-${status}`;
  if (status === 429 || status >= 500) return { kind: 'again', code };
  if (status === 401 || status === 403 || status === 404) return { kind: 'blocked', code };
  const type = textAt(item, 'create', 'error', 'type') ?? 'unknown';
  const reason = textAt(item, 'create', 'error', 'reason') ?? '';
  return { kind: 'refused', code, reason: shortened(`${type}: ${reason}`) };
}
