import { type AnyGuardrail, type AnyOperation, serviceOf } from '#core';

/** The guardrails of one service, which one responder answers for. */
export interface Service {
  readonly name: string;
  readonly guardrails: readonly AnyGuardrail[];
  /** Each operation once. */
  readonly reads: readonly AnyOperation<'read'>[];
  readonly writes: readonly AnyOperation<'write'>[];
}

/** The services of the installed guardrails, by name. */
export function servicesOf(guardrails: readonly AnyGuardrail[]): readonly Service[] {
  const names = [...new Set(guardrails.map(serviceOf))].sort();
  return names.map((name) => {
    const own = guardrails.filter((guardrail) => serviceOf(guardrail) === name);
    return {
      name,
      guardrails: own,
      reads: onceEach(own.flatMap(({ reads }) => reads)),
      writes: onceEach(own.flatMap(({ writes }) => writes)),
    };
  });
}

/** The ids of a service's guardrails that may repair. */
export const repairing = ({ guardrails }: Service): readonly string[] =>
  guardrails.filter(({ writes }) => writes.length > 0).map(({ id }) => id);

const onceEach = <O extends AnyOperation>(operations: readonly O[]): readonly O[] => [
  ...new Map(operations.map((operation) => [operation.id, operation])).values(),
];
