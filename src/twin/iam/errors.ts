import { UserError } from '#core';

/** A policy document AWS would refuse. The message begins with the place, e.g. `Statement[0].Effect`. */
export class MalformedPolicy extends UserError {
  override readonly code = 'malformed-policy';
  constructor(
    readonly place: string,
    complaint: string,
  ) {
    super(`${place}: ${complaint}`);
  }
}
