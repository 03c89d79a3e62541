import { nearest } from '#core/nearest';
import { isAboutTrail } from './cloudtrail-only';
import { type Alternative, conditionAt } from './condition';
import { NAMES_OF } from './event-names';
import type { Check, Fault } from './fault';
import { namesOf, RECORDED_AS, servicesWith, withoutVersion } from './names';
import { servicesOf } from './services';

const AT = 'detail.eventName';
const SERVICE_EVENT = 'AWS Service Event via CloudTrail';

/**
 * Why no event of the services that an alternative names has a name. Silent where one of them is
 * not known whole, and about events that services send of themselves: nobody lists those.
 */
export function unknownName(alternative: Alternative, name: string): Fault | undefined {
  const services = servicesOf(alternative);
  if (!isAboutTrail(alternative) || services.length === 0 || isOfService(alternative))
    return undefined;
  const faults = services.map((service) => unknownIn(service, name));
  return faults.every(Boolean) ? faults[0] : undefined;
}

function unknownIn(service: string, name: string): Fault | undefined {
  const known = namesOf(service);
  if (known === undefined) return undefined;
  const recorded = RECORDED_AS[service];
  if (recorded !== undefined && Object.hasOwn(recorded, name))
    return fault(
      `CloudTrail names the call ${name} of ${service} otherwise`,
      `write "${recorded[name]}"`,
    );
  if (known.has(withoutVersion(name))) return undefined;
  const reason = `${service}.amazonaws.com has no event "${name}" (as of ${NAMES_OF})`;
  const others = servicesWith(name);
  if (others.length > 0)
    return fault(reason, `it is one of ${others.map((one) => `${one}.amazonaws.com`).join(', ')}`);
  const near = nearest(name, known);
  return fault(
    reason,
    near === undefined
      ? 'look at a recorded event for the right name'
      : `write "${RECORDED_AS[service]?.[near] ?? near}"`,
  );
}

const fault = (reason: string, mend: string): Fault => ({ at: AT, reason, mend });

const isOfService = (alternative: Alternative): boolean => {
  const types = conditionAt(alternative, 'detail-type');
  const only = (text: string) => types?.values?.length === 1 && types.strings.includes(text);
  return (
    only(SERVICE_EVENT) ||
    (conditionAt(alternative, 'detail.eventType')?.strings.includes('AwsServiceEvent') ?? false)
  );
};

/** A prefix, suffix or wildcard that no known name fits. */
export const openName: Check = (alternative) => {
  const condition = conditionAt(alternative, AT);
  const services = servicesOf(alternative);
  if (!condition?.isOpen || condition.acceptsAbsent || services.length === 0) return undefined;
  if (!isAboutTrail(alternative) || isOfService(alternative)) return undefined;
  for (const service of services) {
    const known = namesOf(service);
    if (known === undefined || RECORDED_AS[service] !== undefined || service === 'cloudfront')
      return undefined;
    for (const name of [...known, ...condition.strings])
      if (condition.allows(name)) return undefined;
  }
  return fault(
    `no event name of ${services.map((one) => `${one}.amazonaws.com`).join(', ')} fits (as of ${NAMES_OF})`,
    'look at a recorded event for the right name',
  );
};
