import { jsonSchema } from '#config';
import { at } from '#core';
import { GUARDRAILS } from './organization';

test('the JSON Schema enumerates the guardrails and holds their settings', () => {
  const schema = jsonSchema(GUARDRAILS);

  expect(at(schema, '$schema')).toBe('http://json-schema.org/draft-07/schema#');
  const guardrails = at(schema, 'properties', 'guardrails');
  expect(Object.keys(at(guardrails, 'properties') ?? {})).toEqual([
    '*',
    's3.bucket-public',
    'sqs.queue-untagged',
    'signin.root-login',
  ]);
  expect(at(guardrails, 'additionalProperties')).toBe(false);
  expect(at(guardrails, 'properties', 's3.bucket-public', 'properties', 'settings')).toEqual({
    type: 'object',
    properties: {
      block: { type: 'boolean', default: true, description: 'Also block' },
      limits: {
        type: 'object',
        properties: {
          perHour: { type: 'integer', default: 10, minimum: 1, maximum: 9007199254740991 },
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  });
  expect(at(guardrails, 'properties', 's3.bucket-public', 'description')).toBe(
    'Title of s3.bucket-public (high). Why of s3.bucket-public.',
  );
});

test('only what has no default is required', () => {
  expect(at(jsonSchema(GUARDRAILS), 'required')).toEqual(['accounts', 'regions']);
});

test('the modes that are not built yet are not offered', () => {
  const mode = at(jsonSchema(GUARDRAILS), 'properties', 'guardrails', 'properties', '*');

  expect(at(mode, 'properties', 'mode', 'enum')).toEqual(['off', 'observe', 'shadow', 'enforce']);
});
