import { at, textAt } from '#core';
import { post, under } from './body';
import { type Protocol, shortened, type Verdict } from './protocol';
import { tokenIn } from './secret-forms';
import { jsonOf, NONSENSE, verdictOfStatus } from './status';

/**
 * Codes of an answer 400 that blame one event: invalid data, event missing, event blank, faulty
 * indexed fields. Others (wrong index, no channel, …) blame the set-up.
 * https://help.splunk.com/en/splunk-enterprise/get-data-in/collect-http-event-data/troubleshoot-http-event-collector
 */
const BLAMES_AN_EVENT = new Set([6, 12, 13, 15]);

const MIB = 1_048_576;

/**
 * Splunk HTTP Event Collector. It stores what it is sent twice twice: `parapet_uid`, an indexed
 * field, tells copies apart.
 */
export function hec(receiver: {
  readonly url: string;
  readonly index?: string | undefined;
  readonly gzip: boolean;
  readonly maxBytes?: number | undefined;
}): Protocol {
  const url = under(receiver.url, '/services/collector/event');
  const index = receiver.index === undefined ? {} : { index: receiver.index };
  return {
    most: { bytes: receiver.maxBytes ?? MIB, records: 5_000 },
    encode({ uid, kind, sequence, account, region, source, time, json }) {
      const head = {
        // Seconds: milliseconds would be the year 57000.
        time: time / 1000,
        ...{ host: account, source, sourcetype: `parapet:${kind}`, ...index },
        fields: {
          parapet_uid: uid,
          parapet_account: account,
          parapet_region: region,
          parapet_sequence: sequence,
        },
      };
      return Buffer.from(`${JSON.stringify(head).slice(0, -1)},"event":${json}}\n`);
    },
    request: (batch, secret) =>
      post(url, Buffer.concat(batch.map(({ bytes }) => bytes)), {
        gzip: receiver.gzip,
        headers: {
          authorization: `Splunk ${tokenIn(secret)}`,
          'content-type': 'application/json',
        },
      }),
    verdict(answer, _batch, now): Verdict {
      const common = verdictOfStatus(answer, now);
      if (common !== undefined) return common;
      const said = jsonOf(answer);
      const code = at(said, 'code');
      if (answer.status < 300) return code === 0 ? { kind: 'accepted' } : NONSENSE;
      if (typeof code !== 'number' || !BLAMES_AN_EVENT.has(code))
        return { kind: 'misconfigured', code: `hec-${String(code ?? 'unknown').slice(0, 8)}` };
      const number = at(said, 'invalid-event-number');
      const reason = shortened(textAt(said, 'text') ?? '');
      return {
        ...{ kind: 'refused', code: `hec-${code}`, reason },
        ...(typeof number === 'number' ? { at: number } : {}),
      };
    },
  };
}
