/** An error that carries a stable code beside its sentence. */
export abstract class ParapetError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The user's mistake: told without a stack trace, exit code 2. */
export class UserError extends ParapetError {
  readonly code: string = 'user';
}

/** An event that no guardrail can judge; it goes with this reason to the reject queue. */
export class UnjudgeableEvent extends ParapetError {
  readonly code = 'unjudgeable-event';
}

/** The world could not be asked just now; asking again later may succeed. */
export class TryAgain extends ParapetError {
  readonly code = 'try-again';
}
