import { ParapetError, UserError } from '#core';

/** Terraform failed on a stack; the message has its own diagnostics. */
export class TerraformFailed extends ParapetError {
  readonly code = 'terraform-failed';
}

/** Something must be said or changed before a deployment can go on. */
export class DeploymentRefused extends UserError {
  override readonly code = 'deployment-refused';
}
