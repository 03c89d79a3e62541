import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';

/** Gives names in place of names: the same for the same, by a key that the reader does not have. */
export interface Pseudonyms {
  account(id: string): string;
  organization(id: string): string;
  caller(name: string): string;
  /** Keeps what kind of resource it is. */
  resource(arn: string): string;
  /** A sentence without ARNs, account and organization ids, addresses and access keys. */
  text(text: string): string;
}

/** Account ids could be guessed one by one from a plain hash: only who has the key can. */
export function pseudonymsBy(key: string): Pseudonyms {
  const named = (kind: string, value: string): string =>
    value === '' ? '' : `${kind}-${hmac(key, `${kind} ${value}`)}`;
  const account = (id: string) => named('account', id);
  const organization = (id: string) => named('organization', id);
  const caller = (name: string) => named('caller', name);
  const resource = (arn: string): string => {
    const parts = PARTS.exec(arn)?.groups;
    if (!parts) return named('resource', arn);
    const { partition, service, region, owner = '', type = '' } = parts;
    const id = /^\d{12}$/.test(owner) ? account(owner) : owner;
    return `arn:${partition}:${service}:${region}:${id}:${type}${named('resource', arn)}`;
  };
  const text = (sentence: string): string =>
    sentence
      .replace(/\barn:aws[\w-]*:[^\s"'<>,;)\]}]+/g, resource)
      .replace(/\b(?:A[KS]IA|AROA|AIDA)[A-Z0-9]{12,}/g, (id) => named('key', id))
      .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, caller)
      .replace(/\bo-[a-z0-9]{10,32}\b/g, organization)
      .replace(ACCOUNT_ID, account)
      .replace(/[\da-fA-F:.]{2,}(?:\/\d{1,3})?/g, (part) => address(part, named));
  return { account, organization, caller, resource, text };
}

/** Twelve digits, but not the end of a UUID, such as an event's id. */
const ACCOUNT_ID = /(?<!\w|[\da-f]{8}(?:-[\da-f]{4}){3}-)\d{12}(?!\w)/g;

const PARTS =
  /^arn:(?<partition>[^:]*):(?<service>[^:]*):(?<region>[^:]*):(?<owner>[^:]*):(?<type>[a-z][a-z-]*[/:])?/;

const hmac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex').slice(0, 12);

/** "Open to everyone" is what a finding says, and nobody's address. */
const EVERYONE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

function address(part: string, named: (kind: string, value: string) => string): string {
  const [ip = '', dots = ''] = /^(.*?)([.:]?)$/.exec(part.split('/')[0] ?? '')?.slice(1) ?? [];
  if (EVERYONE.has(part) || !/[\da-f]/i.test(ip) || isIP(ip) === 0) return part;
  return `${named('address', ip)}${dots}${part.slice(ip.length + dots.length)}`;
}

/** Tells keys apart without telling them. */
export const fingerprintOf = (key: string): string => hmac(key, 'fingerprint').slice(0, 8);
