import type { DecisionSummary } from '#engine';
import { findingOf, type GuardrailFacts } from '#report/finding';

const facts: GuardrailFacts = {
  id: 's3.bucket-public',
  title: 'S3 bucket made public',
  severity: 'critical',
  why: 'Anyone can read it.',
  frameworks: { 'cis-5.0': ['2.1.4'], fsbp: ['S3.2', 'S3.3'] },
};

const decision: DecisionSummary = {
  id: 'd-1',
  guardrail: 's3.bucket-public',
  version: 1,
  account: '444444444444',
  region: 'eu-west-1',
  ouPath: '/Workloads/Prod',
  resourceType: 'AWS::S3::Bucket',
  resource: 'arn:aws:s3:::orders',
  eventID: 'e-1',
  mode: 'shadow',
  modeFrom: '* on /',
  verdict: 'violates',
  reason: 'the ACL grants READ to everyone',
  outcome: 'shadowed',
  planned: [],
  made: [],
  cause: 'event',
  calls: [],
  at: { called: '2026-01-01T09:00:00Z', recorded: '2026-01-01T09:00:05Z' },
  body: { sha256: '0'.repeat(64), bytes: 1 },
};

const found = (changes: Partial<DecisionSummary> = {}, known: GuardrailFacts | undefined = facts) =>
  findingOf({ ...decision, ...changes }, { partition: 'aws', facts: known });

test('a decision is a finding of its own account, under the default product', () => {
  expect(found()).toEqual({
    SchemaVersion: '2018-10-08',
    // printf %s arn:aws:s3:::orders | sha256sum
    Id: 'parapet/s3.bucket-public/4e8eee1e32ed0853b34c56313c23a0d795bd63d4d353f3a6cec00be9fa5393aa',
    ProductArn: 'arn:aws:securityhub:eu-west-1:444444444444:product/444444444444/default',
    GeneratorId: 'parapet/s3.bucket-public',
    AwsAccountId: '444444444444',
    Region: 'eu-west-1',
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    CreatedAt: '2026-01-01T09:00:00Z',
    UpdatedAt: '2026-01-01T09:00:05Z',
    Severity: { Label: 'CRITICAL' },
    Title: 'S3 bucket made public',
    Description: 'the ACL grants READ to everyone Anyone can read it.',
    ProductFields: {
      'parapet/decision': 'd-1',
      'parapet/mode': 'shadow',
      'parapet/outcome': 'shadowed',
      'parapet/ouPath': '/Workloads/Prod',
      'parapet/event': 'e-1',
    },
    Resources: [
      { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::orders', Partition: 'aws', Region: 'eu-west-1' },
    ],
    Compliance: {
      Status: 'FAILED',
      RelatedRequirements: ['cis-5.0 2.1.4', 'fsbp S3.2', 'fsbp S3.3'],
    },
    RecordState: 'ACTIVE',
  });
});

test('later decisions of one resource are the same finding', () => {
  expect(found({ id: 'd-2', outcome: 'repaired' }).Id).toBe(found().Id);
  expect(found({ resource: 'arn:aws:s3:::other' }).Id).not.toBe(found().Id);
});

test.each([
  ['violates', 'shadowed', 'FAILED', 'ACTIVE'],
  ['violates', 'partly', 'FAILED', 'ACTIVE'],
  ['violates', 'repaired', 'PASSED', 'ARCHIVED'],
  ['complies', 'nothing', 'PASSED', 'ARCHIVED'],
  ['undetermined', 'undetermined', 'NOT_AVAILABLE', 'ACTIVE'],
  ['violates', 'undetermined', 'NOT_AVAILABLE', 'ACTIVE'],
])('%s and %s is %s and %s', (verdict, outcome, status, state) => {
  const { Compliance, RecordState } = found({ verdict, outcome });

  expect([Compliance.Status, RecordState]).toEqual([status, state]);
});

test('a guardrail that is not installed any more has its id for a title', () => {
  expect(findingOf(decision, { partition: 'aws', facts: undefined })).toMatchObject({
    Title: 's3.bucket-public',
    Severity: { Label: 'MEDIUM' },
    Compliance: { Status: 'FAILED' },
  });
});

test('long texts are cut to what Security Hub takes', () => {
  expect(found({ reason: 'x'.repeat(5000) }).Description).toHaveLength(1024);
});
