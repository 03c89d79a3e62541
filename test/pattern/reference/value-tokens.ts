import type { Json } from '#core';
import type { Token, Tokens } from '#pattern/tokens';

type Step =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'end'; readonly token: '}' | ']' };

/** The tokens of a parsed value: numbers have the text JavaScript writes, keys are unique. */
export function valueTokens(root: Json): Tokens {
  // What is still to come, last first: deep values must not overflow the stack.
  const ahead: Step[] = [{ kind: 'value', value: root }];
  let text = '';

  function next(): Token {
    const step = ahead.pop();
    if (step === undefined) throw new Error('there are no more tokens');
    if (step.kind === 'end') return step.token;
    if (step.kind === 'value') return enter(step.value);
    text = step.name;
    return 'name';
  }

  function enter(value: Json): Token {
    if (typeof value === 'string') {
      text = value;
      return 'string';
    }
    if (typeof value !== 'object' || value === null) {
      text = String(value);
      return typeof value === 'number' ? 'number' : (text as 'true' | 'false' | 'null');
    }
    if (isArray(value)) {
      ahead.push({ kind: 'end', token: ']' });
      for (let i = value.length - 1; i >= 0; i -= 1)
        ahead.push({ kind: 'value', value: value[i] ?? null });
      return '[';
    }
    ahead.push({ kind: 'end', token: '}' });
    for (const [name, inner] of Object.entries(value).reverse())
      ahead.push({ kind: 'value', value: inner }, { kind: 'name', name });
    return '{';
  }

  return { next, text: () => text };
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
