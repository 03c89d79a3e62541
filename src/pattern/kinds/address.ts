import { PatternError } from '../errors';

/** Addresses as upper-case hexadecimal digits, 8 for IPv4 and 32 for IPv6, both ends included. */
export interface AddressRange {
  readonly bottom: string;
  readonly top: string;
}

const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const LONGEST_IPV4 = 15;
const LONGEST_IPV6 = 256;

/** The digits of a text that is an IP address, as Java reads it: octets are decimal. */
export function addressDigits(text: string): string | undefined {
  if (text.length <= LONGEST_IPV4 && IPV4.test(text)) return ipv4Digits(text);
  if (text.length <= LONGEST_IPV6 && IPV6.test(text)) return ipv6Digits(text);
  return undefined;
}

function ipv4Digits(text: string): string | undefined {
  const octets = text.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets
    .map((octet) => octet.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

function ipv6Digits(text: string): string | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [left = [], right = []] = groups;
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (all.some((group) => group === '' || Number.parseInt(group, 16) > 0xffff)) return undefined;
  const digits = all
    .map((group) => Number.parseInt(group, 16).toString(16).padStart(4, '0'))
    .join('')
    .toUpperCase();
  // Java turns an IPv4 address mapped into IPv6 back into IPv4.
  return digits.startsWith('00000000000000000000FFFF') ? digits.slice(24) : digits;
}

/**
 * The range of a CIDR block.
 * @throws PatternError without a place, as EventBridge's has none
 */
export function cidrRange(cidr: string): AddressRange {
  const parts = cidr.split('/');
  // Java's split forgets empty parts at the end.
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  const [address = '', mask = ''] = parts;
  if (parts.length !== 2) throw new PatternError("Malformed CIDR, one '/' required");
  if (!/^[+-]?[0-9]+$/.test(mask) || Math.abs(Number(mask)) > 0x7fffffff)
    throw new PatternError('Malformed CIDR, mask bits must be an integer');
  const bits = Number(mask);
  if (bits < 0) throw new PatternError('Malformed CIDR, mask bits must not be negative');
  if (!IPV4.test(address) && !IPV6.test(address))
    throw new PatternError(`Nonstandard IP address: ${address}`);
  const digits = addressDigits(address);
  if (digits === undefined) throw new PatternError(`Invalid IP address: ${address}`);
  const width = digits.length * 4;
  if (bits >= width)
    throw new PatternError(`IPv${width === 32 ? 4 : 6} mask bits must be < ${width}`);
  const size = 1n << BigInt(width - bits);
  const bottom = (BigInt(`0x${digits}`) / size) * size;
  const hexadecimal = (value: bigint) =>
    value.toString(16).toUpperCase().padStart(digits.length, '0');
  return { bottom: hexadecimal(bottom), top: hexadecimal(bottom + size - 1n) };
}

/**
 * Whether digits lie in a range, compared digit by digit: IPv4 and IPv6 share one space and the
 * digits need not be as many as the range's, so `10.0.0.0/24` holds `0a00:0000::1`.
 */
export const isInRange = (digits: string, { bottom, top }: AddressRange): boolean =>
  compare(digits, bottom) >= 0 && compare(digits, top) <= 0;

/** Below (-1), above (1) or beginning with the bound (0); NaN where it can't be told. */
function compare(digits: string, bound: string): number {
  for (let i = 0; i < bound.length; i += 1) {
    const digit = digits[i];
    if (digit === bound[i]) continue;
    if (digit === undefined || !/[0-9A-F]/.test(digit)) return Number.NaN;
    return digit < (bound[i] ?? '') ? -1 : 1;
  }
  return 0;
}
