import type { Condition } from '../leaf';
import { type Reader, readString } from '../reader';
import { cidrRange } from './address';

/** Reads a block of addresses. */
export const readCidr = (reader: Reader): Condition => ({
  kind: 'address',
  // The message says "prefix" in event-ruler and in EventBridge.
  range: cidrRange(readString(reader, 'prefix match pattern must be a string')),
});
