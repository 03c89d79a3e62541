import { wellFormed } from '../text';

/** Per UTF-16 unit of an operand, the two forms that match it: lower case and upper case, alone. */
type Folded = readonly (readonly [lower: string, upper: string])[];

/** What event-ruler makes of a text that is to match whatever its case; it is no case folding. */
export const fold = (text: string): Folded =>
  text
    .split('')
    .map((unit) => [wellFormed(unit.toLowerCase()), wellFormed(unit.toUpperCase())] as const);

/** Where the operand ends, read from the beginning of the text; -1 where it does not fit. */
export function foldedPrefix(folded: Folded, text: string): number {
  let at = 0;
  for (const forms of folded) {
    const form = forms.find((candidate) => text.startsWith(candidate, at));
    if (form === undefined) return -1;
    at += form.length;
  }
  return at;
}

export const equalsFolded = (folded: Folded, text: string): boolean =>
  foldedPrefix(folded, text) === text.length;

export function endsWithFolded(folded: Folded, text: string): boolean {
  let at = text.length;
  for (let i = folded.length - 1; i >= 0; i -= 1) {
    const form = folded[i]?.find((candidate) => text.endsWith(candidate, at));
    if (form === undefined) return false;
    at -= form.length;
  }
  return true;
}
