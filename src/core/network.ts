/** A network in CIDR notation, as numbers. */
export interface Network {
  readonly version: 4 | 6;
  /** The first address. */
  readonly first: bigint;
  readonly prefixLength: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Parses `203.0.113.0/24` or `2001:db8::/32`; undefined where it is neither. Host bits are cut off. */
export function networkFrom(cidr: string): Network | undefined {
  const [, address = '', length = ''] =
    /^([\d.]+|[\da-fA-F:.]*:[\da-fA-F:.]*)\/(\d{1,3})$/.exec(cidr) ?? [];
  const version = address.includes(':') ? 6 : 4;
  const value = version === 6 ? numberOfIpv6(address) : numberOfIpv4(address);
  const prefixLength = Number(length);
  if (value === undefined || prefixLength > BITS[version]) return undefined;
  const host = BigInt(BITS[version] - prefixLength);
  return { version, first: (value >> host) << host, prefixLength };
}

/** Whether a network lies wholly within another; IPv4 and IPv6 never do. */
export function isWithin(inner: Network, outer: Network): boolean {
  if (inner.version !== outer.version || inner.prefixLength < outer.prefixLength) return false;
  const host = BigInt(BITS[outer.version] - outer.prefixLength);
  return inner.first >> host === outer.first >> host;
}

function numberOfIpv4(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** Eight groups of hexadecimal digits; `::` stands once for as many zeros as are missing. */
function numberOfIpv6(address: string): bigint | undefined {
  const halves = withoutDots(address)?.split('::') ?? [];
  if (halves.length < 1 || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** The last four bytes may be written as an IPv4 address. */
function withoutDots(address: string): string | undefined {
  if (!address.includes('.')) return address;
  const start = address.lastIndexOf(':') + 1;
  const value = numberOfIpv4(address.slice(start));
  if (value === undefined) return undefined;
  return `${address.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}
