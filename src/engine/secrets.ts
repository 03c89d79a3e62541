import {
  type Answer,
  type AnyGuardrail,
  type Call,
  isObject,
  type Json,
  type Made,
  type Resource,
} from '#core';
import { type Observed, stateOver } from './observe';

const BLANK = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** The JSON with the values at some dotted paths blanked; a path goes through lists to each. */
export function blanked(value: Json, paths: readonly string[]): Json {
  return paths.reduce<Json>((left, path) => blankAt(left, path.split('.')), value);
}

function blankAt(value: Json, path: readonly string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined) return BLANK;
  if (Array.isArray(value)) return value.map((one: Json) => blankAt(one, path));
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: blankAt(value[key] ?? null, rest) };
}

/** What may be kept of calls, answers and states: what their operations name secret is blanked. */
export function keeper(guardrail: AnyGuardrail) {
  const operations = [...guardrail.reads, ...guardrail.writes];
  const secretOf = (call: Call) =>
    operations.find((operation) => operation.id === call.operation)?.secret ?? [];
  const call = <C extends Call>(planned: C): C => ({
    ...planned,
    input: blanked(planned.input, secretOf(planned)),
  });
  const answer = (one: Answer, to: Call): Answer =>
    one.kind === 'found'
      ? { kind: 'found', value: blanked((one.value ?? null) as Json, secretOf(to)) }
      : one;
  const made = (one: Made): Made => ({
    ...one,
    call: call(one.call),
    answer: answer(one.answer, one.call),
  });
  const state = (
    resource: Resource,
    seen: Extract<Observed<unknown>, { kind: 'seen' }>,
  ): unknown =>
    seen.answers.some((one) => secretOf(one.call).length > 0)
      ? stateOver(
          guardrail.observe(resource),
          seen.answers.map((one) => answer(one.answer, one.call)),
        )
      : seen.state;
  return { call, made, state };
}
