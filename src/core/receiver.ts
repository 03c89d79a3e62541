import { z } from 'zod';

/** A setting's text; zod's message says only what would be right. */
export const text = (pattern: RegExp, right: string) =>
  z.string({ error: right }).regex(pattern, right);

const address =
  'write https://<host>[:port][/path] without user or password; http only for this machine';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Credentials never travel in the clear, nor stand in a URL that is logged. */
function isSafeAddress(written: string): boolean {
  if (!URL.canParse(written)) return false;
  const { protocol, hostname, username, password, hash } = new URL(written);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** The address of somebody outside who receives what Parapet sends. */
export const receiverUrl = z.string({ error: address }).refine(isSafeAddress, address);

/** The secret that Parapet and the receiver share. */
export const secretId = text(
  /^[\w/+=.@:-]{1,2048}$/,
  'write the name or ARN of a secret in Secrets Manager',
);
