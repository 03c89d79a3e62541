import type { Answer, Call, Look } from '#core';

type Refusal = Extract<Answer, { kind: 'refused' }>;

export type Observed<S> =
  | { readonly kind: 'seen'; readonly state: S }
  | { readonly kind: 'refused'; readonly call: Call<'read'>; readonly answer: Refusal };

/** Makes a guardrail's reads one by one; the first refusal ends it. */
export async function observe<S>(
  reads: Look<S>,
  look: (call: Call<'read'>) => Promise<Answer>,
): Promise<Observed<S>> {
  let step = reads.next();
  while (!step.done) {
    const answer = await look(step.value);
    if (answer.kind === 'refused') return { kind: 'refused', call: step.value, answer };
    step = reads.next(answer);
  }
  return { kind: 'seen', state: step.value };
}

/** A refusal as a sentence. */
export const refusal = ({ call, answer }: { call: Call; answer: Refusal }): string =>
  `${call.operation} was refused: ${answer.why} (${answer.code})`;
