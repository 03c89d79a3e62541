import type { Condition } from '../leaf';

/** A condition on a value's text: strings are in quotes, and nothing else begins with one. */
export const onText = (holds: (text: string) => boolean): Extract<Condition, { kind: 'test' }> => ({
  kind: 'test',
  isNumeric: false,
  holds: ({ text }) => holds(text),
});
