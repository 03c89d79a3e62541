import { accepts, acceptsAbsent } from './leaf';
import type { Written } from './pattern';
import type { ArrayInstance, Place } from './places';

/** What the values of one path must be. Path numbers follow the order of the paths. */
export interface Field {
  readonly path: number;
  readonly leaf: readonly Written[];
}

/** Per array the one element whose values a match uses; with an element, those around it. */
type Pins = Map<ArrayInstance, Place>;

/**
 * Whether one value per field can be chosen so that no two stand in different elements of the same
 * array. Fields are taken in the order of their paths: `exists: false` holds where no value is
 * consistent with the choices made so far.
 *
 * The work is linear in the places of the event, times their depth. Only where several arrays have
 * the same path (through keys that occur twice, or keys with dots) it can grow beyond all bounds:
 * that problem is as hard as satisfiability.
 */
export function canChoose(fields: readonly Field[], root: Place): boolean {
  const pins: Pins = new Map();
  const chosen: Place[] = [];
  // What was tried in vain: the rest of the search depends on nothing but this.
  const inVain = new Set<string>();

  function from(index: number): boolean {
    const field = fields[index];
    if (field === undefined) return true;
    const state = stateOf(index, field.path, chosen);
    if (inVain.has(state)) return false;
    const places = consistentPlaces(root, field.path, pins);
    if (places.length === 0 && acceptsAbsent(field.leaf) && from(index + 1)) return true;
    for (const place of places) {
      if (!hasAccepted(place, field)) continue;
      const pinned = pin(place, pins);
      chosen.push(place);
      if (from(index + 1)) return true;
      chosen.pop();
      for (const array of pinned) pins.delete(array);
    }
    inVain.add(state);
    return false;
  }

  return from(0);
}

const hasAccepted = (place: Place, { path, leaf }: Field): boolean =>
  place.values.get(path)?.some((text) => accepts(leaf, text)) ?? false;

/** The places with values of a path that the choices so far leave open. */
function consistentPlaces(root: Place, path: number, pins: Pins): readonly Place[] {
  const found: Place[] = [];
  const ahead: Place[] = [root];
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    if (place.values.has(path)) found.push(place);
    for (const array of place.arrays.get(path) ?? []) {
      const pinned = pins.get(array);
      if (pinned !== undefined) ahead.push(pinned);
      else for (const element of array.elements.get(path) ?? []) ahead.push(element);
    }
  }
  return found;
}

/** Pins the arrays around a place to the elements it is in; returns those that were not yet. */
function pin(place: Place, pins: Pins): readonly ArrayInstance[] {
  const pinned: ArrayInstance[] = [];
  let inner = place;
  for (let array = inner.within; array !== undefined && !pins.has(array); array = inner.within) {
    pins.set(array, inner);
    pinned.push(array);
    inner = array.place;
  }
  return pinned;
}

/** A name for the state of a search: the innermost chosen elements that later fields look into. */
function stateOf(index: number, path: number, chosen: readonly Place[]): string {
  const live = new Set<number>();
  for (const one of chosen) {
    let place = one;
    while (place.within !== undefined && place.within.last < path) place = place.within.place;
    if (place.within !== undefined) live.add(place.id);
  }
  return `${index} ${[...live].sort((one, other) => one - other).join(' ')}`;
}
