/** The literal pieces between the stars of a wildcard; one piece means there is no star. */
export type Glob = readonly string[];

/**
 * Reads a wildcard: `*` is any run of characters, `\*` and `\\` are the only escapes.
 * @returns the pieces, or what is wrong with it, in event-ruler's words
 */
export function parseGlob(text: string): Glob | string {
  const pieces: string[] = [];
  let piece = '';
  let offset = 0;
  for (let i = 0; i < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
    const following = text[i + character.length];
    if (character === '*') {
      if (following === '*') return `Consecutive wildcard characters at pos ${offset}`;
      pieces.push(piece);
      piece = '';
    } else if (character !== '\\') {
      piece += character;
    } else {
      if (following !== '*' && following !== '\\')
        return `Invalid escape character at pos ${offset}`;
      piece += following;
      i += 1;
      offset += 1;
    }
    i += character.length;
    // event-ruler counts the bytes of UTF-8.
    offset += Buffer.byteLength(character);
  }
  return [...pieces, piece];
}

/** Each piece where it fits first: with nothing but stars between them, no other choice is better. */
export function matchesGlob(glob: Glob, text: string): boolean {
  const first = glob[0] ?? '';
  const last = glob.at(-1) ?? '';
  if (glob.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const piece of glob.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= end;
}
