import { at, isObject, type Json, textAt } from '#core';

/** What the directory says of an account. */
export type DirectoryAnswer =
  | {
      readonly kind: 'known';
      readonly name: string;
      readonly ouPath: string;
      readonly owner?: string;
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unasked' };

/** A decision as people are told of it. Every text fits into a template: see `plainText`. */
export interface Notice {
  readonly decision: string;
  readonly headline: string;
  readonly account: string;
  readonly name: string;
  readonly ouPath: string;
  readonly owner: string;
  readonly resource: string;
  /** What is wrong, as a sentence. */
  readonly reason: string;
  /** What was done about it, as a sentence. */
  readonly done: string;
}

/** What is known of the guardrails, by id. */
export type GuardrailTitles = ReadonlyMap<
  string,
  { readonly title: string; readonly severity: string }
>;

/**
 * The decision in what a pipe hands over, which is a queue's message, or in what a state machine
 * hands over, which is the decision itself. Undefined where there is none.
 */
export function decisionIn(handed: Json | undefined): Json | undefined {
  const body = textAt(handed, 'body');
  if (body === undefined) return isObject(handed) ? handed : undefined;
  try {
    return at(JSON.parse(body), 'detail');
  } catch {
    return undefined;
  }
}

export const accountOf = (decision: Json | undefined): string => textAt(decision, 'account') ?? '';

/** The notice of a decision; one that is unreadable makes a notice that says so. */
export function noticeOf(
  decision: Json | undefined,
  { directory, titles }: { readonly directory: DirectoryAnswer; readonly titles: GuardrailTitles },
): Notice {
  const text = (key: string): string => plainText(textAt(decision, key) ?? 'unknown');
  const guardrail = textAt(decision, 'guardrail') ?? '';
  const facts = titles.get(guardrail);
  const what = facts ? `${facts.title} (${guardrail}, ${facts.severity})` : text('guardrail');
  return {
    decision: text('id'),
    headline: plainText(
      decision === undefined
        ? 'Parapet decided something that cannot be read here; look into the decision table.'
        : `${verdictWord(textAt(decision, 'verdict'))}: ${what}.`,
    ),
    account: text('account'),
    ...placeOf(decision, directory),
    resource: text('resource'),
    reason: sentence(text('reason')),
    done: doneAbout(textAt(decision, 'outcome') ?? '', text('mode'), textAt(decision, 'because')),
  };
}

const verdictWord = (verdict: string | undefined): string =>
  verdict === 'violates' ? 'Violation' : verdict === 'undetermined' ? 'Not judged' : 'Judged';

function placeOf(
  decision: Json | undefined,
  directory: DirectoryAnswer,
): Pick<Notice, 'name' | 'ouPath' | 'owner'> {
  // The responder knew the OU path when it decided; it stands where the directory does not answer.
  const decided = plainText(textAt(decision, 'ouPath') ?? 'unknown');
  switch (directory.kind) {
    case 'known':
      return {
        name: plainText(directory.name),
        ouPath: plainText(directory.ouPath),
        owner: plainText(directory.owner ?? 'nobody is named'),
      };
    case 'unknown':
      return { name: 'not in the directory', ouPath: decided, owner: 'unknown' };
    case 'unasked':
      return { name: 'the directory does not answer', ouPath: decided, owner: 'unknown' };
  }
}

const DONE: Readonly<Record<string, string>> = {
  observed: 'Nothing was changed',
  shadowed: 'Nothing was changed',
  repaired: 'It was repaired',
  partly: 'It was repaired in part only',
  failed: 'The repair failed',
  held: 'The repair was held back',
  waived: 'It is waived',
  undetermined: 'Nothing was changed, as the state could not be told',
};

function doneAbout(outcome: string, mode: string, because: string | undefined): string {
  const done = Object.hasOwn(DONE, outcome)
    ? `${DONE[outcome]}`
    : `The outcome is ${plainText(outcome)}, the mode ${mode}`;
  return sentence(because === undefined ? done : `${done}: ${plainText(because)}`);
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

const LONGEST = 400;

/**
 * A text that somebody else may have chosen, fit for one line and for a template: without control
 * characters, quotes, backslashes and angle brackets, and not too long.
 */
export function plainText(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/["\\<>]/g, "'")
    .trim();
  const points = [...plain];
  return points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('')}…` : plain;
}
