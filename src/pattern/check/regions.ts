import { ofTrail } from './cloudtrail-only';
import { conditionAt } from './condition';
import { type Check, either } from './fault';
import { servicesOf } from './services';

/** Services whose events appear in one Region only, as recorded events and AWS's pages say. */
const GLOBAL: ReadonlySet<string> = new Set([
  ...['account', 'ce', 'cloudfront', 'ecr-public', 'health', 'iam', 'organizations', 'route53'],
  ...['route53domains', 'waf'],
]);

const GLOBAL_REGION = 'us-east-1';

/** China and GovCloud have a home of their own for global services. */
const isElsewhere = (region: string): boolean =>
  region !== GLOBAL_REGION && !/^(cn|us-gov|us-iso|eusc)/.test(region);

/** A global service's events never appear in this Region. */
export const globalServices: Check = ofTrail((alternative, rule) => {
  const services = servicesOf(alternative);
  if (services.length === 0 || !services.every((service) => GLOBAL.has(service))) return undefined;
  const told = `the events of ${services.join(', ')} appear in ${GLOBAL_REGION} only`;
  for (const at of ['region', 'detail.awsRegion']) {
    const { values, strings = [] } = conditionAt(alternative, at) ?? {};
    if (values !== undefined && strings.length > 0 && strings.every(isElsewhere))
      return {
        at,
        reason: `${told}, never in ${either(strings)}`,
        mend: `write "${GLOBAL_REGION}"`,
      };
  }
  if (rule.region === undefined || !isElsewhere(rule.region)) return undefined;
  return {
    at: 'detail.eventSource',
    reason: `${told}, never on a bus in ${rule.region}`,
    mend: `put the rule into ${GLOBAL_REGION}`,
  };
});

const SAME = [
  ['region', 'detail.awsRegion'],
  ['account', 'detail.recipientAccountId'],
] as const;

/** Envelope and record tell the same Region and the same account. */
export const sameInBoth: Check = ofTrail((alternative) => {
  for (const [outer, inner] of SAME) {
    const [one, other] = [conditionAt(alternative, outer), conditionAt(alternative, inner)];
    if (one?.values === undefined || other?.values === undefined) continue;
    if (one.strings.length === 0 || one.strings.some((text) => other.allows(text))) continue;
    return {
      at: inner,
      reason: `"${inner}" is what "${outer}" is, and ${either(one.strings)} is none of ${either(other.strings)}`,
      mend: 'leave one of the two out',
    };
  }
  return undefined;
});
