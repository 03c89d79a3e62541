import { createHash } from 'node:crypto';
import { servicePrefix } from '../cloudtrail';
import type { Call } from './calls';

/**
 * Which services share a rule. A service stands in one bin for good, whatever else is installed:
 * so a change of one guardrail touches one rule. Services that one guardrail watches together
 * share a bin, and the bins are about as full as each other.
 */
const BINS: Readonly<Record<string, readonly string[]>> = {
  compute: ['autoscaling', 'batch', 'ec2', 'ecs', 'lambda', 'lightsail'],
  detection: [
    ...['access-analyzer', 'cloudtrail', 'config', 'detective', 'events', 'guardduty'],
    ...['inspector2', 'logs', 'macie2', 'monitoring', 'securityhub'],
  ],
  identity: [
    ...['cognito-identity', 'cognito-idp', 'iam', 'identitystore', 'kms', 'rolesanywhere'],
    ...['secretsmanager', 'signin', 'sso', 'sso-directory', 'sts'],
  ],
  perimeter: [
    ...['account', 'cloudfront', 'elasticloadbalancing', 'network-firewall', 'organizations'],
    ...['route53', 'route53domains', 'route53resolver', 'shield', 'waf', 'waf-regional'],
    'wafv2',
  ],
  storage: ['backup', 'dms', 'dynamodb', 'elasticfilesystem', 'rds', 'redshift', 's3'],
};

/** For services that no other bin names. */
const REST = 'services';

const BIN_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(BINS).flatMap(([bin, services]) => services.map((service) => [service, bin])),
);

/** The bin of a service's calls. */
const binOf = ({ source }: Call): string => BIN_OF.get(servicePrefix(source)) ?? REST;

/** Bits of a service's hash that tell apart before those of its single calls do. */
const SERVICE_BITS = 4;

/**
 * Sorts calls into bins. A bin that is too full is halved by a hash, as often as needed: what is
 * in a bin follows from the calls alone, and only the bin that is full changes when it is halved.
 * @throws RangeError where a single call does not fit
 */
export function binned(
  calls: readonly Call[],
  fits: (calls: readonly Call[]) => boolean,
): ReadonlyMap<string, readonly Call[]> {
  const bins = new Map<string, Call[]>();
  for (const call of calls) bins.set(binOf(call), [...(bins.get(binOf(call)) ?? []), call]);
  const halved = (
    bin: string,
    inBin: readonly Call[],
    depth: number,
  ): [string, readonly Call[]][] => {
    if (fits(inBin)) return [[bin, inBin]];
    const [first] = inBin;
    if (inBin.length < 2)
      throw new RangeError(`the event name ${first?.name} does not fit into a pattern`);
    const mark = depth === 0 ? '-' : '';
    return ['0', '1'].flatMap((bit) => {
      const half = inBin.filter((call) => bitsOf(call)[depth] === bit);
      return half.length === 0 ? [] : halved(`${bin}${mark}${bit}`, half, depth + 1);
    });
  };
  return new Map([...bins].sort(byName).flatMap(([bin, inBin]) => halved(bin, inBin, 0)));
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

const bitsOf = ({ source, name }: Call): string =>
  hashBits(source).slice(0, SERVICE_BITS) + hashBits(`${source} ${name}`);

const hashBits = (text: string): string =>
  [...createHash('sha256').update(text).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
