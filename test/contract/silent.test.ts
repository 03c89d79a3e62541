import { type Decision, serviceOf } from '#core';
import { type Handled, handle } from '#engine';
import { guardrails } from '#policies/guardrails/index';
import { deployment } from '../support/deployment';
import { trailEvent } from '../support/event';
import { examplesOf } from '../support/examples';
import { memory } from '../support/memory';
import { ownEvents } from '../support/own-events';
import { worldOf } from '../support/world';

const decisionsIn = (handled: readonly Handled[]): readonly Decision[] =>
  handled.flatMap((one) => (one.kind === 'decided' ? [one.decision] : []));

const repairs = guardrails.flatMap((guardrail) =>
  examplesOf(guardrail.id)
    .filter(({ expect: { verdict, plan } }) => verdict === 'violates' && (plan?.length ?? 0) > 0)
    .map((example) => [`${guardrail.id}: ${example.name}`, guardrail, example] as const),
);

describe.each(repairs)('%s', (_, guardrail, example) => {
  const scene = () => {
    const made = memory({
      guardrails,
      deployment: deployment({ settings: { [guardrail.id]: example.settings ?? {} } }),
    });
    const event = trailEvent(example.event);
    made.accounts.set(event.account, worldOf(serviceOf(guardrail), example, event));
    const give = async (eventID: string) =>
      decisionsIn(
        await handle(trailEvent({ ...example.event, eventID }), made.engine, { isLastTry: true }),
      ).filter((decision) => decision.guardrail.id === guardrail.id);
    return { made, give };
  };

  test('is repaired by its plan', async () => {
    const [decision] = await scene().give('one');

    expect(decision).toMatchObject({ outcome: 'repaired' });
    expect(decision?.made.length).toBeGreaterThan(0);
  });

  test('then complies, and nothing more is planned or written', async () => {
    const { made, give } = scene();
    await give('one');
    const writes = made.writes();

    const [again] = await give('two');

    expect(again).toMatchObject({
      verdict: { verdict: 'complies' },
      outcome: 'nothing',
      planned: [],
    });
    expect(made.writes()).toBe(writes);
  });

  test('and the repair’s own events lead to no write, and to no decision of its own', async () => {
    const { made, give } = scene();
    const [decision] = await give('one');
    const writes = made.writes();
    if (!decision) throw new Error('nothing was decided');

    for (const event of ownEvents(decision)) {
      const decided = decisionsIn(await handle(event, made.engine, { isLastTry: true }));
      expect(decided.filter((one) => one.guardrail.id === guardrail.id)).toEqual([]);
      for (const other of decided) expect(other.verdict.verdict).toBe('complies');
    }
    expect(made.writes()).toBe(writes);
  });
});

test('every guardrail that plans a repair shows one', () => {
  const shown = new Set(repairs.map(([, { id }]) => id));

  expect(guardrails.filter(({ writes }) => writes.length > 0).map(({ id }) => id)).toEqual([
    ...shown,
  ]);
});
