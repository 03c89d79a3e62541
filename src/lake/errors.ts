import { ParapetError, UserError } from '#core';

/** What came for the lake but is no row of it: told with its reason, never dropped in silence. */
export class Unmappable extends ParapetError {
  readonly code = 'unmappable';
}

/** What was written is not what was read: our fault, and nothing was replaced or removed. */
export class CompactionFailed extends ParapetError {
  readonly code = 'compaction-failed';
}

/** Another compaction is at work in the same folder. */
export class LakeBusy extends UserError {
  override readonly code = 'lake-busy';
}
