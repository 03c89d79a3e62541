import { isObject } from '#core/json';
import { EventError } from '../errors';
import { type EventBytes, load } from './event-bytes';
import { addValue, closeArray, type Found, OUTSIDE, openArray, openElement } from './found';
import { follow, NOWHERE, type PathTree, ROOT } from './path-tree';

/** A value that is still to be looked at, or the end of an array. */
type Step =
  | {
      readonly value: unknown;
      readonly node: number;
      readonly element: number;
      readonly array?: number;
    }
  | { readonly closes: number };

/**
 * Finds the values of a parsed event that paths lead to, as `scan` finds those of its text; their
 * texts are written one after the other.
 * @throws EventError where the event is no object
 */
export function walk(event: unknown, tree: PathTree, texts: EventBytes, into: Found): void {
  if (!isObject(event)) throw new EventError('the event is not a JSON object');
  const written: string[] = [];
  let length = 0;
  // What is still to come, last first: deep values must not overflow the stack.
  const ahead: Step[] = [{ value: event, node: ROOT, element: OUTSIDE }];
  for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
    if ('closes' in step) {
      closeArray(into, step.closes);
      continue;
    }
    const { value, node, array } = step;
    if (typeof value === 'object' && value !== null) {
      const element = array === undefined ? step.element : openElement(into, array, step.element);
      if (Array.isArray(value)) enterArray(value, { node, element, array: openArray(into) }, ahead);
      else enterObject(value, { node, element }, tree, ahead);
      continue;
    }
    const path = tree.pathAt[node] ?? NOWHERE;
    if (path === NOWHERE) continue;
    const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'null');
    const end = length + Buffer.byteLength(text);
    addValue(into, path, length, end, step.element);
    written.push(text);
    length = end;
  }
  load(texts, written.join(''));
}

interface Place {
  readonly node: number;
  readonly element: number;
}

function enterArray(
  values: readonly unknown[],
  place: Place & { readonly array: number },
  ahead: Step[],
): void {
  ahead.push({ closes: place.array });
  for (let index = values.length - 1; index >= 0; index -= 1)
    ahead.push({ ...place, value: values[index] });
}

function enterObject(value: object, { node, element }: Place, tree: PathTree, ahead: Step[]): void {
  for (const [key, inner] of Object.entries(value).reverse()) {
    const target = inner === undefined ? NOWHERE : follow(tree, node, key);
    if (target !== NOWHERE) ahead.push({ value: inner, node: target, element });
  }
}
