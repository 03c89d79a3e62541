import {
  type Call,
  complies,
  defineGuardrail,
  type Json,
  look,
  noSettings,
  operation,
  type Resource,
  violates,
  whenSucceeded,
} from '#core';
import { bodyOf, handle, type Ports } from '#engine';
import { blanked } from '../../src/engine/secrets';
import { trailEvent } from '../support/event';
import { memory } from '../support/memory';

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

describe('blanking', () => {
  test.each<readonly [string, Json, readonly string[], Json]>([
    ['a value', { a: 1, b: 2 }, ['a'], { a: HIDDEN, b: 2 }],
    [
      'a value deep down',
      { a: { b: { c: 'x', d: 'y' } } },
      ['a.b.c'],
      { a: { b: { c: HIDDEN, d: 'y' } } },
    ],
    ['a whole object', { a: { b: 'x' } }, ['a'], { a: HIDDEN }],
    [
      'each of a list',
      { a: [{ b: 'x' }, { b: 'y', c: 1 }] },
      ['a.b'],
      { a: [{ b: HIDDEN }, { b: HIDDEN, c: 1 }] },
    ],
    ['several', { a: 'x', b: 'y' }, ['a', 'b'], { a: HIDDEN, b: HIDDEN }],
    ['nothing that is not there', { a: 1 }, ['b', 'a.b', 'constructor'], { a: 1 }],
    ['nothing of no object', null, ['a'], null],
  ])('%s', (_, value, paths, left) => {
    expect(blanked(value, paths)).toEqual(left);
  });
});

const facts = {
  sdk: { client: 'X', command: 'X' },
  iam: ['x:Y'],
  scope: '',
  trail: { source: 'vault.amazonaws.com', names: ['PutSecret'], region: 'own' as const },
  absentOn: [],
};
const get = operation<Json, { Value: string; Name: string }>()({
  ...facts,
  id: 'vault:Get',
  access: 'read',
  secret: ['Value'],
});
const put = operation<Json, unknown>()({
  ...facts,
  id: 'vault:Put',
  access: 'write',
  secret: ['Value', 'Old.Value'],
});
const vault: Resource = {
  type: 'AWS::Vault::Secret',
  arn: 'arn:aws:vault:eu-west-1:444444444444:secret/x',
  account: '444444444444',
  region: 'eu-west-1',
};

/** Judges and repairs by the secret itself; what is kept must not have it. */
const guardrail = defineGuardrail({
  id: 'vault.weak',
  version: 1,
  settings: noSettings,
  triggers: whenSucceeded(put),
  reads: [get],
  writes: [put],
  remembers: true,
  resources: () => [vault],
  *observe() {
    const found = yield* look(get(vault, { Name: 'x' }));
    return { name: found?.Name, value: found?.Value };
  },
  judge: ({ state }) =>
    state.value === 'strong' ? complies('it is strong') : violates('it is weak'),
  plan: () => [put(vault, { Name: 'x', Value: 'strong' })],
  title: '',
  severity: 'low',
  why: '',
  limits: [],
  frameworks: {},
});

test('what an operation names secret is used, but never kept nor recorded nor remembered', async () => {
  let value = 'weak-secret';
  const written: Json[] = [];
  const remembered: Json[] = [];
  const ports: Partial<Ports> = {
    look: async () => ({ kind: 'found', value: { Name: 'x', Value: value } }),
    async *act(plan: readonly Call<'write'>[]) {
      for (const call of plan) {
        written.push(call.input);
        value = 'strong';
        const answer = {
          kind: 'found',
          value: { Old: { Value: 'weak-secret' }, Version: 2 },
        } as const;
        yield { call, requestId: '', answer, at: '' };
      }
    },
    remember: async (_, __, state) => {
      remembered.push(state);
    },
  };
  const made = memory({ guardrails: [guardrail], ports });
  const event = (eventID: string) =>
    trailEvent({ eventSource: 'vault.amazonaws.com', eventName: 'PutSecret', eventID });

  await handle(event('one'), made.engine, { isLastTry: true });
  await handle(event('two'), made.engine, { isLastTry: true });

  expect(written).toEqual([{ Name: 'x', Value: 'strong' }]);
  expect(made.decisions.map(({ outcome }) => outcome)).toEqual(['repaired', 'nothing']);
  expect(made.decisions[0]).toMatchObject({
    before: { name: 'x', value: HIDDEN },
    after: { name: 'x', value: HIDDEN },
    planned: [{ input: { Name: 'x', Value: HIDDEN } }],
    made: [{ answer: { value: { Old: { Value: HIDDEN }, Version: 2 } } }],
  });
  expect(remembered).toEqual([{ name: 'x', value: HIDDEN }]);
  const kept = JSON.stringify([made.kept.map(bodyOf), made.decisions.map(bodyOf)]);
  expect(kept).not.toMatch(/weak-secret|"strong"/);
});
