import type { Condition } from '../leaf';
import type { Reader } from '../reader';
import { onText } from './test';

/** Reads whether a field must be there, or must not. */
export function readExists(reader: Reader): Condition {
  const token = reader.next();
  if (token === 'true') return onText(() => true);
  if (token === 'false') return { kind: 'absent' };
  return reader.fail('exists match pattern must be either true or false.');
}
