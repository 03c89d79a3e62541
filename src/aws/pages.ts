import { type Answer, type Call, isObject, type Pages } from '#core';

/** A listing longer than this is refused rather than judged by its beginning. */
export const MOST_PAGES = 20;

/**
 * Reads a listing to its end and answers as if it had come in one page. A page that is not found
 * ends it with that answer; so does a listing that goes on after `MOST_PAGES`, as refused: what
 * was not read is never taken for complying.
 */
export async function allPages(
  call: Call<'read'>,
  pages: Pages | undefined,
  read: (page: Call<'read'>) => Promise<Answer>,
): Promise<Answer> {
  if (pages === undefined) return read(call);
  const listed: unknown[] = [];
  let input = call.input;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await read({ ...call, input });
    if (answer.kind !== 'found') return answer;
    const output = isObject(answer.value) ? answer.value : {};
    const list = output[pages.list];
    if (Array.isArray(list)) listed.push(...list);
    const next = output[pages.next];
    if (typeof next !== 'string' || next === '')
      return { kind: 'found', value: { ...output, [pages.list]: listed } };
    input = { ...(isObject(call.input) ? call.input : {}), [pages.from]: next };
  }
  return { kind: 'refused', why: 'malformed', code: 'TooManyPages' };
}
