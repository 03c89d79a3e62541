import { createHash, createHmac } from 'node:crypto';
import { post } from './body';
import { type Encoded, type Protocol, shortened, type Verdict } from './protocol';
import { signingKeysIn } from './secret-forms';
import { NONSENSE, verdictOfStatus } from './status';

const MIB = 1_048_576;

/**
 * A batch of CloudEvents 1.0, signed as Standard Webhooks 1.0.0 says: HMAC-SHA256 over id, time and
 * the JSON text before compression, so that any of its libraries can verify it.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhook(receiver: {
  readonly url: string;
  readonly gzip: boolean;
  readonly maxBytes?: number | undefined;
}): Protocol {
  const url = new URL(receiver.url);
  return {
    most: { bytes: receiver.maxBytes ?? MIB, records: 1_000 },
    encode({ uid, kind, sequence, account, region, source, time, json }) {
      const head = {
        specversion: '1.0',
        ...{
          id: uid,
          type: `parapet.${kind}`,
          source: `urn:parapet:${encodeURIComponent(source)}`,
        },
        time: new Date(time).toISOString(),
        ...{ partitionkey: account, region, sequence },
        datacontenttype: 'application/json',
      };
      return Buffer.from(`${JSON.stringify(head).slice(0, -1)},"data":${json}},\n`);
    },
    request(batch, secret, now) {
      const text = bodyOf(batch);
      const id = `m-${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
      const timestamp = String(Math.floor(now / 1000));
      const signatures = signingKeysIn(secret).map((key) => sign(key, id, timestamp, text));
      return post(url, text, {
        gzip: receiver.gzip,
        headers: {
          'content-type': 'application/cloudevents-batch+json; charset=UTF-8',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatures.join(' '),
        },
      });
    },
    verdict(answer, _batch, now): Verdict {
      const common = verdictOfStatus(answer, now);
      if (common !== undefined) return common;
      if (answer.status >= 300)
        return { kind: 'refused', code: `http-${answer.status}`, reason: shortened(answer.body) };
      // A page for people, such as a sign-in form, acknowledges nothing whatever its status.
      return /\bhtml\b/i.test(answer.contentType) ? NONSENSE : { kind: 'accepted' };
    },
  };
}

/** Each record ends with a comma and a line break; the last one's go. */
function bodyOf(batch: readonly Encoded[]): Buffer {
  const joined = Buffer.concat(batch.map(({ bytes }) => bytes));
  return Buffer.concat([Buffer.from('['), joined.subarray(0, -2), Buffer.from(']')]);
}

function sign(key: Buffer, id: string, timestamp: string, text: Buffer): string {
  const signed = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(text);
  return `v1,${signed.digest('base64')}`;
}
