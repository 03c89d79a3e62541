import { isObject, type Json } from '#core';
import { answered, lowered, type Shape } from './shape';

/** IAM writes its answers without the secret of a key; a request without inputs is null. */
export const iamShape: Shape = {
  request: ({ input }) =>
    isObject(input) && Object.keys(input).length > 0 ? lowered(input) : null,
  response: (call) => {
    const value = lowered(answered(call));
    if (!isObject(value) || Object.keys(value).length === 0) return null;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, withoutSecret(inner)]),
    );
  },
};

function withoutSecret(value: Json): Json {
  if (!isObject(value)) return value;
  const { secretAccessKey: _, ...told } = value;
  return told;
}
