import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/**
 * What a receiver does wrong with one request. `stored`: whether it keeps the records all the same,
 * so that only its answer is lost.
 */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'slow-headers' | 'slow-body'; readonly ms: number }
  | { readonly kind: 'hang' | 'hang-in-body'; readonly stored: boolean }
  | { readonly kind: 'reset-in-request' }
  | { readonly kind: 'reset-in-answer'; readonly stored: boolean }
  | {
      readonly kind: 'nonsense';
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly stored: boolean;
    }
  | { readonly kind: 'endless' }
  | { readonly kind: 'redirect' }
  /** _bulk only: a status for each record in turn, over and over. 0 is none of them. */
  | { readonly kind: 'items'; readonly statuses: readonly number[] };

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Faults that need no look at the request's content; gives whether one was done. */
export async function breakOff(fault: Fault, request: IncomingMessage): Promise<boolean> {
  if (fault.kind === 'reset-in-request') {
    await new Promise((resolve) => request.once('data', resolve));
    request.socket.resetAndDestroy();
    return true;
  }
  return fault.kind === 'hang' && !fault.stored;
}

/** Sends the reply as the fault has it. */
export async function answer(fault: Fault, reply: Reply, response: ServerResponse): Promise<void> {
  if (fault.kind === 'hang') return;
  if (fault.kind === 'slow-headers') await setTimeout(fault.ms);
  const { status, type, body, headers = {} } = reply;
  response.writeHead(status, {
    'content-type': type,
    ...(fault.kind === 'endless' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  });
  const half = Math.floor(body.length / 2);
  switch (fault.kind) {
    case 'slow-body':
      response.write(body.slice(0, half));
      await setTimeout(fault.ms);
      response.end(body.slice(half));
      return;
    case 'hang-in-body':
      response.write(body.slice(0, half));
      return;
    case 'reset-in-answer':
      response.write(body.slice(0, half));
      await setTimeout(1);
      response.socket?.resetAndDestroy();
      return;
    case 'endless':
      while (!response.destroyed) {
        response.write('x'.repeat(65_536));
        await setTimeout(0);
      }
      return;
    default:
      response.end(body);
  }
}
