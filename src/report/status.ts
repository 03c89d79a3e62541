import type { Standing, Status } from './standings';

/** From the one that needs most attention to the one that needs least. */
const STRICTNESS: readonly Status[] = [
  'failing',
  'undetermined',
  'waived',
  'passing',
  'no-activity',
  'not-assessed',
];

/** What a standing comes to. No decision is 'no activity', never 'passing'. */
export function statusOf(standing: Standing): Status {
  if (standing.open > 0) return 'failing';
  if (standing.undetermined > 0) return 'undetermined';
  if (standing.waived > 0) return 'waived';
  return standing.decisions > 0 ? 'passing' : 'no-activity';
}

/** The strictest of several; of none 'not assessed'. */
export const strictest = (statuses: readonly Status[]): Status =>
  STRICTNESS.find((status) => statuses.includes(status)) ?? 'not-assessed';
