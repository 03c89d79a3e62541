import { daysOf, type Period } from './period';
import type { TrendRow } from './rows';

const TREND: Readonly<Record<string, keyof Omit<TrendRow, 'day' | 'hasData'>>> = {
  nothing: 'complies',
  repaired: 'repaired',
  waived: 'waived',
  undetermined: 'undetermined',
};

/** A row a day, those without decisions too. */
export function trendOf(
  sums: readonly { readonly day: string; readonly outcome: string; readonly decisions: number }[],
  period: Period,
): readonly TrendRow[] {
  return daysOf(period).map((day) => {
    const own = sums.filter((one) => one.day === day);
    const row = { complies: 0, repaired: 0, waived: 0, undetermined: 0, unrepaired: 0 };
    for (const { outcome, decisions } of own) row[TREND[outcome] ?? 'unrepaired'] += decisions;
    return { day, hasData: own.length > 0, ...row };
  });
}
