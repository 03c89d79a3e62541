import { type Document, isScalar, type Node, visit, type YAMLError } from 'yaml';

/** Something wrong with the syntax, at an offset into the text. */
export interface Fault {
  readonly offset: number;
  readonly problem: string;
  readonly remedy: string;
}

/** What YAML itself finds wrong, and aliases of nothing. */
export const faultsIn = (document: Document, text: string): readonly Fault[] => [
  ...[...document.errors, ...document.warnings].map((error) => faultOf(error, text)),
  ...aliasesOfNothing(document),
];

/** Whether the values are still what was meant: of a key that stands twice, one value is. */
export const isReadable = (document: Document): boolean =>
  document.errors.every(({ code }) => code === 'DUPLICATE_KEY') &&
  aliasesOfNothing(document).length === 0;

function faultOf({ code, message, pos: [offset] }: YAMLError, text: string): Fault {
  switch (code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^\s:,}]+/.exec(text.slice(offset))?.[0] ?? '';
      return { offset, problem: `the key ${key} stands twice`, remedy: 'keep one of the two' };
    }
    case 'MULTIPLE_DOCS':
      return {
        offset,
        problem: 'a second document begins',
        remedy: 'keep one document, without a line ---',
      };
    default: {
      const problem = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
      const remedy = code === 'TAB_AS_INDENT' ? 'indent with spaces' : 'correct the YAML here';
      return { offset, problem, remedy };
    }
  }
}

function aliasesOfNothing(document: Document): readonly Fault[] {
  const found: Fault[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      found.push({
        offset: alias.range?.[0] ?? 0,
        problem: `there is no anchor &${alias.source} before this alias`,
        remedy: 'write the value out, or set the anchor',
      });
    },
  });
  return found;
}

/** Keys that are read as numbers or anything else but text. */
export function keysThatAreNoText(document: Document): readonly Fault[] {
  const found: Fault[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && typeof key.value === 'string') return;
      const node = key as Node | null;
      const written = isScalar(key) ? (key.source ?? String(key.value)) : 'of this entry';
      found.push({
        offset: node?.range?.[0] ?? 0,
        problem: `the key ${written} is not text`,
        remedy: `put it in quotes: '${written}'`,
      });
    },
  });
  return found;
}
