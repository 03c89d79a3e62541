import { isObject } from '#core/json';
import { EventError } from './errors';
import { compile } from './match/matcher';

/** What an event has to have to be sent, or to be asked about with TestEventPattern. */
const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/**
 * Takes what EventBridge's TestEventPattern takes: a text that is one JSON object from beginning to
 * end, with the six fields of the envelope. `match` asks for much less.
 * @throws EventError with the service's message; its cause says what is wrong
 */
export function validateEvent(event: Uint8Array | string): void {
  try {
    // Refuses what is too deep, as it does for every event.
    compile([]).match(event);
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const text = typeof event === 'string' ? event : utf8.decode(event);
    const value: unknown = JSON.parse(text);
    const missing = REQUIRED.filter((field) => !isObject(value) || !Object.hasOwn(value, field));
    if (missing.length > 0) throw new EventError(`the event has no ${missing.join(', ')}`);
  } catch (cause) {
    throw new EventError('Parameter Event is not valid.', { cause });
  }
}
