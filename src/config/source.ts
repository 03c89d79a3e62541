import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { Problem } from './errors';
import { type Fault, faultsIn, isReadable, keysThatAreNoText } from './syntax';

export type Path = readonly PropertyKey[];

/** A YAML or JSON file that knows where each of its values stands. */
export interface Source {
  readonly file: string;
  /** Undefined where the syntax is broken. */
  readonly value: unknown;
  /** What is wrong with the syntax. */
  readonly problems: readonly Problem[];
  /** A problem at the value of a path; where there is none, at the nearest key above it. */
  atValue(path: Path, problem: string, remedy: string): Problem;
  /** A problem at the key that a path ends in. */
  atKey(path: Path, problem: string, remedy: string): Problem;
  /** A scalar as it is written, e.g. `012345678901` for what is read as the number 12345678901. */
  written(path: Path): string | undefined;
}

/** Parses the text of a file; JSON is read as YAML, which contains it. */
export function readSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
  const problemAt = (offset: number, problem: string, remedy: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), problem, remedy };
  };
  const told = (faults: readonly Fault[]): readonly Problem[] =>
    faults.map(({ offset, problem, remedy }) => problemAt(offset, problem, remedy));
  const syntax = onePerLine(told(faultsIn(document, text)));
  const place = (path: Path) => find(document, path);
  const { value, faults } = isReadable(document)
    ? plainValue(document)
    : { value: undefined, faults: [] };
  return {
    file,
    value,
    problems: [...syntax, ...told(faults)],
    atValue: (path, problem, remedy) => problemAt(place(path).value, problem, remedy),
    atKey: (path, problem, remedy) => problemAt(place(path).key, problem, remedy),
    written: (path) => place(path).written,
  };
}

function plainValue(document: Document): {
  readonly value: unknown;
  readonly faults: readonly Fault[];
} {
  try {
    return { value: document.toJS(), faults: keysThatAreNoText(document) };
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    const remedy = 'write the values out instead of aliases';
    return { value: undefined, faults: [{ offset: 0, problem: cause.message, remedy }] };
  }
}

/** One slip often makes the parser stumble several times in its line. */
const onePerLine = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter((problem, i) => problems.findIndex((other) => other.line === problem.line) === i);

interface Place {
  readonly key: number;
  readonly value: number;
  readonly written?: string | undefined;
}

/** The offsets of a path's key and value; of the deepest part that exists where it does not. */
function find(document: Document, path: Path): Place {
  let node = document.contents as Node | null;
  const start = node?.range?.[0] ?? 0;
  let place: Place = { key: start, value: start };
  for (const step of path) {
    const holder = isAlias(node) ? node.resolve(document) : node;
    if (isMap(holder)) {
      const pair = holder.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (pair === undefined) return { key: place.key, value: place.key };
      node = pair.value as Node | null;
      place = placeOf((pair.key as Node).range?.[0] ?? start, node);
    } else if (isSeq(holder)) {
      const item = holder.items[Number(step)] as Node | undefined;
      if (item === undefined) return { key: place.key, value: place.key };
      node = item;
      place = placeOf(item.range?.[0] ?? start, node);
    } else return { key: place.key, value: place.key };
  }
  return place;
}

function placeOf(key: number, node: Node | null): Place {
  const isEmpty = node === null || (isScalar(node) && node.value === null && !node.source);
  if (isEmpty) return { key, value: key };
  const written = isScalar(node) ? node.source : undefined;
  return { key, value: node.range?.[0] ?? key, written };
}
