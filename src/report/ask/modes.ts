import type { Ask } from '../read/database';
import { count, text } from './values';

/** By guardrail and mode: the accounts whose latest decision of the guardrail was in that mode. */
export async function modesInForce(ask: Ask) {
  const rows = await ask(`SELECT guardrail, mode, count(*) AS accounts FROM (
      SELECT account, guardrail, mode,
        row_number() OVER (PARTITION BY account, guardrail ORDER BY last DESC, mode) AS nth
      FROM counted
    ) WHERE nth = 1 GROUP BY guardrail, mode ORDER BY guardrail, mode`);
  return rows.map((row) => ({
    guardrail: text(row.guardrail),
    mode: text(row.mode) || 'unknown',
    accounts: count(row.accounts),
  }));
}
