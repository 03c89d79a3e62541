import type { BatchImportFindingsCommand } from '@aws-sdk/client-securityhub';
import { type Imported, importFindings, type SecurityHubIn } from '#aws/findings';
import type { DecisionSummary } from '#engine';
import { findingOf } from '#report/finding';

const imported = (message: string, changes: Partial<DecisionSummary> = {}): Imported => ({
  message,
  finding: findingOf(
    {
      ...{ id: message, guardrail: 's3.bucket-public', version: 1, account: '444444444444' },
      ...{ region: 'eu-west-1', ouPath: '/', resourceType: 'AWS::S3::Bucket' },
      ...{ resource: `arn:aws:s3:::${message}`, eventID: 'e', mode: 'shadow', modeFrom: '' },
      ...{ verdict: 'violates', reason: 'r', outcome: 'shadowed', planned: [], made: [] },
      ...{ cause: 'event', calls: [] },
      at: { recorded: '2026-01-01T09:00:00Z' },
      body: { sha256: '', bytes: 0 },
      ...changes,
    },
    { partition: 'aws', facts: undefined },
  ),
});

/** Security Hub of any account: what it was sent, and what it answers. */
function hub(answer: (account: string, ids: readonly string[]) => object = () => ({})) {
  const sent: { readonly place: string; readonly ids: readonly string[] }[] = [];
  const clientIn = ((account: string, region: string) => ({
    send: async ({ input }: BatchImportFindingsCommand) => {
      const ids = (input.Findings ?? []).map(({ Id }) => Id ?? '');
      sent.push({ place: `${account} ${region}`, ids });
      return answer(account, ids);
    },
  })) as unknown as SecurityHubIn;
  return { sent, clientIn };
}

it('imports each finding into its own account and Region', async () => {
  const { sent, clientIn } = hub();

  const failed = await importFindings(
    [
      imported('a'),
      imported('b', { account: '555555555555' }),
      imported('c', { region: 'us-east-1' }),
      imported('d'),
    ],
    clientIn,
  );

  expect(failed.size).toBe(0);
  expect(sent.map(({ place, ids }) => [place, ids.length])).toEqual([
    ['444444444444 eu-west-1', 2],
    ['555555555555 eu-west-1', 1],
    ['444444444444 us-east-1', 1],
  ]);
});

it('sends a hundred at once and no more', async () => {
  const { sent, clientIn } = hub();

  await importFindings(
    Array.from({ length: 250 }, (_, index) => imported(`b${index}`)),
    clientIn,
  );

  expect(sent.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
});

it('sends of one finding the last word only', async () => {
  const { sent, clientIn } = hub();
  const resource = 'arn:aws:s3:::orders';

  await importFindings(
    [
      imported('new', { resource, at: { recorded: '2026-01-01T10:00:00Z' }, outcome: 'repaired' }),
      imported('old', { resource, at: { recorded: '2026-01-01T09:00:00Z' } }),
    ],
    clientIn,
  );

  expect(sent.map(({ ids }) => ids)).toEqual([[imported('x', { resource }).finding.Id]]);
});

it('gives back the messages whose findings were refused, with the reason', async () => {
  const { clientIn } = hub((_, ids) => ({
    FailedFindings: [{ Id: ids[1], ErrorCode: 'InvalidInput', ErrorMessage: 'no such type' }],
  }));

  const failed = await importFindings([imported('a'), imported('b')], clientIn);

  expect([...failed]).toEqual([['b', 'no such type']]);
});

it('keeps nobody from his findings because another account refuses', async () => {
  const { sent, clientIn } = hub((account) => {
    if (account === '555555555555') throw new Error('not subscribed to Security Hub');
    return {};
  });

  const failed = await importFindings(
    [imported('b', { account: '555555555555' }), imported('a')],
    clientIn,
  );

  expect([...failed]).toEqual([['b', 'Error: not subscribed to Security Hub']]);
  expect(sent).toHaveLength(2);
});
