import { isObject, type Json } from './json';

/**
 * Condition keys that tie a statement to somebody, when their value is fixed.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * ("The meaning of public").
 */
const TYING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/** Operators that demand a value; negations and `IfExists` leave the door open. */
const DEMANDING: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
]);

/** Whether a condition ties an Allow for everyone to named accounts, networks or resources. */
export function restricts(condition: Json | undefined): boolean {
  if (!isObject(condition)) return false;
  return Object.entries(condition).some(([operator, keys]) => {
    const plain = operator.toLowerCase().replace(/^foranyvalue:/, '');
    if (!DEMANDING.has(plain) || !isObject(keys)) return false;
    return Object.entries(keys).some(
      ([key, wanted]) =>
        TYING_KEYS.has(key.toLowerCase()) && valuesOf(wanted).every(isFixed(key, plain)),
    );
  });
}

const valuesOf = (wanted: Json): readonly Json[] => (Array.isArray(wanted) ? wanted : [wanted]);

const isFixed = (key: string, operator: string) => (value: Json) => {
  if (typeof value !== 'string') return false;
  switch (key.toLowerCase()) {
    case 'aws:sourceip':
      return isNarrow(value);
    case 'aws:sourcearn':
    case 'aws:principalarn':
    case 's3:dataaccesspointarn':
      return isOfOneAccount(value, operator) || !/[*?$]/.test(value);
    case 'aws:userid':
      return !/[*?$]/.test(value.split(':')[0] ?? '');
    case 'aws:principalorgpaths':
    case 'aws:sourceorgpaths':
      return !/[*?$]/.test(value.split('/')[0] ?? '');
    default:
      return !/[*?$]/.test(value);
  }
};

/**
 * Whether an ARN names its account, whatever wildcards follow. Only `Arn…` operators match part by
 * part; for `String…` a wildcard before the account swallows colons, and any account fits.
 */
function isOfOneAccount(arn: string, operator: string): boolean {
  const parts = arn.split(':');
  const isOne = /^\d{12}$/.test(parts[4] ?? '') && !arn.includes('$');
  return isOne && (operator.startsWith('arn') || !/[*?]/.test(parts.slice(0, 4).join(':')));
}

/** A network no broader than /8 (IPv4) or /32 (IPv6) is not "the internet". */
function isNarrow(network: string): boolean {
  const [, address = '', bits] = /^([\da-f:.]+)(?:\/(\d+))?$/i.exec(network) ?? [];
  if (address === '') return false;
  const isIpv6 = address.includes(':');
  const prefix = bits === undefined ? (isIpv6 ? 128 : 32) : Number(bits);
  return prefix >= (isIpv6 ? 32 : 8);
}
