import type { Answer, Call, Look } from '#core';

type Refusal = Extract<Answer, { kind: 'refused' }>;

/** A read, and what was said to it. */
export interface Answered {
  readonly call: Call<'read'>;
  readonly answer: Answer;
}

export type Observed<S> =
  | { readonly kind: 'seen'; readonly state: S; readonly answers: readonly Answered[] }
  | { readonly kind: 'refused'; readonly call: Call<'read'>; readonly answer: Refusal };

/** Makes a guardrail's reads one by one; the first refusal ends it. */
export async function observe<S>(
  reads: Look<S>,
  look: (call: Call<'read'>) => Promise<Answer>,
): Promise<Observed<S>> {
  const answers: Answered[] = [];
  let step = reads.next();
  while (!step.done) {
    const answer = await look(step.value);
    if (answer.kind === 'refused') return { kind: 'refused', call: step.value, answer };
    answers.push({ call: step.value, answer });
    step = reads.next(answer);
  }
  return { kind: 'seen', state: step.value, answers };
}

/** The state that the same reads give over other answers; undefined where they do not end. */
export function stateOver<S>(reads: Look<S>, answers: readonly Answer[]): S | undefined {
  let step = reads.next();
  for (const answer of answers) {
    if (step.done) break;
    step = reads.next(answer);
  }
  return step.done ? step.value : undefined;
}

/** A refusal as a sentence. */
export const refusal = ({ call, answer }: { call: Call; answer: Refusal }): string =>
  `${call.operation} was refused: ${answer.why} (${answer.code})`;
