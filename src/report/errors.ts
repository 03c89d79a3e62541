import { UserError } from '#core';

/** The lake or the period that was asked for cannot be reported on. */
export class ReportError extends UserError {
  override readonly code = 'report';
}
