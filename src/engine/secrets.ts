import { type AnyGuardrail, type Call, isObject, type Json, type Made } from '#core';

const BLANK = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** The JSON with the values at some dotted paths blanked. */
export function blanked(value: Json, paths: readonly string[]): Json {
  return paths.reduce<Json>((left, path) => blankAt(left, path.split('.')), value);
}

function blankAt(value: Json, path: readonly string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined) return BLANK;
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: blankAt(value[key] ?? null, rest) };
}

/** What may be kept of planned and made calls: what their operations name secret is blanked. */
export function keeper(guardrail: AnyGuardrail) {
  const operations = [...guardrail.reads, ...guardrail.writes];
  const secretOf = (call: Call) =>
    operations.find((operation) => operation.id === call.operation)?.secret ?? [];
  const call = <C extends Call>(planned: C): C => ({
    ...planned,
    input: blanked(planned.input, secretOf(planned)),
  });
  const made = (one: Made): Made => ({
    ...one,
    call: call(one.call),
    answer:
      one.answer.kind === 'found'
        ? { kind: 'found', value: blanked((one.answer.value ?? null) as Json, secretOf(one.call)) }
        : one.answer,
  });
  return { call, made };
}
