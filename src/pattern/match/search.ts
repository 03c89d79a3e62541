import { accepts } from '../leaf';
import type { Value } from '../value';
import { answerOf, valueAt } from './answers';
import { type Arrays, arraysOf } from './arrays';
import { type BitSet, union } from './bit-set';
import { canChoose } from './choose';
import type { EventBytes } from './event-bytes';
import { type Found, NONE } from './found';
import { type Memo, memo, recall, remember, wasAsked } from './memo';
import type { RuleSet } from './rule-set';
import { hashOf } from './words';

/** Up to so many alternatives are asked one by one about a value that was never seen before. */
const FEW = 64;

/** Finds the alternatives of a rule set that hold for what was found in an event. */
export interface Search {
  readonly rules: RuleSet;
  /** By path, as soon as it is asked about. */
  readonly memos: (Memo | undefined)[];
  /** The words of `standing` that are not empty yet, and how many they are. */
  readonly standing: BitSet;
  readonly live: Int32Array;
}

export const search = (rules: RuleSet): Search => ({
  rules,
  memos: rules.indexes.map(() => undefined),
  standing: rules.all.slice(),
  live: new Int32Array(rules.all.length),
});

/** The rules that hold, by their numbers, ascending. */
export function holding(of: Search, event: EventBytes, found: Found): readonly number[] {
  const { rules, standing } = of;
  const words = standingWords(of, event, found);
  const agree = found.isAmbiguous && words > 0 ? agreement(of, event, found) : undefined;
  const hits: number[] = [];
  for (let index = 0; index < words; index += 1) {
    const word = of.live[index] ?? 0;
    for (let bits = standing[word] ?? 0; bits !== 0; bits &= bits - 1) {
      const alternative = 32 * word + 31 - Math.clz32(bits & -bits);
      const rule = rules.rules[alternative] ?? 0;
      if (hits.at(-1) !== rule && (agree === undefined || agree(alternative))) hits.push(rule);
    }
  }
  return hits;
}

/** Lets no alternative stand that a path speaks against; returns the count of words not empty. */
function standingWords(of: Search, event: EventBytes, found: Found): number {
  const { standing, live, rules } = of;
  let words = standing.length;
  for (let word = 0; word < words; word += 1) {
    standing[word] = rules.all[word] ?? 0;
    live[word] = word;
  }
  for (const path of rules.order) {
    const index = rules.indexes[path];
    if (index === undefined) continue;
    let answer = index.absent;
    if (found.first[path] !== NONE) {
      const asking = countAsking(of, index.bound, words);
      if (asking === 0) continue;
      const known = answerAt(of, path, { event, found, asking });
      if (typeof known !== 'object') {
        words = askEach(of, path, words, readAt(event, found, known));
        continue;
      }
      answer = known;
    }
    words = keep(of, answer, words);
    if (words === 0) return 0;
  }
  return words;
}

/** Strikes out alternatives; returns how many words are left. */
function keep({ standing, live }: Search, answer: BitSet, words: number): number {
  let kept = 0;
  for (let place = 0; place < words; place += 1) {
    const word = live[place] ?? 0;
    const left = (standing[word] ?? 0) & (answer[word] ?? 0);
    if (left === 0) continue;
    standing[word] = left;
    live[kept] = word;
    kept += 1;
  }
  return kept;
}

/** How many alternatives that still stand have a condition on a path; not counted further than FEW. */
function countAsking({ standing, live }: Search, bound: BitSet, words: number): number {
  let count = 0;
  for (let place = 0; place < words && count <= FEW; place += 1) {
    const word = live[place] ?? 0;
    for (let bits = (standing[word] ?? 0) & (bound[word] ?? 0); bits !== 0; bits &= bits - 1)
      count += 1;
  }
  return count;
}

/** Asks the alternatives that still stand one by one. */
function askEach(
  { rules, standing, live }: Search,
  path: number,
  words: number,
  value: Value,
): number {
  const bound = rules.indexes[path]?.bound ?? rules.all;
  let kept = 0;
  for (let place = 0; place < words; place += 1) {
    const word = live[place] ?? 0;
    let left = standing[word] ?? 0;
    for (let bits = left & (bound[word] ?? 0); bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits;
      const fields = rules.fields[32 * word + 31 - Math.clz32(bit)];
      const leaf = fields?.find((field) => field.path === path)?.leaf;
      if (leaf === undefined || !accepts(leaf, value)) left &= ~bit;
    }
    if (left === 0) continue;
    standing[word] = left;
    live[kept] = word;
    kept += 1;
  }
  return kept;
}

interface Asked {
  readonly event: EventBytes;
  readonly found: Found;
  /** How many alternatives want to know. */
  readonly asking: number;
}

/** The alternatives that one of a path's values lets stand; the value where they are to be asked. */
function answerAt(of: Search, path: number, { event, found, asking }: Asked): BitSet | number {
  const index = of.rules.indexes[path];
  if (index === undefined) throw new Error(`there is no path ${path}`);
  const memoOf = of.memos[path] ?? memo(of.rules.all.length);
  of.memos[path] = memoOf;
  const first = found.first[path] ?? NONE;
  const isOne = found.next[first] === NONE && found.isInArray[path] === 0;
  let together: BitSet | undefined;
  for (let value = first; value !== NONE; value = found.next[value] ?? NONE) {
    const start = found.start[value] ?? 0;
    const end = found.end[value] ?? 0;
    const hash = hashOf(event.view, start, end - start);
    let answer = recall(memoOf, hash, event.view, start, end);
    if (answer === undefined) {
      const isNew = !wasAsked(memoOf, hash);
      if (isNew && isOne && asking <= FEW) return value;
      answer = answerOf(index, valueAt(event, start, end));
      if (!isNew) remember(memoOf, hash, event.view, { start, end, answer });
    }
    if (isOne) return answer;
    if (together === undefined) together = answer.slice();
    else union(together, answer);
  }
  // What contradicts may be as good as absent: that is looked at afterwards.
  if (together !== undefined && found.isAmbiguous && found.isInArray[path] === 1)
    union(together, index.absent);
  return together ?? index.absent;
}

const readAt = (event: EventBytes, found: Found, value: number): Value =>
  valueAt(event, found.start[value] ?? 0, found.end[value] ?? 0);

/** Tells whether an alternative's values can be chosen so that they agree about arrays. */
function agreement(
  { rules }: Search,
  event: EventBytes,
  found: Found,
): (alternative: number) => boolean {
  let arrays: Arrays | undefined;
  const read: (Value | undefined)[] = [];
  const valueIn = (value: number): Value => {
    const known = read[value];
    if (known !== undefined) return known;
    const now = readAt(event, found, value);
    read[value] = now;
    return now;
  };
  return (alternative) => {
    const fields = rules.fields[alternative] ?? [];
    const inArrays = fields.filter(({ path }) => found.isInArray[path] === 1);
    const [only] = inArrays;
    if (only === undefined || (inArrays.length === 1 && !only.leaf.acceptsAbsent)) return true;
    arrays ??= arraysOf(found);
    return canChoose(inArrays, arrays, valueIn);
  };
}
