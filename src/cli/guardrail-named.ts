import { type AnyGuardrail, UserError } from '#core';
import { nearest } from '#core/nearest';
import type { World } from './session';

/**
 * The guardrail of an id.
 * @throws UserError that names the nearest one.
 */
export function guardrailNamed(
  { guardrails }: Pick<World, 'guardrails'>,
  id: string,
): AnyGuardrail {
  const found = guardrails.find((guardrail) => guardrail.id === id);
  if (found) return found;
  const near = nearest(
    id,
    guardrails.map((guardrail) => guardrail.id),
  );
  const remedy = near ? `did you mean ${near}?` : '`parapet guardrails list` lists them';
  throw new UserError(`there is no guardrail ${id}; ${remedy}`);
}
