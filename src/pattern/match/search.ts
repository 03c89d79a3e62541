import type { Value } from '../value';
import { answerOf, valueAt } from './answers';
import { type Arrays, arraysOf } from './arrays';
import { type BitSet, union } from './bit-set';
import { canChoose } from './choose';
import type { EventBytes } from './event-bytes';
import { type Found, NONE } from './found';
import { type Memo, memo, recall, remember } from './memo';
import type { RuleSet } from './rule-set';

/** Finds the alternatives of a rule set that hold for what was found in an event. */
export interface Search {
  readonly rules: RuleSet;
  readonly memos: readonly Memo[];
  /** The words of `standing` that are not empty yet, and how many they are. */
  readonly standing: BitSet;
  readonly live: Int32Array;
}

export const search = (rules: RuleSet): Search => ({
  rules,
  memos: rules.indexes.map(() => memo(rules.all.length)),
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
      if (!concerns(of, index.bound, words)) continue;
      answer = answerAt(of, path, event, found);
      // What contradicts may be as good as absent: that is looked at afterwards.
      if (found.isAmbiguous && found.isInArray[path] === 1) {
        answer = answer.slice();
        union(answer, index.absent);
      }
    }
    let kept = 0;
    for (let place = 0; place < words; place += 1) {
      const word = live[place] ?? 0;
      const left = (standing[word] ?? 0) & (answer[word] ?? 0);
      if (left === 0) continue;
      standing[word] = left;
      live[kept] = word;
      kept += 1;
    }
    words = kept;
    if (words === 0) return 0;
  }
  return words;
}

function concerns({ standing, live }: Search, bound: BitSet, words: number): boolean {
  for (let place = 0; place < words; place += 1) {
    const word = live[place] ?? 0;
    if (((standing[word] ?? 0) & (bound[word] ?? 0)) !== 0) return true;
  }
  return false;
}

/** The alternatives for which one of a path's values will do. */
function answerAt(of: Search, path: number, event: EventBytes, found: Found): BitSet {
  const first = found.first[path] ?? NONE;
  let answer = answerFor(of, path, event, found, first);
  let next = found.next[first] ?? NONE;
  if (next === NONE) return answer;
  answer = answer.slice();
  for (; next !== NONE; next = found.next[next] ?? NONE)
    union(answer, answerFor(of, path, event, found, next));
  return answer;
}

function answerFor(
  of: Search,
  path: number,
  event: EventBytes,
  found: Found,
  value: number,
): BitSet {
  const memoOf = of.memos[path];
  const index = of.rules.indexes[path];
  const start = found.start[value] ?? 0;
  const end = found.end[value] ?? 0;
  if (memoOf === undefined || index === undefined) throw new Error(`there is no path ${path}`);
  const known = recall(memoOf, event.view, start, end);
  if (known !== undefined) return known;
  const answer = answerOf(index, valueAt(event, start, end));
  remember(memoOf, event.view, { start, end, answer });
  return answer;
}

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
    const first = valueAt(event, found.start[value] ?? 0, found.end[value] ?? 0);
    read[value] = first;
    return first;
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
