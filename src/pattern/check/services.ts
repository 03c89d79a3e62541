import { isEventSource, servicePrefix } from '../cloudtrail';
import { type Alternative, allowsAt, conditionAt } from './condition';

/**
 * The services whose events an alternative can match, by the prefix of their event source; none
 * where it does not name them one by one.
 */
export function servicesOf(alternative: Alternative): readonly string[] {
  const named = conditionAt(alternative, 'detail.eventSource');
  if (named !== undefined && named.values !== undefined)
    return named.strings
      .filter(isEventSource)
      .map(servicePrefix)
      .filter((service) => allowsAt(alternative, 'source', `aws.${service}`));
  const sources = conditionAt(alternative, 'source');
  if (sources?.values === undefined) return [];
  return sources.strings
    .filter((one) => one.startsWith('aws.'))
    .map((one) => one.slice('aws.'.length))
    .filter((service) => allowsAt(alternative, 'detail.eventSource', `${service}.amazonaws.com`));
}
