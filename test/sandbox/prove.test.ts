import { accountOf } from '#sandbox/drive';
import { parapet } from './command';
import { worldIn } from './world';

const { sandbox } = worldIn();
const shopId = accountOf(sandbox, 'shop-prod');

interface Hop {
  readonly hop: string;
  readonly state: string;
  readonly milliseconds?: number;
}

test('a harmless call is followed from the trail to the lake, each hop with its time', async () => {
  const { code, stdout, stderr } = await parapet(sandbox, sandbox.management, [
    ...['prove', shopId, '--region', 'eu-west-1', '--lake', '--json'],
  ]);

  expect([code, stderr]).toEqual([0, expect.stringContaining('eu-west-1')]);
  const { hops, left } = JSON.parse(stdout) as { readonly hops: readonly Hop[]; left?: string };
  expect(hops.map(({ hop, state }) => [hop, state])).toEqual([
    ['call', 'seen'],
    ['trail', expect.stringMatching(/^(seen|passed)$/)],
    ['rule', 'passed'],
    ['bus', 'passed'],
    ['log group', 'seen'],
    ['responder', 'seen'],
    ['lake', 'seen'],
  ]);
  for (const { hop, state, milliseconds } of hops)
    if (state === 'seen') expect([hop, milliseconds]).toEqual([hop, expect.any(Number)]);
  expect(left).toBeUndefined();
  process.stderr.write(
    `    ${hops.map(({ hop, state, milliseconds }) => `${hop} ${milliseconds === undefined ? state : `${milliseconds} ms`}`).join(', ')}\n`,
  );
}, 600_000);
