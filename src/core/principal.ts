import type { Caller } from './event';

/** Letters, digits, spaces and `_.:/=+-@` are what a tag value may hold, 256 characters of them. */
const asTagValue = (text: string): string =>
  [...text.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_')].slice(0, 256).join('');

/** Who answers for what a caller made: the person of a session or user, else the role or service. */
export function ownerOf(caller: Caller): string {
  const owner = personOf(caller.session) ?? caller.name ?? caller.invokedBy ?? typeOf(caller);
  return asTagValue(owner);
}

/** Who made it, exactly: the caller's ARN, else the service it was made for. */
export const creatorOf = (caller: Caller): string =>
  asTagValue(caller.arn ?? caller.invokedBy ?? typeOf(caller));

/** Identity Center names a session after the person's user name, most often an e-mail address. */
const personOf = (session: string | undefined): string | undefined =>
  session?.includes('@') ? session : undefined;

const typeOf = (caller: Caller): string => (caller.type === 'Root' ? 'root' : 'unknown');
