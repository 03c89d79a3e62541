import type { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { askDirectory } from '#aws/directory';

const answering = (answer: () => object) =>
  ({ send: async (_: GetCommand) => answer() }) as unknown as DynamoDBDocumentClient;

it('knows name, OU path and owner', async () => {
  const entry = { account: '1', name: 'orders', ouPath: '/Workloads', owner: 'team' };

  expect(
    await askDirectory(
      answering(() => ({ Item: entry })),
      't',
      '1',
    ),
  ).toEqual({
    ...{ kind: 'known', name: 'orders', ouPath: '/Workloads', owner: 'team' },
  });
});

it.each([[{}], [{ Item: {} }], [{ Item: { name: 7, ouPath: '/' } }]])(
  'does not know the account where it answers %j',
  async (answer) => {
    expect(
      await askDirectory(
        answering(() => answer),
        't',
        '1',
      ),
    ).toEqual({ kind: 'unknown' });
  },
);

it('says so where it does not answer, and fails nobody', async () => {
  const broken = answering(() => {
    throw new Error('ProvisionedThroughputExceeded');
  });

  expect(await askDirectory(broken, 't', '1')).toEqual({ kind: 'unasked' });
});
