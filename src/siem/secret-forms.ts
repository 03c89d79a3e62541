import { at, isObject, textAt } from '#core';
import { SecretUnusable } from './errors';

/** What may stand in a header line. */
const PRINTABLE = /^[\x21-\x7e]{1,4096}$/;

const asJson = (secret: string): unknown => {
  try {
    return JSON.parse(secret);
  } catch {
    return undefined;
  }
};

/**
 * A token: the whole secret, or its field `token`.
 * @throws SecretUnusable where it is empty or cannot stand in a header.
 */
export function tokenIn(secret: string): string {
  const parsed = asJson(secret);
  const token = isObject(parsed) ? textAt(parsed, 'token') : secret.trim();
  if (token === undefined || !PRINTABLE.test(token))
    throw new SecretUnusable('write the HEC token as the secret, or as {"token": "…"}');
  return token;
}

/**
 * The Authorization header for Elastic or OpenSearch: `apiKey`, or `username` and `password`.
 * @throws SecretUnusable where it is neither.
 */
export function authorizationIn(secret: string): string {
  const parsed = asJson(secret);
  const apiKey = textAt(parsed, 'apiKey');
  if (apiKey !== undefined && PRINTABLE.test(apiKey)) return `ApiKey ${apiKey}`;
  const username = textAt(parsed, 'username');
  const password = textAt(parsed, 'password');
  if (!username || !password || username.includes(':'))
    throw new SecretUnusable('write {"apiKey": "…"} or {"username": "…", "password": "…"}');
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

const form = 'write whsec_<base64 of 24 to 64 bytes>, or {"keys": ["whsec_<new>", "whsec_<old>"]}';

/**
 * The keys that a webhook is signed with: one, or while they are being changed several.
 * @throws SecretUnusable where there is none or one is too short to be safe.
 */
export function signingKeysIn(secret: string): readonly Buffer[] {
  const listed = at(asJson(secret), 'keys');
  const written: readonly unknown[] = Array.isArray(listed) ? listed : [secret.trim()];
  if (written.length === 0 || written.length > 4) throw new SecretUnusable(form);
  return written.map((one) => {
    const match = typeof one === 'string' ? /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(one) : null;
    const key = Buffer.from(match?.[1] ?? '', 'base64');
    if (key.length < 24 || key.length > 64) throw new SecretUnusable(form);
    return key;
  });
}
