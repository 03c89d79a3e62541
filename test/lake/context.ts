import { type RowContext, rowContext } from '#lake/row-context';
import { mapped } from '#policies/frameworks/mapped';
import { guardrails } from '#policies/guardrails/index';
import { deployment } from '../support/deployment';

/** The test organization and all installed guardrails, as rows name them. */
export const CONTEXT: RowContext = rowContext(deployment().organization, guardrails.map(mapped));

/** The detail of a decision's event on the bus: a public bucket that was repaired. */
export const REPAIRED = {
  id: 'd-0123456789012345678901234567890123456789',
  guardrail: 's3.bucket-public',
  version: 1,
  account: '444444444444',
  region: 'eu-west-1',
  ouPath: '/Workloads/Prod',
  resourceType: 'AWS::S3::Bucket',
  resource: 'arn:aws:s3:::orders',
  eventID: '6f1c9a52-0000-4000-8000-0000000000aa',
  cause: 'event',
  call: {
    source: 's3.amazonaws.com',
    name: 'PutBucketAcl',
    caller: 'arn:aws:iam::444444444444:user/ana',
  },
  mode: 'enforce',
  modeFrom: 's3.bucket-public on /Workloads',
  verdict: 'violates',
  reason: 'the ACL grants READ to everyone',
  outcome: 'repaired',
  planned: ['s3:PutBucketAcl'],
  made: ['s3:PutBucketAcl'],
  calls: [{ operation: 's3:PutBucketAcl', requestId: 'R1', at: '2026-11-21T10:00:03.000Z' }],
  before: '{"acl":"public"}',
  after: '{"acl":"private"}',
  at: {
    called: '2026-11-21T10:00:00Z',
    received: '2026-11-21T10:00:01.500Z',
    looked: '2026-11-21T10:00:02.000Z',
    acted: '2026-11-21T10:00:03.000Z',
    recorded: '2026-11-21T10:00:03.250Z',
  },
  body: { sha256: 'ab'.repeat(32), bytes: 1234 },
  event: { sha256: 'cd'.repeat(32), bytes: 999 },
};
