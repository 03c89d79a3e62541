import { ParapetError } from '#core';

/** The secret has not the form that the protocol needs. Its message never holds the secret. */
export class SecretUnusable extends ParapetError {
  readonly code = 'secret-unusable';
}
