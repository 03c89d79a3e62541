import { UserError } from '#core';

/** The `index`th of `of` shares of the member stacks, from 1. The first has all other stacks. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * Parses `PARAPET_SHARD`, e.g. `2/4`.
 * @throws UserError where it is no such share.
 */
export function parseShard(text: string): Shard {
  const [, index, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (!(shard.index <= shard.of))
    throw new UserError(`PARAPET_SHARD is ${text}: write the share and their number, such as 2/4`);
  return shard;
}

/** Every `of`th thing, so that shares of one list are disjoint and together the whole. */
export const shareOf = <T>(things: readonly T[], { index, of }: Shard): readonly T[] =>
  things.filter((_, position) => position % of === index - 1);
