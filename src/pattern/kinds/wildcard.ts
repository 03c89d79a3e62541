import type { Condition } from '../leaf';
import { type Reader, readString } from '../reader';
import { quoted } from '../text';
import { type Glob, matchesGlob, parseGlob } from './glob';
import { onText } from './test';

/** Reads a string with stars for runs of any characters. */
export function readWildcard(reader: Reader): Condition {
  const glob = globOf(readString(reader, 'wildcard match pattern must be a string'), reader);
  return { ...onText((text) => matchesGlob(glob, text)), globs: [glob] };
}

export function globOf(operand: string, reader: Reader): Glob {
  const glob = parseGlob(quoted(operand));
  return typeof glob === 'string' ? reader.fail(glob) : glob;
}
