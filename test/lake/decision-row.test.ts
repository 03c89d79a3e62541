import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bodyOf, summaryOf } from '#engine';
import { decisionRow, decisionRowOf } from '#lake/decision-row';
import { guardrails } from '#policies/guardrails/index';
import { runDemo } from '../../src/cli/demo/run';
import { CONTEXT, REPAIRED } from './context';
import { faultsOf } from './ocsf';

const row = (changes: object = {}) => decisionRow({ ...REPAIRED, ...changes }, CONTEXT);

describe('the row of a decision', () => {
  test('says what was found, what was done, and on what it rests', () => {
    const made = row();

    expect(made).toMatchObject({
      class_uid: 2003,
      type_uid: 200303,
      severity_id: 5,
      severity: 'Critical',
      time: 1795255203250,
      time_dt: '2026-11-21T10:00:03.250Z',
      status: 'Resolved',
      status_code: 'repaired',
      action: 'Modified',
      disposition: 'Corrected',
      is_alert: false,
      message: 'S3 bucket made public: the ACL grants READ to everyone',
      metadata: {
        uid: REPAIRED.id,
        version: '1.8.0',
        correlation_uid: REPAIRED.eventID,
        profiles: ['cloud', 'datetime', 'security_control'],
      },
      cloud: {
        account: { uid: '444444444444', name: 'orders-prod' },
        org: { uid: 'o-example1234', ou_name: '/Workloads/Prod' },
        region: 'eu-west-1',
      },
      resources: [{ uid: 'arn:aws:s3:::orders', type: 'AWS::S3::Bucket' }],
      evidences: [
        {
          name: 'cause',
          uid: REPAIRED.eventID,
          actor: { user: { uid: 'arn:aws:iam::444444444444:user/ana' } },
          api: { operation: 'PutBucketAcl', service: { name: 's3.amazonaws.com' } },
        },
        { name: 'before', data: '{"acl":"public"}' },
        { name: 'call', uid: 'R1', api: { operation: 's3:PutBucketAcl' } },
        { name: 'after', data: '{"acl":"private"}' },
      ],
    });
    expect(made.compliance).toMatchObject({ control: 's3.bucket-public', status: 'Pass' });
    expect(made.compliance.requirements).toContain('cis-5.0:2.1.4');
    expect(made.compliance.checks).toContainEqual({
      uid: '2.1.4',
      standards: ['cis-5.0'],
      status_id: 1,
    });
    expect(made.unmapped.at).toEqual({
      called: 1795255200000,
      received: 1795255201500,
      looked: 1795255202000,
      acted: 1795255203000,
      recorded: 1795255203250,
    });
    expect(faultsOf(made)).toEqual([]);
  });

  // outcome, activity, finding status, action, disposition, compliance, is it to be alerted of
  test.each([
    ['nothing', 1, 4, 1, 1, 1, false],
    ['observed', 1, 1, 3, 15, 3, true],
    ['shadowed', 1, 1, 3, 17, 3, true],
    ['repaired', 3, 4, 4, 11, 1, false],
    ['partly', 2, 2, 4, 12, 3, true],
    ['failed', 2, 1, 3, 13, 3, true],
    ['held', 2, 2, 3, 14, 3, true],
    ['waived', 1, 3, 1, 8, 3, false],
    ['undetermined', 1, 1, 0, 27, 2, false],
  ])('%s in the words of OCSF', (outcome, activity, status, action, disposition, result, alert) => {
    const made = row({ outcome });

    expect([
      ...[made.activity_id, made.status_id, made.action_id, made.disposition_id],
      ...[made.compliance.status_id, made.is_alert],
    ]).toEqual([activity, status, action, disposition, result, alert]);
    expect(faultsOf(made)).toEqual([]);
  });

  test('a violation that somebody is to be told of is an alert', () => {
    expect(row({ outcome: 'observed', mode: 'notify' }).disposition).toBe('Alert');
  });

  test('a guardrail and an account that are no longer known still give a row', () => {
    const made = row({ guardrail: 'constructor', account: '999999999999' });

    expect(made.severity).toBe('Unknown');
    expect(made.finding_info.title).toBe('constructor');
    expect(made.compliance.checks).toEqual([]);
    expect(made.cloud.account).toEqual({ uid: '999999999999' });
    expect(faultsOf(made)).toEqual([]);
  });

  test('all decisions of one guardrail on one resource share uid_alt', () => {
    const one = row({ id: 'd-1' });
    const other = row({ id: 'd-2', outcome: 'failed' });

    expect(one.finding_info.uid_alt).toBe(other.finding_info.uid_alt);
    expect(one.finding_info.uid).not.toBe(other.finding_info.uid);
  });

  test('a moment that is none is left out', () => {
    expect(row({ at: { ...REPAIRED.at, called: 'soon' } }).unmapped.at.called).toBeUndefined();
  });

  test.each([
    ['an unknown outcome', { outcome: 'mended' }, /outcome/],
    ['an account that is none', { account: '12' }, /account/],
    ['no moment of recording', { at: { called: '2026-11-21T10:00:00Z' } }, /no moment/],
  ])('%s is refused with its reason', (_what, changes, reason) => {
    expect(() => row(changes)).toThrow(reason);
  });

  test('only what Parapet itself put on the bus is a decision', () => {
    const event = (source: string) =>
      JSON.stringify({ source, 'detail-type': 'Parapet Decision', detail: REPAIRED });

    expect(decisionRowOf(event('parapet'), CONTEXT)).toEqual(row());
    expect(() => decisionRowOf(event('aws.s3'), CONTEXT)).toThrow(/no decision/);
    expect(() => decisionRowOf('{"half', CONTEXT)).toThrow(/not JSON/);
  });
});

test('every decision of the demo becomes a row that the OCSF schema allows', async () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'parapet-lake-'));
  const examples = path.resolve(__dirname, '../../examples');
  const demo = await runDemo({
    config: path.join(examples, 'parapet.yaml'),
    scenario: path.join(examples, 'scenario.yaml'),
    ...{ outdir, guardrails, tell: () => undefined },
  });
  rmSync(outdir, { recursive: true });
  const decisions = demo.steps.flatMap((step) => step.decisions);

  const rows = decisions.map((decision) => {
    const body = { sha256: 'ab'.repeat(32), bytes: JSON.stringify(bodyOf(decision)).length };
    // As the bus carries it: JSON text.
    return decisionRow(JSON.parse(JSON.stringify(summaryOf(decision, { body }))), CONTEXT);
  });

  expect(rows.length).toBeGreaterThan(10);
  expect(rows.flatMap(faultsOf)).toEqual([]);
  expect(rows.map(({ unmapped }) => unmapped.outcome)).toEqual(
    decisions.map(({ outcome }) => outcome),
  );
  expect(new Set(rows.map(({ metadata }) => metadata.uid)).size).toBe(
    new Set(decisions.map(({ id }) => id)).size,
  );
}, 120_000);
