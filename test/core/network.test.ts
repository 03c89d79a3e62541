import { BlockList } from 'node:net';
import * as fc from 'fast-check';
import { isWithin, networkFrom } from '#core';

test.each([
  ['0.0.0.0/0', { version: 4, first: 0n, prefixLength: 0 }],
  ['203.0.113.7/24', { version: 4, first: 0xcb007100n, prefixLength: 24 }],
  // A publisher of recorded events put another address for 0.0.0.0: the length alone counts.
  ['208.236.235.254/0', { version: 4, first: 0n, prefixLength: 0 }],
  ['::/0', { version: 6, first: 0n, prefixLength: 0 }],
  ['2001:db8::1/32', { version: 6, first: 0x20010db8n << 96n, prefixLength: 32 }],
  ['::ffff:1.2.3.4/128', { version: 6, first: 0xffff01020304n, prefixLength: 128 }],
])('%s is read as a network', (cidr, network) => {
  expect(networkFrom(cidr)).toEqual(network);
});

test.each([
  '0.0.0.0',
  '0.0.0.0/33',
  '1.2.3/8',
  '256.0.0.0/8',
  '::/129',
  '1::2::3/64',
  '1:2:3:4:5:6:7/64',
  '1:2:3:4:5:6:7:8:9/64',
  '1:2:3:4:5:6:7:8::/64',
  'fffff::/16',
  ':/0',
  'pl-02cd2c6b',
  '',
])('%p is no network', (cidr) => {
  expect(networkFrom(cidr)).toBeUndefined();
});

test('IPv4 lies in no network of IPv6', () => {
  const [four, six] = [networkFrom('0.0.0.0/0'), networkFrom('::/0')];

  expect(four && six && isWithin(four, six)).toBe(false);
});

const lengths = { ipv4: 32, ipv6: 128 } as const;

describe.each(['ipv4', 'ipv6'] as const)('%s', (version) => {
  const address = version === 'ipv4' ? fc.ipV4() : fc.ipV6();
  const length = fc.nat(lengths[version]);

  test('an address lies within a network where Node.js says so', () => {
    fc.assert(
      fc.property(address, address, length, (one, other, prefixLength) => {
        const list = new BlockList();
        list.addSubnet(other, prefixLength, version);
        const inner = networkFrom(`${one}/${lengths[version]}`);
        const outer = networkFrom(`${other}/${prefixLength}`);

        if (!inner || !outer) throw new Error('fast-check made no address');
        expect(isWithin(inner, outer)).toBe(list.check(one, version));
      }),
      { numRuns: 500 },
    );
  });
});
