import { compile, type Matcher } from '#pattern';
import { HOSTILE, nanosecondsPerByte } from './pattern-hostile';
import { type Pass, startRuler } from './pattern-ruler';
import { type Workload, workload } from './pattern-workload';

const CELLS = ['selective', 'hit-heavy'].flatMap((set) =>
  [1, 10, 100, 1_000].map((count) => ({ set, count })),
);
const WARM_UPS = 3;
const ROUNDS = 11;
const GOAL = { mean: 3, least: 1.8 };

interface Cell {
  readonly set: string;
  readonly count: number;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const geometricMean = (numbers: readonly number[]): number =>
  Math.exp(numbers.reduce((sum, one) => sum + Math.log(one), 0) / numbers.length);

const rules = (patterns: readonly string[]) =>
  patterns.map((pattern, index) => ({ name: `r${index}`, pattern }));

function passOf(matcher: Matcher, events: readonly Uint8Array[]): Pass {
  const before = process.cpuUsage();
  const start = performance.now();
  let hits = 0;
  for (const event of events) hits += matcher.match(event).length;
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, onProcessor: (user + system) / 1e6, hits };
}

/** Alternates passes of both engines; a round's ratio is that of neighbours. */
async function compare(
  { set, count }: Cell,
  given: Workload,
  ruler: ReturnType<typeof startRuler>,
) {
  const matcher = compile(rules(given.patterns(set, count)));
  const rounds: { ours: Pass; theirs: Pass }[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const theirs = await ruler.pass(set, count);
    rounds.push({ ours: passOf(matcher, given.events), theirs });
  }
  const measured = rounds.slice(WARM_UPS);
  const differs = rounds.find(({ ours, theirs }) => ours.hits !== theirs.hits);
  if (differs !== undefined)
    throw new Error(
      `${set} ${count}: ${differs.ours.hits} hits, event-ruler ${differs.theirs.hits}`,
    );
  const ratios = (of: 'seconds' | 'onProcessor') =>
    measured.map(({ ours, theirs }) => theirs[of] / ours[of]);
  const speed = (of: 'ours' | 'theirs') =>
    given.events.length / median(measured.map((one) => one[of].seconds));
  return {
    ...{ set, count, hits: measured[0]?.ours.hits },
    ...{ ours: speed('ours'), theirs: speed('theirs') },
    ...{ ratios: ratios('seconds'), ratiosOnProcessor: ratios('onProcessor') },
  };
}

const times = (ratio: number): string => `${ratio.toFixed(2)}x`;
const thousands = (perSecond: number): string => `${(perSecond / 1_000).toFixed(0)}k`;

async function againstRuler(given: Workload): Promise<void> {
  const ruler = startRuler(given.folder);
  const rows: Awaited<ReturnType<typeof compare>>[] = [];
  for (const cell of CELLS) rows.push(await compare(cell, given, ruler));
  ruler.stop();
  console.table(
    rows.map(({ set, count, hits, ours, theirs, ratios, ratiosOnProcessor }) => ({
      ...{ set, patterns: count, hits },
      ...{ 'events/s': thousands(ours), "event-ruler's": thousands(theirs) },
      ratio: times(median(ratios)),
      min: times(Math.min(...ratios)),
      max: times(Math.max(...ratios)),
      'by processor time': times(median(ratiosOnProcessor)),
    })),
  );
  const medians = rows.map(({ ratios }) => median(ratios));
  const onProcessor = geometricMean(rows.map((row) => median(row.ratiosOnProcessor)));
  const mean = geometricMean(medians);
  const isMet = mean >= GOAL.mean && Math.min(...medians) >= GOAL.least;
  if (!isMet) process.exitCode = 1;
  process.stdout.write(
    `geometric mean ${times(mean)} (by processor time ${times(onProcessor)}), least ${times(Math.min(...medians))}; ` +
      `wanted ${times(GOAL.mean)} and ${times(GOAL.least)}: ${isMet ? 'met' : 'not met'}\n\n`,
  );
}

/** Ten thousand rules: each selective one for ten accounts. */
function manyRules(given: Workload): void {
  const patterns = given.patterns('selective', 1_000).flatMap((text) =>
    Array.from({ length: 10 }, (_, account) => {
      const { detail, ...rest } = JSON.parse(text);
      return JSON.stringify({ ...rest, detail: { ...detail, recipientAccountId: [`${account}`] } });
    }),
  );
  global.gc?.();
  const before = process.memoryUsage();
  const start = process.cpuUsage();
  const matcher = compile(rules(patterns));
  const compiled = process.cpuUsage(start);
  passOf(matcher, given.events);
  const { onProcessor } = passOf(matcher, given.events);
  global.gc?.();
  const after = process.memoryUsage();
  const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  console.table([
    {
      rules: patterns.length,
      'compiled in, s': ((compiled.user + compiled.system) / 1e6).toFixed(2),
      'memory, MB': global.gc === undefined ? 'needs --expose-gc' : (used / 1e6).toFixed(0),
      'events/s': thousands(given.events.length / onProcessor),
    },
  ]);
  // It is part of what is measured as long as it can still be used.
  matcher.match('{}');
}

/** One event of a megabyte: what a thousand events say, in one. */
function longEvents(given: Workload): void {
  const matcher = compile(rules(given.patterns('hit-heavy', 100)));
  const { detail, ...rest } = JSON.parse(Buffer.from(given.events[0] ?? []).toString());
  const details = given.events
    .slice(0, 540)
    .map((event) => JSON.parse(Buffer.from(event).toString()));
  const event = Buffer.from(JSON.stringify({ ...rest, detail: { ...detail, details } }));
  const passes = Array.from({ length: 20 }, () => passOf(matcher, [event]).onProcessor);
  const best = Math.min(...passes);
  console.table([
    {
      'event, bytes': event.length,
      'milliseconds of processor': (best * 1_000).toFixed(2),
      'MB/s': (event.length / best / 1e6).toFixed(0),
    },
  ]);
}

function hostileEvents(): void {
  const sizes = [131_072, 262_144, 524_288, 1_048_576];
  console.table(
    HOSTILE.map((one) => ({
      'nanoseconds per byte of': one.name,
      ...Object.fromEntries(
        sizes.map((bytes) => [`${bytes / 1_024} KB`, nanosecondsPerByte(one, bytes).toFixed(1)]),
      ),
    })),
  );
}

async function main(folder: string | undefined): Promise<void> {
  const given = workload(folder);
  await againstRuler(given);
  manyRules(given);
  longEvents(given);
  hostileEvents();
}

void main(process.argv[2]);
