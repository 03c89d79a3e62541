const LONE_SURROGATE = /\p{Surrogate}/gu;

/** A text as Java sends it through UTF-8: half a surrogate pair becomes a question mark. */
export const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, '?');

/** A string as event-ruler compares it: in quotes, without escapes. Nothing else begins with one. */
export const quoted = (text: string): string => `"${wellFormed(text)}"`;

export const isQuoted = (text: string): boolean => text.charCodeAt(0) === 0x22;
