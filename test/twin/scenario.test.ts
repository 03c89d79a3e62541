import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '#core';
import { readScenario, runScenario } from '#twin';
import { exampleStacks, REGION } from '../support/twin';

let stacks: ReturnType<typeof exampleStacks>;
let folder: string;
beforeAll(() => {
  stacks = exampleStacks();
  folder = mkdtempSync(path.join(tmpdir(), 'parapet-scenario-'));
});
afterAll(() => {
  stacks.remove();
  rmSync(folder, { recursive: true });
});

/** Reads a scenario of one or more steps, written as YAML. */
function scenario(...steps: readonly string[]) {
  const file = path.join(folder, 'scenario.yaml');
  writeFileSync(file, `title: x\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`);
  return readScenario(file, {
    organization: 'o-exampleorg1',
    accounts: new Map([['shop-prod', '444444444444']]),
  });
}
const run = (...steps: readonly string[]) => runScenario(scenario(...steps), stacks.twin());
const create = (more = '') =>
  `{ name: q, in: shop-prod, region: ${REGION}, call: 'sqs:CreateQueue', input: { QueueName: orders }${more} }`;

test('what is expected and does not happen is told, and what happens unexpected too', async () => {
  const [one, other] = await run(
    create(', expect: [{ guardrail: sqs.queue-untagged, verdict: violates, outcome: shadowed }]'),
    `{ name: b, in: shop-prod, region: ${REGION}, call: 's3:PutBucketAcl', input: { Bucket: none }, stopped: no rule }`,
  );

  expect(one?.unmet).toEqual([
    'expected sqs.queue-untagged violates, shadowed, planned [], made []',
    'not expected: sqs.queue-untagged violates, repaired, planned [sqs:TagQueue], made [sqs:TagQueue]',
  ]);
  expect(other?.stopped).toMatch(/^no rule .* matches the failed PutBucketAcl \(NoSuchBucket\)$/);
  expect(other?.unmet).toEqual([]);
});

test('placeholders stand for accounts and the organization', () => {
  const { steps } = scenario(
    "{ name: x, in: shop-prod, region: r, record: { a: '${account:shop-prod}', b: '${organization}' } }",
  );

  expect(steps[0]).toMatchObject({ record: { a: '444444444444', b: 'o-exampleorg1' } });
});

test.each([
  ['{ name: x, in: shop-prod, region: r }', /scenario\.yaml: steps\.0/],
  [
    "{ name: x, in: shop-prod, region: r, call: 'sqs:CreateQueue', wrong: 1 }",
    /scenario\.yaml: steps\.0/,
  ],
  ["{ name: x, in: '${account:nobody}', region: r, again: z }", /no account is named nobody/],
])('the wrong step %s is told with its place', (step, message) => {
  expect(() => scenario(step)).toThrow(UserError);
  expect(() => scenario(step)).toThrow(message);
});

test.each([
  ['{ name: x, in: nobody, region: r, again: z }', 'no account is named nobody'],
  ['{ name: x, in: shop-prod, region: r, again: z }', 'no earlier step has the id z'],
  [
    "{ name: x, in: shop-prod, region: r, call: 'sqs:PurgeQueue' }",
    'the twin does not know what sqs:PurgeQueue does',
  ],
  [
    "{ name: x, in: shop-prod, region: r, call: 'iam:DeleteRolePolicy', input: { RoleName: a, PolicyName: b } }",
    'arn:aws:iam::444444444444:role/a has no policy b',
  ],
])('the impossible step %s is the user’s mistake', async (step, message) => {
  await expect(run(step)).rejects.toThrow(new UserError(message));
});
