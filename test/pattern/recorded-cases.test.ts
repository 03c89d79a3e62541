import { compile, type Pattern, PatternError, parsePattern } from '#pattern';
import { complexity } from '#pattern/complexity';
import { comparable } from '#pattern/kinds/number';
import { textTokens } from '#pattern/tokens';
import { matches, matchesValue } from '../support/matches';
import {
  byKind,
  type CaseFile,
  carriedCases,
  type RecordedCase,
  recordedCases,
} from './recorded-cases';

const SHOWN = 5;

const files = recordedCases();

test.each([
  ...['exactly', 'prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'anything-but', 'numeric'],
  ...['exists', 'cidr', '$or'],
])('the carried cases hold a match and a mismatch with %s', (operator) => {
  const answers = carriedCases()
    .cases.filter(({ pattern }) => pattern.includes(`"${operator}"`))
    .map(({ match }) => match);

  expect(answers).toEqual(expect.arrayContaining([true, false]));
});

test('the carried cases hold every error of the recorded ones', () => {
  const carried = new Set(carriedCases().cases.map(({ error }) => kindOfError(error)));
  const missing = files
    .flatMap(({ cases }) => cases)
    .filter(({ lexical }) => !lexical)
    .map(({ error }) => kindOfError(error))
    .filter((error) => !carried.has(error));

  expect(new Set(missing)).toEqual(new Set());
});

describe.each(files)('the cases of $name', (file: CaseFile) => {
  test.each([...byKind(file)])('%s: the answers and errors are those recorded', (_kind, cases) => {
    expect(failures(cases, answer, expected)).toEqual([]);
  });

  test.each([...byKind(file)])(
    '%s: the answers for parsed events are those recorded',
    (_, cases) => {
      const asked = cases.filter((one) => one.match !== undefined && survivesParsing(one));

      expect(failures(asked, answerForValue, ({ nodeMatch, match }) => nodeMatch ?? match)).toEqual(
        [],
      );
    },
  );

  test.each([40, 400])(
    'rules that are compiled together, %i at a time, do not heed each other',
    (size) => {
      const asked = file.cases.filter(
        ({ match, error }) => match !== undefined && error === undefined,
      );
      const together = asked.map((_, index) => {
        if (index % size > 0) return undefined;
        const some = asked.slice(index, index + size);
        return compile(some.map(({ pattern }, place) => ({ name: String(place), pattern })));
      });
      const answers = new Map(
        asked.map((one, index) => {
          const place = index % size;
          const names = together[index - place]?.match(one.event ?? '');
          return [one, names?.includes(String(place))];
        }),
      );

      expect(
        failures(
          asked,
          (one) => answers.get(one),
          ({ match }) => match,
        ),
      ).toEqual([]);
    },
  );

  test('the complexity of wildcards is what event-ruler counts', () => {
    const counted = file.cases.filter((one) => one.complexity !== undefined && !one.error);

    expect(failures(counted, complexityOf, (one) => one.complexity)).toEqual([]);
  });
});

type Answer = boolean | string | number | undefined;

function failures(
  cases: readonly RecordedCase[],
  answerTo: (one: RecordedCase) => Answer,
  expectedOf: (one: RecordedCase) => Answer,
): readonly object[] {
  return cases
    .map((one) => ({ ...one, expected: expectedOf(one), got: answerTo(one) }))
    .filter(({ expected, got }) => expected !== got)
    .map(({ pattern, event, expected, got }) => ({ pattern, event, expected, got }))
    .slice(0, SHOWN);
}

function expected({ match, error, errorRaw, lexical }: RecordedCase): Answer {
  if (lexical) return 'no JSON';
  if (error === undefined) return match ?? 'compiles';
  const [, line, column] = /line: (\d+), column: (\d+)/.exec(errorRaw ?? '') ?? [];
  return told(error, line, column);
}

const told = (message: string, line?: number | string, column?: number | string): string =>
  line === undefined ? message : `${message} at ${line}:${column}`;

function answer({ pattern, event, lexical }: RecordedCase): Answer {
  const compiled = parsed(pattern);
  if (compiled instanceof PatternError)
    return lexical ? 'no JSON' : told(compiled.message, compiled.line, compiled.column);
  if (event === undefined) return 'compiles';
  const answers = [matches(compiled, event), matches(compiled, Buffer.from(event))];
  return answers[0] === answers[1] ? answers[0] : 'text and bytes differ';
}

const answerForValue = ({ pattern, event = '' }: RecordedCase): Answer =>
  matchesValue(pattern, JSON.parse(event));

function parsed(pattern: string): Pattern | PatternError {
  try {
    return parsePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
}

function complexityOf({ pattern }: RecordedCase): number {
  const leaves = parsePattern(pattern).alternatives.flatMap((one) => [...one.values()]);
  return Math.max(...leaves.map(({ globs }) => complexity(globs, 100)));
}

/** JavaScript keeps a number's value only if that is comparable, and never how it was written. */
function survivesParsing({ pattern, event = '' }: RecordedCase): boolean {
  const tokens = textTokens(event, (reason) => new Error(reason));
  for (let depth = 0, token = tokens.next(); ; token = tokens.next()) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (token === 'number') {
      if (comparable(tokens.text()) === undefined) return false;
      if (pattern.includes('"cidr"') && String(Number(tokens.text())) !== tokens.text())
        return false;
    }
    if (depth === 0) return true;
  }
}

/** An error's message without what it quotes from the pattern. */
const kindOfError = (error = ''): string =>
  error
    .replace(/^"(.*)" must be/, '"" must be')
    .replace(/^\S+ is Ruler/, 'is Ruler')
    .replace(/^(Unrecognized match type) .*/, '$1')
    .replace(
      /^((?:Cannot|Unsupported|Nonstandard|Invalid|Unrecognized|Bad) .*?)(?: at pos|\s*: ).*/,
      '$1',
    )
    .replace(/\d+$/, '');
