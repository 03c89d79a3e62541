import type { Answered, HttpRequest } from './ports';
import type { SiemRecord } from './record';

/** What the receiver said of one record of a request. */
export type ItemVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'again'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  | { readonly kind: 'blocked'; readonly code: string };

/** What the receiver said of a whole request. */
export type Verdict =
  | { readonly kind: 'accepted' }
  /** One for each record, in their order. */
  | { readonly kind: 'items'; readonly items: readonly ItemVerdict[] }
  /** Later, not before `afterMs` where the receiver named a time. */
  | { readonly kind: 'again'; readonly code: string; readonly afterMs?: number }
  | { readonly kind: 'too-large'; readonly code: string }
  /** Something in it is refused for good: the record `at`, where the receiver told which. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly reason: string;
      readonly at?: number;
    }
  | { readonly kind: 'unauthorised'; readonly code: string }
  /** No record is at fault: the address, the index or the token's rights are wrong. */
  | { readonly kind: 'misconfigured'; readonly code: string };

/** A record and its bytes as the protocol writes them. */
export interface Encoded {
  readonly record: SiemRecord;
  readonly bytes: Buffer;
  /** The uid of the stream's record that is dealt with once this is accepted. */
  readonly settles: string;
}

/** One way to hand records to a receiver. Pure: no clock, no network. */
export interface Protocol {
  /** Of one request, before compression. */
  readonly most: { readonly bytes: number; readonly records: number };
  encode(record: SiemRecord): Buffer;
  /** @throws SecretUnusable where the secret has not the form the protocol needs. */
  request(batch: readonly Encoded[], secret: string, now: number): HttpRequest;
  verdict(answer: Answered, batch: readonly Encoded[], now: number): Verdict;
}

/** The receiver's words are kept short: they may quote a record. */
export const shortened = (text: string): string => text.slice(0, 300);
