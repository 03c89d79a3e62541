import { visit } from 'jsonc-parser';

/**
 * The place of the first key that an object of this JSON text has twice, or undefined. JSON.parse
 * keeps the last in silence, and so would drop a condition; AWS refuses such a policy.
 */
export function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  let found: string | undefined;
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (key, _offset, _length, _line, _column, pathOf) => {
      const keys = open.at(-1);
      if (keys?.has(key)) found ??= [...pathOf(), key].join('.');
      keys?.add(key);
    },
  });
  return found;
}
