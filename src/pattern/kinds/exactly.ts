import type { Condition } from '../leaf';
import { type Reader, readString } from '../reader';
import { quoted } from '../text';

/** Reads the one spelling of a string: no address is looked for in it. */
export const readExactly = (reader: Reader): Condition => ({
  kind: 'text',
  text: quoted(readString(reader, 'exact match pattern must be a string')),
});
