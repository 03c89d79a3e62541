import type { Counts, Replayed } from '#replay';
import { counted, table } from '../output';

/** Rows and files that are listed at most; --json has them all. */
const MOST = 40;

/** What a replay found, for people. */
export function replayedText(replayed: Replayed): string {
  const { read, woke, rows } = replayed;
  const whole = counted(read.files - replayed.broken.length, 'file');
  return [
    `${counted(read.events, 'event')} in ${whole}: ${woke} woke a guardrail.`,
    table([
      ['guardrail', ...HEADS, 'accounts', 'Regions', 'days', 'most calls by'],
      ...replayed.totals.map((total) => [
        ...[total.guardrail, ...cells(total), `${total.accounts}`, `${total.regions}`],
        ...[`${total.days}`, most(total)],
      ]),
    ]),
    rows.length > 0 &&
      [
        table([
          ['guardrail', 'day', 'account', 'Region', ...HEADS, 'most calls by'],
          ...rows
            .slice(0, MOST)
            .map((row) => [
              ...[row.guardrail, row.day, row.account, row.region],
              ...[...cells(row), most(row)],
            ]),
        ]),
        ...more(rows, 'row'),
      ].join('\n'),
    leftOut(replayed).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const HEADS = ['wakes', 'violates', 'complies', 'state not known', 'failed'];

const cells = (counts: Counts): readonly string[] =>
  [counts.wakes, counts.violates, counts.complies, counts.stateNotKnown, counts.failed].map(String);

const most = ({ principals: [first] }: Counts): string =>
  first === undefined ? '' : `${printable(first.principal)} (${first.calls})`;

const more = (all: readonly unknown[], noun: string): readonly string[] =>
  all.length > MOST ? [`and ${counted(all.length - MOST, `more ${noun}`)}; see --json`] : [];

function leftOut({ read, calls, unjudgeable, broken }: Replayed): readonly string[] {
  const counts = [
    [calls.repeated, 'call', 'that came before, counted once'],
    [calls.outOfScope, 'call', 'that was not asked for'],
    [calls.notGoverned, 'call', 'in an account or Region that is not governed'],
    [calls.wokeNothing, 'call', 'that no rule forwards or that concerns no resource'],
    [read.skipped, 'entry', 'of folders not opened'],
  ] as const;
  return [
    ...counts.flatMap(([count, noun, what]) => (count === 0 ? [] : [`${noun} ${what}: ${count}`])),
    ...unjudgeable
      .slice(0, MOST)
      .map(
        ({ reason, calls, file }) =>
          `call that a responder rejects: ${calls}, as in ${printable(file)}: ${reason}`,
      ),
    ...more(unjudgeable, 'reason'),
    ...broken
      .slice(0, MOST)
      .map(({ file, reason }) => `passed over: ${printable(file)}: ${reason}`),
    ...more(broken, 'file'),
  ];
}

/** Whoever makes a call chooses names in its event: none of them may steer a terminal. */
const printable = (text: string): string =>
  text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 200);
