import { quoted } from '#pattern/text';
import type { Token, Tokens } from '#pattern/tokens';
import { follow, type PathStep, type Paths } from './paths';

/** The event itself or one element of an array in it: its values stand together. */
export interface Place {
  readonly id: number;
  /** Path number → the values right here, as compared: strings quoted, the rest raw. */
  readonly values: Map<number, string[]>;
  /** Path number → the arrays right here that have values of that path somewhere below. */
  readonly arrays: Map<number, ArrayInstance[]>;
  /** The array this is an element of. */
  within?: ArrayInstance;
}

/** One array of the event: a match may use values of only one of its elements. */
export interface ArrayInstance {
  /** Where the array stands. */
  place: Place;
  /** Path number → the elements with values of that path, here or further down. */
  readonly elements: ReadonlyMap<number, readonly Place[]>;
  /** The highest path number with values below. */
  readonly last: number;
}

/** An object or array that is being read; for an array, its elements so far. */
interface Frame {
  readonly step: PathStep;
  readonly place: Place;
  readonly elements?: Place[];
}

/**
 * Collects the values of an event that a pattern's paths lead to. The opening brace has been read.
 * One pass in document order, without recursion: events may be deep.
 */
export function placesOf(tokens: Tokens, paths: Paths): Place {
  let count = 0;
  const newPlace = (): Place => ({ id: count++, values: new Map(), arrays: new Map() });
  // An object or array in an array is a place of its own; a bare value there belongs outside.
  const inside = ({ place, elements }: Frame): Place => {
    if (elements === undefined) return place;
    const element = newPlace();
    elements.push(element);
    return element;
  };

  const root = newPlace();
  const frames: Frame[] = [{ step: paths.root, place: root }];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    let token = tokens.next();
    let step: PathStep | undefined = frame.step;
    if (token === 'name') {
      step = follow(paths, step, tokens.text());
      token = tokens.next();
    }
    if (token === '}' || token === ']') {
      frames.pop();
      if (frame.elements !== undefined) close(frame.place, frame.elements);
    } else if (step === undefined) skip(tokens, token);
    else if (token === '{') frames.push({ step, place: inside(frame) });
    else if (token === '[') frames.push({ step, place: inside(frame), elements: [] });
    else if (step.path !== undefined)
      append(frame.place.values, step.path, [
        token === 'string' ? quoted(tokens.text()) : tokens.text(),
      ]);
  }
  return root;
}

function skip(tokens: Tokens, first: Token): void {
  let depth = first === '{' || first === '[' ? 1 : 0;
  while (depth > 0) {
    const token = tokens.next();
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
  }
}

function close(place: Place, all: readonly Place[]): void {
  const elements = all.filter(({ values, arrays }) => values.size + arrays.size > 0);
  const [only] = elements;
  // One element contradicts nothing: it might as well stand outside.
  if (only !== undefined && elements.length === 1) absorb(place, only);
  if (elements.length > 1) enclose(place, elements);
}

function absorb(place: Place, element: Place): void {
  for (const [path, values] of element.values) append(place.values, path, values);
  for (const [path, arrays] of element.arrays) {
    append(place.arrays, path, arrays);
    for (const array of arrays) array.place = place;
  }
}

function enclose(place: Place, elements: readonly Place[]): void {
  const byPath = new Map<number, Place[]>();
  for (const element of elements)
    for (const path of new Set([...element.values.keys(), ...element.arrays.keys()]))
      append(byPath, path, [element]);
  const array: ArrayInstance = { place, elements: byPath, last: Math.max(...byPath.keys()) };
  for (const element of elements) element.within = array;
  for (const path of byPath.keys()) append(place.arrays, path, [array]);
}

function append<T>(to: Map<number, T[]>, path: number, what: T[]): void {
  const known = to.get(path);
  if (known === undefined) to.set(path, what);
  else for (const one of what) known.push(one);
}
