import { ParapetError } from '#core';

/** What came for the lake but is no row of it: told with its reason, never dropped in silence. */
export class Unmappable extends ParapetError {
  readonly code = 'unmappable';
}
