import { nearest } from '#core/nearest';
import { envelopeSource, isEventSource, servicePrefix } from '../cloudtrail';
import { isAboutTrail, ofTrail } from './cloudtrail-only';
import { type Alternative, allowsAt, conditionAt } from './condition';
import { type Check, either } from './fault';
import { knownServices } from './names';

const INSIGHT = 'AWS Insight via CloudTrail';

/** The envelope's `source` is `aws.<service>`, never the event source nor the service alone. */
export const source: Check = (alternative) => {
  const { values, strings = [] } = conditionAt(alternative, 'source') ?? {};
  if (values === undefined || strings.length === 0) return undefined;
  const isWrong = isAboutTrail(alternative)
    ? strings.every((one) => !one.startsWith('aws.') || isEventSource(one))
    : strings.every(isEventSource);
  if (!isWrong) return undefined;
  const right = strings.map((one) => `aws.${servicePrefix(one).toLowerCase()}`);
  return {
    at: 'source',
    reason: `"source" begins with "aws.", it is never ${either(strings)}`,
    mend: `write ${either(right)}`,
  };
};

/** `eventSource` is a domain name of AWS. */
export const eventSource: Check = ofTrail((alternative) => {
  const at = 'detail.eventSource';
  const { values, strings = [] } = conditionAt(alternative, at) ?? {};
  if (values === undefined || strings.length === 0 || strings.some(isRight)) return undefined;
  return {
    at,
    reason: `"eventSource" ends with ".amazonaws.com" and is in lower case, it is never ${either(strings)}`,
    mend: `write ${either(strings.map(rightSource))}`,
  };
});

const isRight = (text: string): boolean => isEventSource(text) && text === text.toLowerCase();

/** The event source that is meant: `aws.s3`, `S3` and `s3.aws.com` are `s3.amazonaws.com`. */
function rightSource(text: string): string {
  const [service = ''] = text
    .toLowerCase()
    .replace(/^aws\./, '')
    .split('.');
  return `${nearest(service, knownServices()) ?? service}.amazonaws.com`;
}

/** The envelope's source belongs to the service that the detail names. */
export const sourceOfService: Check = ofTrail((alternative) => {
  const { values, strings = [] } = conditionAt(alternative, 'detail.eventSource') ?? {};
  const services = strings.filter(isEventSource);
  if (values === undefined || services.length === 0 || isInsight(alternative)) return undefined;
  const sources = services.map(envelopeSource);
  if (sources.some((one) => allowsAt(alternative, 'source', one))) return undefined;
  return {
    at: 'source',
    reason: `the events of ${services.join(', ')} have the source ${either(sources)}`,
    mend: `write "source": ${JSON.stringify([...new Set(sources)])}`,
  };
});

/** An Insight's source is CloudTrail, whatever service it tells about. */
const isInsight = (alternative: Alternative): boolean =>
  conditionAt(alternative, 'detail-type')?.strings.includes(INSIGHT) ?? false;
