import { z } from 'zod';
import { defineGuardrail, operation, violates } from '#core';
import { parapet } from './terminal';

const readTags = operation<object, object>()({
  id: 'sqs:ListQueueTags',
  access: 'read',
  iam: ['sqs:ListQueueTags'],
  scope: 'arn:{partition}:sqs:*:{account}:*',
  trail: { source: 'sqs.amazonaws.com', names: ['ListQueueTags'], region: 'own' },
  absentOn: [],
  secret: [],
});
const create = operation<object, object>()({
  id: 'sqs:CreateQueue',
  access: 'write',
  iam: ['sqs:CreateQueue', 'sqs:TagQueue'],
  scope: 'arn:{partition}:sqs:*:{account}:*',
  trail: { source: 'sqs.amazonaws.com', names: ['CreateQueue'], region: 'own' },
  absentOn: [],
  secret: [],
});

const GUARDRAILS = [
  defineGuardrail({
    id: 'sqs.queue-odd',
    version: 3,
    title: 'Odd queue',
    severity: 'medium',
    why: 'Odd queues are lost.',
    limits: ['Even queues.'],
    frameworks: { fsbp: ['SQS.1', 'SQS.2'] },
    disrupts: 'Odd senders.',
    settings: z.strictObject({
      size: z.number().default(3).describe('How odd'),
      word: z.string(),
    }),
    regions: ['us-east-1'],
    triggers: [{ operation: create, failed: 'judged' }],
    reads: [readTags],
    writes: [create],
    resources: () => [],
    // biome-ignore lint/correctness/useYield: there is nothing to read
    *observe() {
      return null;
    },
    judge: () => violates('it is odd'),
  }),
  defineGuardrail({
    id: 'iam.user-plain',
    version: 1,
    title: 'Plain user',
    severity: 'low',
    why: 'Plain.',
    limits: [],
    frameworks: {},
    settings: z.strictObject({}),
    triggers: [],
    reads: [],
    writes: [],
    resources: () => [],
    // biome-ignore lint/correctness/useYield: there is nothing to read
    *observe() {
      return null;
    },
    judge: () => violates('it is plain'),
  }),
];
const world = { guardrails: GUARDRAILS };

test('the list is in order of id', async () => {
  const { code, stdout, stderr } = await parapet(['guardrails', 'list'], world);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`iam.user-plain  low     Plain user
sqs.queue-odd   medium  Odd queue
`);
});

test('the list is data with --json', async () => {
  const { stdout } = await parapet(['guardrails', 'list', '--json'], world);

  expect(JSON.parse(stdout)).toEqual([
    { id: 'iam.user-plain', version: 1, severity: 'low', title: 'Plain user' },
    { id: 'sqs.queue-odd', version: 3, severity: 'medium', title: 'Odd queue' },
  ]);
});

test('all that a guardrail declares is shown', async () => {
  const { code, stdout } = await parapet(['guardrails', 'show', 'sqs.queue-odd'], world);

  expect(code).toBe(0);
  expect(stdout).toBe(`sqs.queue-odd  medium  version 3
Odd queue

Why
  Odd queues are lost.

What stops working when it acts
  Odd senders.

What it does not catch
  Even queues.

What wakes it
  sqs.amazonaws.com: CreateQueue (failed calls too)

Regions it needs
  us-east-1

IAM actions it reads with
  sqs:ListQueueTags

IAM actions it writes with
  sqs:CreateQueue
  sqs:TagQueue

Frameworks
  fsbp: SQS.1, SQS.2

Settings
  size: number = 3  How odd
  word: string, required
`);
});

test('what a guardrail does not declare is left out', async () => {
  const { stdout } = await parapet(['guardrails', 'show', 'iam.user-plain'], world);

  expect(stdout).toBe('iam.user-plain  low  version 1\nPlain user\n\nWhy\n  Plain.\n');
});

test('the same is data with --json', async () => {
  const { stdout } = await parapet(['guardrails', 'show', 'sqs.queue-odd', '--json'], world);

  expect(JSON.parse(stdout)).toMatchObject({
    id: 'sqs.queue-odd',
    triggers: [
      {
        operation: 'sqs:CreateQueue',
        source: 'sqs.amazonaws.com',
        names: ['CreateQueue'],
        failed: 'judged',
      },
    ],
    settings: [
      { name: 'size', type: 'number', default: 3, description: 'How odd' },
      { name: 'word', type: 'string' },
    ],
  });
});

test('an unknown guardrail is told with the one that is meant', async () => {
  expect(await parapet(['guardrails', 'show', 'sqs.queue-old'], world)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: there is no guardrail sqs.queue-old; did you mean sqs.queue-odd?\n',
  });
});
