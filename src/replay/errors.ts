import { ParapetError } from '#core';

/** A file that cannot be replayed; the message says why, without its name. */
export class BrokenFile extends ParapetError {
  readonly code = 'broken-file';
}
