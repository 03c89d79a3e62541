import { mkdirSync, writeFileSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { ENROLMENT, enrolmentDecision, lifecycleOf } from '#core';
import { summaryOf } from '#engine';
import { decisionRowOf } from '#lake/decision-row';
import { eventRow } from '#lake/event-row';
import { rowContext } from '#lake/row-context';
import { linesOf } from '#lake/write';
import { guardrails } from '#policies/guardrails/index';
import { readRecord } from '#siem/record';
import { inNewFolder, parapet } from '../cli/terminal';
import { faultsOf } from '../lake/ocsf';
import { deployment } from '../support/deployment';
import { envelope, trailEvent } from '../support/event';
import { accountOf, json, MANAGEMENT, organizationInAws } from '../support/organization-in-aws';

const NEW = '666666666666';
const ARN = `arn:aws:organizations::${MANAGEMENT}:account/o-example1234/${NEW}`;

const EVENT = [
  {
    userIdentity: { accountId: MANAGEMENT, invokedBy: 'organizations.amazonaws.com' },
    ...{ eventSource: 'organizations.amazonaws.com', eventName: 'CreateAccountResult' },
    ...{ eventType: 'AwsServiceEvent', awsRegion: 'us-east-1' },
    serviceEventDetails: { createAccountStatus: { state: 'SUCCEEDED', accountId: NEW } },
  },
  {
    ...{ account: MANAGEMENT, region: 'us-east-1' },
    'detail-type': 'AWS Service Event via CloudTrail',
  },
] as const;

/** The account is in no snapshot: neither the rows' context nor the directory knows it. */
const { organization } = deployment();
const context = rowContext(organization, [...guardrails, ENROLMENT]);

const event = trailEvent(...EVENT);
const lifecycle = lifecycleOf(event, MANAGEMENT);
if (lifecycle === undefined) throw new Error('the event is no lifecycle event');
const detail = summaryOf(
  enrolmentDecision({
    cause: { kind: 'event', event },
    ...{ lifecycle, entry: undefined, region: 'us-east-1' },
    organization: { id: organization.id, management: MANAGEMENT },
    recorded: '2026-11-21T10:00:02.000Z',
  }),
  { body: { sha256: 'ab'.repeat(32), bytes: 100 }, event: { sha256: 'cd'.repeat(32), bytes: 100 } },
);
const onBus = JSON.stringify({
  ...{ version: '0', id: '1', account: '222222222222', region: 'us-east-1', source: 'parapet' },
  ...{ 'detail-type': 'Parapet Decision', time: '2026-11-21T10:00:02Z', resources: [ARN], detail },
});

describe('that an account is not enrolled', () => {
  test('is a row of the lake that names it, with title and severity', () => {
    const row = decisionRowOf(onBus, context);

    expect(faultsOf(row)).toEqual([]);
    expect(row).toMatchObject({
      message: `Account not enrolled: account ${NEW} is not enrolled: nothing in it is seen yet`,
      severity: 'High',
      cloud: { account: { uid: NEW } },
      finding_info: { title: 'Account not enrolled' },
      resources: [{ uid: ARN, type: 'AWS::Organizations::Account' }],
      compliance: { status: 'Fail' },
    });
  });

  test('and the event that told it are both rows, though nobody signed the call', () => {
    const row = eventRow(envelope(...EVENT), context);

    expect(faultsOf(row)).toEqual([]);
    expect(row).toMatchObject({
      api: { operation: 'CreateAccountResult' },
      cloud: { account: { uid: MANAGEMENT } },
    });
  });

  test('is a decision for the SIEM, about that account', () => {
    const record = readRecord({
      ...{ sequence: '1', partitionKey: NEW, arrived: 0 },
      data: Buffer.from(onBus),
    });

    expect(record).toMatchObject({ kind: 'decision', uid: detail.id, account: NEW });
  });

  test('is in the report, as a guardrail that is installed and an account that fails', async () => {
    await inNewFolder(async () => {
      const folder = 'lake/class=2003/event_day=20261121';
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/a.ndjson`, linesOf([decisionRowOf(onBus, context)]));

      const { code, stdout, stderr } = await parapet(['report', '--lake', 'lake', '--json']);
      const html = await parapet(['report', '--lake', 'lake']);

      expect({ code, problems: stderr.split('\n').slice(1) }).toEqual({ code: 0, problems: [''] });
      const report = JSON.parse(stdout);
      expect(report.guardrails).toContainEqual(
        expect.objectContaining({
          ...{ id: 'parapet.account-not-enrolled', title: 'Account not enrolled' },
          ...{ isInstalled: true, severity: 'high', status: 'failing' },
        }),
      );
      expect(report.accounts).toEqual([
        expect.objectContaining({ account: NEW, status: 'failing' }),
      ]);
      expect(html.stdout).toContain('Account not enrolled');
      expect(html.stdout).not.toContain('not installed any more');
    });
  });

  describe('on AWS', () => {
    let aws: Awaited<ReturnType<typeof organizationInAws>>;
    beforeEach(async () => {
      aws = await organizationInAws();
      process.env.AWS_REGION = 'us-east-1';
      jest.resetModules();
    });
    afterEach(async () => {
      aws.restore();
      await aws.close();
    });

    test('is told to people as a sentence, though the directory does not know the account', async () => {
      const { handler } = require('#lambdas/enrich/index');

      expect(await handler([{ body: onBus }])).toEqual([
        {
          ...{ decision: detail.id, account: NEW, name: 'not in the directory', owner: 'unknown' },
          headline: 'Violation: Account not enrolled (parapet.account-not-enrolled, high).',
          reason: `Account ${NEW} is not enrolled: nothing in it is seen yet.`,
          ...{ ouPath: '', resource: ARN, done: 'Nothing was changed.' },
        },
      ]);
    });

    test('is a finding of the management account: the new one lets nobody in yet', async () => {
      const { handler } = require('#lambdas/security-hub/index');
      aws.instead.set('securityhub POST /findings/import', json({ FailedCount: 0 }));

      const answer = await handler({
        Records: [{ messageId: 'm', body: onBus }],
      } as unknown as SQSEvent);

      expect(answer).toEqual({ batchItemFailures: [] });
      const imported = aws.received.filter(({ call }) => call.startsWith('securityhub'));
      expect(imported.map(accountOf)).toEqual([MANAGEMENT]);
      expect(JSON.parse(imported[0]?.body ?? '').Findings).toMatchObject([
        {
          AwsAccountId: MANAGEMENT,
          Title: 'Account not enrolled',
          Severity: { Label: 'HIGH' },
          Resources: [{ Id: ARN }],
        },
      ]);
    });
  });
});
