import { ParapetError } from '#core';

/** The synthesised deployment has something the twin cannot read, so it must not guess. */
export class UnknownToTwin extends ParapetError {
  readonly code = 'unknown-to-twin';
}
