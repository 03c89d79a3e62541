import { type Sightings, wayOf } from '../../src/aws/prove/hop';

const CALLED = new Date('2026-11-21T10:00:00Z');
const seen = (seconds: number) =>
  ({ state: 'seen', at: new Date(CALLED.getTime() + seconds * 1000) }) as const;

const way = (sightings: Sightings): readonly string[] =>
  wayOf(CALLED, { call: seen(0), ...sightings }).map(
    ({ hop, state, milliseconds }) =>
      `${hop} ${state}${milliseconds === undefined ? '' : ` ${milliseconds}`}`,
  );

test('what lies before a place that saw the call was passed, though the trail is late', () => {
  expect(
    way({
      trail: { state: 'lost' },
      'log group': seen(2),
      responder: seen(3),
      lake: { state: 'not waited for' },
    }),
  ).toEqual([
    'call seen 0',
    'trail passed',
    'rule passed',
    'bus passed',
    'log group seen 2000',
    'responder seen 3000',
    'lake not waited for',
  ]);
});

test('a responder that does not answer is the hop where it was lost, and the lake is another matter', () => {
  expect(
    way({ 'log group': seen(2), responder: { state: 'lost' }, lake: seen(200) }).slice(3),
  ).toEqual(['bus passed', 'log group seen 2000', 'responder lost', 'lake seen 200000']);
});

test('of what comes after the first loss nothing is known', () => {
  expect(
    way({
      ...{ trail: seen(60), rule: { state: 'lost' }, 'log group': { state: 'lost' } },
      ...{ responder: { state: 'lost' }, lake: { state: 'off' } },
    }),
  ).toEqual([
    'call seen 0',
    'trail seen 60000',
    'rule lost',
    'bus unknown',
    'log group unknown',
    'responder unknown',
    'lake off',
  ]);
});

test('a trail that has nothing in time is where it was lost, if nothing else saw it', () => {
  expect(
    way({ trail: { state: 'lost' }, 'log group': { state: 'lost' }, responder: { state: 'off' } }),
  ).toEqual([
    'call seen 0',
    'trail lost',
    'rule unknown',
    'bus unknown',
    'log group unknown',
    'responder off',
    'lake unknown',
  ]);
});
