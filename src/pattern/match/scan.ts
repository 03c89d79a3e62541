import { EventError } from '../errors';
import type { EventBytes } from './event-bytes';
import { addValue, closeArray, type Found, OUTSIDE, openArray, openElement } from './found';
import { afterScalar, afterSpace, closingQuote, refuse, refuseByte } from './json-bytes';
import {
  BEHIND,
  isKeyAt,
  type KnownKeys,
  keyOf,
  LENGTH,
  NO_KEY,
  TARGET,
  targetOf,
} from './known-keys';
import { NOWHERE, ROOT } from './path-tree';

/** Jackson refuses deeper documents, and so does EventBridge. */
const DEEPEST = 1_000;

const NO_ARRAY = -1;

/** What stands around the present byte, by depth; used again from event to event. */
export interface Frames {
  /** The node of an object or array, or NOWHERE where nothing in it is asked for. */
  readonly node: Int32Array;
  /** The innermost element around what is in it. */
  readonly element: Int32Array;
  /** Of an array: its number, or NO_ARRAY for an object. */
  readonly array: Int32Array;
  /** Of an object: the key that was read last. */
  readonly key: Int32Array;
  /** The bracket that ends it. */
  readonly closing: Uint8Array;
}

export const frames = (): Frames => ({
  node: new Int32Array(DEEPEST + 1),
  element: new Int32Array(DEEPEST + 1),
  array: new Int32Array(DEEPEST + 1),
  key: new Int32Array(DEEPEST + 1),
  closing: new Uint8Array(DEEPEST + 1),
});

/**
 * Finds the values of an event that paths lead to, in one pass over its bytes up to the closing
 * brace: as keys may occur twice, no answer is final before. All of it has to be JSON.
 * @throws EventError
 */
export function scan(event: EventBytes, keys: KnownKeys, around: Frames, into: Found): void {
  const { view } = event;
  const { first, learned } = keys;
  const { pathAt } = keys.tree;
  let at = afterSpace(view, 0);
  if (view.getUint8(at) !== 0x7b) throw new EventError('the event is not a JSON object');
  at += 1;
  let depth = 1;
  let node = ROOT;
  let element = OUTSIDE;
  let array = NO_ARRAY;
  let key = NO_KEY;
  let closing = 0x7d;
  let isOpened = true;
  for (;;) {
    let byte = view.getUint8(at);
    if (byte <= 0x20) {
      at = afterSpace(view, at);
      byte = view.getUint8(at);
    }
    if (!isOpened || byte !== closing) {
      let target = node;
      if (closing === 0x7d) {
        if (byte !== 0x22) refuseByte(view, at, 'a key in quotes');
        at += 1;
        if (node === NOWHERE) at = afterColon(view, closingQuote(view, at) + 1);
        else {
          const expected = (key === NO_KEY ? first[node] : learned[key + BEHIND]) ?? NO_KEY;
          if (expected !== NO_KEY && isKeyAt(learned, expected, view, at)) {
            key = expected;
            at += learned[key + LENGTH] ?? 0;
            target = learned[key + TARGET] ?? NOWHERE;
          } else {
            const from = at;
            const quote = closingQuote(view, at);
            at = afterColon(view, quote + 1);
            const read = at === quote + 2 ? keyOf(keys, event, node, from, at) : NO_KEY;
            if (key === NO_KEY) first[node] = read;
            else learned[key + BEHIND] = read;
            key = read;
            target =
              read === NO_KEY
                ? targetOf(keys.tree, event.buffer, node, from, quote + 1)
                : (learned[read + TARGET] ?? NOWHERE);
          }
        }
        byte = view.getUint8(at);
        if (byte <= 0x20) {
          at = afterSpace(view, at);
          byte = view.getUint8(at);
        }
      }
      if (byte === 0x7b || byte === 0x5b) {
        if (depth === DEEPEST) refuse(`it is deeper than ${DEEPEST}`, at);
        around.node[depth] = node;
        around.element[depth] = element;
        around.array[depth] = array;
        around.key[depth] = key;
        around.closing[depth] = closing;
        depth += 1;
        at += 1;
        node = target;
        closing = byte + 2;
        key = NO_KEY;
        isOpened = true;
        if (target !== NOWHERE) {
          if (array !== NO_ARRAY) element = openElement(into, array, element);
          array = byte === 0x5b ? openArray(into) : NO_ARRAY;
        } else array = NO_ARRAY;
        continue;
      }
      const end = byte === 0x22 ? closingQuote(view, at + 1) + 1 : afterScalar(view, at);
      if (target !== NOWHERE) {
        const path = pathAt[target] ?? NOWHERE;
        if (path !== NOWHERE) addValue(into, path, at, end, element);
      }
      at = end;
      byte = view.getUint8(at);
    }
    for (;;) {
      if (byte <= 0x20) {
        at = afterSpace(view, at);
        byte = view.getUint8(at);
      }
      at += 1;
      if (byte === 0x2c) break;
      if (byte !== closing) refuseByte(view, at - 1, 'a comma or the closing bracket');
      if (array !== NO_ARRAY) closeArray(into, array);
      depth -= 1;
      if (depth === 0) return;
      node = around.node[depth] ?? NOWHERE;
      element = around.element[depth] ?? OUTSIDE;
      array = around.array[depth] ?? NO_ARRAY;
      key = around.key[depth] ?? NO_KEY;
      closing = around.closing[depth] ?? 0;
      byte = view.getUint8(at);
    }
    isOpened = false;
  }
}

function afterColon(view: DataView, from: number): number {
  const at = view.getUint8(from) === 0x3a ? from : afterSpace(view, from);
  return view.getUint8(at) === 0x3a ? at + 1 : refuseByte(view, at, 'a colon');
}
