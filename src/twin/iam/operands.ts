import { BlockList, isIP } from 'node:net';
import type { Test } from './policy';

/** A decimal number, or undefined. */
export const numberOf = (text: string): number | undefined =>
  /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;

const DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;

/**
 * Milliseconds since 1970 of a W3C date (year, month, day, or time with its zone) or of seconds
 * since 1970, which need five digits to be told from a year.
 * https://www.w3.org/TR/NOTE-datetime
 */
export function dateOf(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  if (!DATE.test(text)) return undefined;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}

/** The test for an IPv4 or IPv6 address, or a range of them in CIDR notation. */
export function addressTest(value: string): Test | string {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  const length = prefix === undefined ? longest : Number(prefix);
  const isPrefix = prefix === undefined || /^\d{1,3}$/.test(prefix);
  if (version === 0 || rest.length > 0 || !isPrefix || length > longest)
    return `"${value}" is no IP address nor a range in CIDR notation`;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, length, family);
  return (given) => {
    const kind = isIP(given);
    return kind === 0 ? undefined : kind === version && range.check(given, family);
  };
}
