import { compile, type Pattern } from '#pattern';

/** Whether an event matches one pattern alone. */
export const matches = (pattern: string | Pattern, event: Uint8Array | string): boolean =>
  compile([{ name: 'rule', pattern }]).match(event).length === 1;

/** Whether a parsed event matches one pattern alone. */
export const matchesValue = (pattern: string | Pattern, event: unknown): boolean =>
  compile([{ name: 'rule', pattern }]).matchValue(event).length === 1;
