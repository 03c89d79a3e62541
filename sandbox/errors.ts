import { ParapetError } from '#core';

/** The emulator, Python, Terraform or a step of a scenario did not do what it should. */
export class SandboxFailed extends ParapetError {
  readonly code = 'sandbox-failed';
}
