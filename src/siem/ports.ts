import type { SiemRecord } from './record';

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly contentType: string;
  /** As it was written, or undefined where there was none. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** What came of one request: an answer, none, or a receiver that could not prove who it is. */
export type Sent =
  | Answered
  | {
      readonly kind: 'unanswered';
      readonly why: 'timeout' | 'reset' | 'too-long' | 'unreachable';
      readonly code: string;
    }
  | { readonly kind: 'untrusted'; readonly code: string };

/** A record that the receiver will never take, with its own words, shortened. */
export interface Refusal {
  readonly record: SiemRecord;
  readonly code: string;
  readonly reason: string;
}

/** All I/O of the forwarder. Times are milliseconds; `now` is since 1970. */
export interface SiemPorts {
  /** One POST, never redirected; on a kept connection that proves dead, once more. Does not throw. */
  send(request: HttpRequest, withinMs: number): Promise<Sent>;
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** The secret's text, possibly remembered. @throws TryAgain where it cannot be read now. */
  secret(): Promise<string>;
  /** The secret's text as it is now. @throws TryAgain where it cannot be read now. */
  freshSecret(): Promise<string>;
  /**
   * Keeps a refused record and gives its address. The same record twice is one object.
   * @throws TryAgain where it cannot be kept now.
   */
  refuse(refusal: Refusal): Promise<string>;
}
