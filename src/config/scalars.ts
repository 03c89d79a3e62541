import { z } from 'zod';
import { REGIONS, regionRemedy } from './regions';

/**
 * Zod's message here says only what would be right; what is wrong is told from the value itself
 * (see shape.ts).
 */
export const text = (pattern: RegExp, right: string) =>
  z.string({ error: right }).regex(pattern, right);

export const accountId = text(
  /^\d{12}$/,
  "write a twelve-digit account id in quotes, e.g. '111111111111'",
);
export const regionName = z.enum(REGIONS, { error: ({ input }) => regionRemedy(input) });
export const ouPath = text(
  /^\/$|^(\/[^/]+)+$/,
  'write an OU path from the root, e.g. /Workloads/Prod; the root itself is /',
);

/** What would be right where a mapping is wanted. */
export const map = 'write a mapping of keys to values';
