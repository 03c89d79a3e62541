import { z } from 'zod';
import type { AnyGuardrail, Json } from '#core';
import { configurationSchema } from './schema';

/** A schema as JSON; objects that do not say so themselves admit no other keys. */
export function closedJsonSchema(schema: z.ZodType): Json {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override({ jsonSchema: part }) {
      if (part.properties !== undefined) part.additionalProperties ??= false;
    },
  });
  return JSON.parse(JSON.stringify(made)) as Json;
}

/**
 * The JSON Schema (draft 7, which the YAML language server likes best) of `parapet.yaml`, with the
 * guardrails' ids, sentences and settings in it.
 */
export const jsonSchema = (guardrails: readonly AnyGuardrail[]): Json =>
  closedJsonSchema(configurationSchema(guardrails).meta({ title: 'Parapet' }));
