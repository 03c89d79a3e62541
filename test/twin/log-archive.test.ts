import type { Twin } from '#twin';
import { LOG_ARCHIVE, MANAGEMENT, SECURITY, SHOP } from '../stacks/organization';
import { twinOfTheStacks } from './organization';

let twin: Twin;
beforeAll(() => {
  twin = twinOfTheStacks();
});

const TRAIL = `arn:aws:cloudtrail:eu-central-1:${MANAGEMENT}:trail/parapet-trail`;
const name = (of: string) => `parapet-${of}-${LOG_ARCHIVE}-eu-central-1`;
const keyOf = (of: string) => `arn:aws:kms:eu-central-1:${LOG_ARCHIVE}:key/${of}-key_key`;

const bucketPolicy = (of: string) => twin.deployed.buckets.get(name(of))?.policy;
const asked = (action: string, resource: string, context: Record<string, string> = {}) => ({
  ...{ action, resource, context },
  resourceAccount: LOG_ARCHIVE,
});

describe('CloudTrail', () => {
  const put = (
    context: Record<string, string>,
    folder = 'o-exampleorgid',
    service = 'cloudtrail',
  ) =>
    twin.authority.service(
      `${service}.amazonaws.com`,
      asked('s3:PutObject', `arn:aws:s3:::${name('trail')}/AWSLogs/${folder}/x.json.gz`, context),
      bucketPolicy('trail'),
    ).allowed;
  const ours = {
    'aws:SourceArn': TRAIL,
    'aws:SourceOrgID': 'o-exampleorgid',
    's3:x-amz-acl': 'bucket-owner-full-control',
  };

  it('delivers for our trail, into the organization’s folder and the owner’s', () => {
    expect(put(ours)).toBe(true);
    expect(put(ours, MANAGEMENT)).toBe(true);
  });

  it.each([
    ['a trail of the same name elsewhere', { 'aws:SourceArn': TRAIL.replace(MANAGEMENT, SHOP) }],
    ['another trail', { 'aws:SourceArn': `${TRAIL}-2` }],
    ['another organization', { 'aws:SourceOrgID': 'o-another' }],
    ['an object the bucket does not own', { 's3:x-amz-acl': 'private' }],
    ['a call without TLS', { 'aws:SecureTransport': 'false' }],
  ])('is refused for %s', (_, change) => {
    expect(put({ ...ours, ...change })).toBe(false);
  });

  it('is refused outside these folders, as are other services', () => {
    expect(put(ours, 'o-another')).toBe(false);
    expect(put(ours, SHOP)).toBe(false);
    expect(put(ours, 'o-exampleorgid', 'config')).toBe(false);
  });

  it('encrypts by the trail’s key for our trail only, and by no other key', () => {
    const encrypt = (trail: string, of = 'trail') =>
      twin.authority.service(
        'cloudtrail.amazonaws.com',
        asked('kms:GenerateDataKey', keyOf(of), {
          'aws:SourceArn': trail,
          'kms:EncryptionContext:aws:cloudtrail:arn': trail,
        }),
        twin.deployed.keys.get(keyOf(of)),
      ).allowed;

    expect(encrypt(TRAIL)).toBe(true);
    expect(encrypt(TRAIL.replace(MANAGEMENT, SHOP))).toBe(false);
    expect(encrypt(TRAIL, 'lake')).toBe(false);
    expect(encrypt(TRAIL, 'evidence')).toBe(false);
  });
});

describe('the lake', () => {
  const object = (of: string) => `arn:aws:s3:::${name(of)}/events/x.ndjson`;
  const session = (role: string, account: string) => ({
    roleArn: `arn:aws:iam::${account}:role/${role}`,
    sessionName: 'firehose',
  });
  const mayDo = (action: string, role: string, account: string, of = 'lake') =>
    twin.authority.administrator(
      session(role, account),
      asked(action, object(of)),
      bucketPolicy(of),
    ).allowed;
  const write = (role: string, account: string, of = 'lake') =>
    mayDo('s3:PutObject', role, account, of);

  it('is written by the one Firehose role, and by nobody else from outside', () => {
    expect(write('parapet-firehose', SECURITY)).toBe(true);
    expect(write('parapet-firehose-2', SECURITY)).toBe(false);
    expect(write('Admin', SECURITY)).toBe(false);
    expect(write('parapet-firehose', SHOP)).toBe(false);
    expect(write('Admin', MANAGEMENT)).toBe(false);
  });

  it('is all that role may write to: neither trail nor evidence', () => {
    expect(write('parapet-firehose', SECURITY, 'trail')).toBe(false);
    expect(write('parapet-firehose', SECURITY, 'evidence')).toBe(false);
  });

  it('gives its key to that role through S3, for this bucket only', () => {
    const through = {
      'kms:ViaService': 's3.eu-central-1.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${name('lake')}`,
    };
    const use = (change: Record<string, string>, role = 'parapet-firehose', of = 'lake') =>
      twin.authority.administrator(
        session(role, SECURITY),
        asked('kms:GenerateDataKey', keyOf(of), { ...through, ...change }),
        twin.deployed.keys.get(keyOf(of)),
      ).allowed;

    expect(use({})).toBe(true);
    expect(use({}, 'Admin')).toBe(false);
    expect(use({}, 'parapet-firehose', 'evidence')).toBe(false);
    expect(use({ 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' })).toBe(false);
    expect(use({ 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${name('trail')}` })).toBe(
      false,
    );
  });

  it('is read from the security account by one role, which cannot write', () => {
    const reads = (role: string, account = SECURITY) => mayDo('s3:GetObject', role, account);

    expect(reads('parapet-lake-reader')).toBe(true);
    expect(write('parapet-lake-reader', SECURITY)).toBe(false);
    expect(mayDo('s3:DeleteObject', 'parapet-lake-reader', SECURITY)).toBe(false);
    expect(reads('Analyst')).toBe(false);
    expect(reads('parapet-lake-reader', SHOP)).toBe(false);
  });

  it('is read within the log-archive account by whom IAM lets, and only with TLS', () => {
    const read = (context: Record<string, string>) =>
      twin.authority.administrator(
        session('Analyst', LOG_ARCHIVE),
        asked('s3:GetObject', object('lake'), context),
        bucketPolicy('lake'),
      ).allowed;

    expect(read({})).toBe(true);
    expect(read({ 'aws:SecureTransport': 'false' })).toBe(false);
  });
});
