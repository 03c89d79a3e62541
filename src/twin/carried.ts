import type { JsonObject } from '#core';
import type { Authority } from './authority';
import type { Clock } from './clock';
import type { Deployed, Rule } from './model';

/** One step of an event's way, and whether it went on from there. */
export interface Hop {
  readonly at: string;
  readonly what: string;
  readonly passed: boolean;
}

/** What an event travels through. */
export interface World {
  readonly deployed: Deployed;
  readonly authority: Authority;
  readonly clock: Clock;
  /** Account id → name. */
  readonly names: ReadonlyMap<string, string>;
}

/** An event on its way from a rule to a target. */
export interface Carried {
  readonly rule: Rule;
  readonly event: JsonObject;
  readonly text: string;
  readonly hopsBefore: number;
}
