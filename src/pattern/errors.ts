import { ParapetError } from '#core/errors';

/** Where in a text something is: both count from 1, as Jackson (and so EventBridge) counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A pattern that EventBridge would refuse. The message is event-ruler's own; where EventBridge
 * names a place in the pattern's text, so does this error.
 */
export class PatternError extends ParapetError {
  readonly code = 'pattern-not-valid';
  readonly line?: number;
  readonly column?: number;

  constructor(message: string, position?: Position) {
    super(message);
    if (position === undefined) return;
    this.line = position.line;
    this.column = position.column;
  }
}

/** An event that no pattern can be asked about: it is not JSON, or not an object. */
export class EventError extends ParapetError {
  readonly code = 'event-not-valid';
}
