import type * as EC2 from '@aws-sdk/client-ec2';
import { isWithin, networkFrom } from '#core';

/** What may not be open, and to whom. */
export interface Limits {
  readonly ports: readonly number[];
  readonly networkIpv4: number;
  readonly networkIpv6: number;
  readonly trusted: readonly string[];
}

/** What an ingress rule opens to everyone, as a clause; undefined where nothing that is limited. */
export function exposureOf(rule: EC2.SecurityGroupRule, limits: Limits): string | undefined {
  const source = rule.CidrIpv4 ?? rule.CidrIpv6;
  if (source === undefined || !isEveryone(source, limits)) return undefined;
  const opened = openedBy(rule, limits.ports);
  return opened === undefined ? undefined : `${opened} open to ${source}`;
}

function isEveryone(source: string, { networkIpv4, networkIpv6, trusted }: Limits): boolean {
  const network = networkFrom(source);
  // What AWS would never write is not shown to be harmless.
  if (network === undefined) return true;
  const widest = network.version === 4 ? networkIpv4 : networkIpv6;
  if (network.prefixLength > widest) return false;
  return !trusted.some((one) => {
    const outer = networkFrom(one);
    return outer !== undefined && isWithin(network, outer);
  });
}

/** EC2 names TCP and UDP, and knows them by number too; other protocols have no ports. */
const WITH_PORTS: Readonly<Record<string, string>> = {
  tcp: 'TCP',
  udp: 'UDP',
  6: 'TCP',
  17: 'UDP',
};

function openedBy(rule: EC2.SecurityGroupRule, ports: readonly number[]): string | undefined {
  const { IpProtocol = '-1', FromPort = -1, ToPort = -1 } = rule;
  if (IpProtocol === '-1') return 'all protocols are';
  const protocol = WITH_PORTS[IpProtocol];
  if (protocol === undefined) return undefined;
  const [from, to] = FromPort === -1 ? [0, 65535] : [FromPort, ToPort];
  if (!ports.some((port) => from <= port && port <= to)) return undefined;
  return from === to ? `${protocol} port ${from} is` : `${protocol} ports ${from} to ${to} are`;
}
