import { configuration, LOG_ARCHIVE, MANAGEMENT, SECURITY } from './organization';
import { policyAt, readStack, resourcesOf, type StackJson, synthesise } from './synthesised';

const TRAIL = `arn:aws:cloudtrail:eu-central-1:${MANAGEMENT}:trail/parapet-trail`;
const bucket = (name: string) => `arn:aws:s3:::parapet-${name}-${LOG_ARCHIVE}-eu-central-1`;

const store = (id: string) => [
  `aws_kms_alias.${id}-key_alias`,
  `aws_kms_key.${id}-key_key`,
  `aws_s3_bucket.${id}_bucket`,
  `aws_s3_bucket_lifecycle_configuration.${id}_lifecycle`,
  `aws_s3_bucket_ownership_controls.${id}_ownership`,
  `aws_s3_bucket_policy.${id}_policy`,
  `aws_s3_bucket_public_access_block.${id}_public-access-block`,
  `aws_s3_bucket_server_side_encryption_configuration.${id}_encryption`,
  `aws_s3_bucket_versioning.${id}_versioning`,
];

const LOCK = 'aws_s3_bucket_object_lock_configuration.evidence_object-lock';

const refuseWithoutTls = (name: string) => ({
  Sid: 'RefuseWithoutTls',
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:*'],
  Resource: [bucket(name), `${bucket(name)}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

describe('the log-archive stack', () => {
  let stack: StackJson;
  beforeAll(() => {
    stack = readStack(synthesise(), 'log-archive');
  });

  it('has exactly three buckets, each with a key of its own, and one under Object Lock', () => {
    expect(resourcesOf(stack)).toEqual(
      [...store('trail'), ...store('lake'), ...store('evidence'), LOCK].sort(),
    );
    expect(stack.provider.aws).toHaveLength(1);
    expect(stack.provider.aws[0].allowed_account_ids).toEqual([LOG_ARCHIVE]);
  });

  it('has no trail bucket where the existing trail is enough', () => {
    const trail = { create: false, existing: TRAIL, dataEvents: { buckets: [] } };
    const narrowed = synthesise({ configuration: { ...configuration, trail } });

    expect(resourcesOf(readStack(narrowed, 'log-archive'))).toEqual(
      [...store('lake'), ...store('evidence'), LOCK].sort(),
    );
  });

  it('has one for our data events beside an existing trail, which itself is not admitted', () => {
    const existing = TRAIL.replace('parapet-trail', 'existing');
    const trail = { create: false, existing, dataEvents: { buckets: ['payments'] } };
    const made = readStack(
      synthesise({ configuration: { ...configuration, trail } }),
      'log-archive',
    );

    expect(resourcesOf(made)).toEqual(resourcesOf(stack));
    const text = JSON.stringify(policyAt(made, 'aws_s3_bucket_policy.trail_policy.policy'));
    expect(text).toContain(TRAIL);
    expect(text).not.toContain(existing);
  });

  it('admits CloudTrail to the trail bucket, for our trail and organization only', () => {
    const { Statement } = policyAt(stack, 'aws_s3_bucket_policy.trail_policy.policy');

    expect(Statement).toEqual([
      {
        Sid: 'TrailLooksAtAcl',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['s3:GetBucketAcl'],
        Resource: [bucket('trail')],
        Condition: { StringEquals: { 'aws:SourceArn': TRAIL } },
      },
      {
        Sid: 'TrailDelivers',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['s3:PutObject'],
        Resource: [
          `${bucket('trail')}/AWSLogs/${MANAGEMENT}/*`,
          `${bucket('trail')}/AWSLogs/o-exampleorgid/*`,
        ],
        Condition: {
          StringEquals: {
            'aws:SourceArn': TRAIL,
            'aws:SourceOrgID': 'o-exampleorgid',
            's3:x-amz-acl': 'bucket-owner-full-control',
          },
        },
      },
      refuseWithoutTls('trail'),
    ]);
  });

  it('admits the one Firehose role to the lake, and the one that reads it', () => {
    const { Statement } = policyAt(stack, 'aws_s3_bucket_policy.lake_policy.policy');

    const only = (role: string) => ({
      Principal: { AWS: `arn:aws:iam::${SECURITY}:root` },
      Condition: {
        StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
        ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${SECURITY}:role/${role}` },
      },
    });
    const firehose = only('parapet-firehose');
    const reader = only('parapet-lake-reader');
    expect(Statement).toEqual([
      {
        Sid: 'FirehoseLooks',
        Effect: 'Allow',
        ...firehose,
        Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        Resource: [bucket('lake')],
      },
      {
        Sid: 'FirehoseDelivers',
        Effect: 'Allow',
        ...firehose,
        Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject', 's3:PutObjectAcl'],
        Resource: [`${bucket('lake')}/*`],
      },
      {
        Sid: 'ReaderLooks',
        Effect: 'Allow',
        ...reader,
        Action: ['s3:GetBucketLocation', 's3:ListBucket'],
        Resource: [bucket('lake')],
      },
      {
        Sid: 'ReaderReads',
        Effect: 'Allow',
        ...reader,
        Action: ['s3:GetObject'],
        Resource: [`${bucket('lake')}/*`],
      },
      refuseWithoutTls('lake'),
    ]);
  });

  it('admits nobody from another account to the evidence', () => {
    const { Statement } = policyAt(stack, 'aws_s3_bucket_policy.evidence_policy.policy');

    expect(Statement).toEqual([refuseWithoutTls('evidence')]);
  });

  it.each([
    [
      'trail',
      [
        'Administration',
        'Bucket',
        'TrailEncrypts',
        'BucketKey',
        'TrailDescribes',
        'OwnerDescribes',
      ],
    ],
    ['lake', ['Administration', 'Bucket', 'FirehoseEncrypts', 'ReaderDecrypts']],
    ['evidence', ['Administration', 'Bucket']],
  ])('grants the key of the %s exactly to %j', (id, sids) => {
    const { Statement } = policyAt(stack, `aws_kms_key.${id}-key_key.policy`);

    expect(Statement.map(({ Sid }) => Sid)).toEqual(sids);
    expect(Statement.slice(1).every(({ Condition }) => Condition !== undefined)).toBe(true);
  });

  it('names each key by an alias that other stacks can know', () => {
    const aliases = Object.values(stack.resource.aws_kms_alias ?? {}).map(({ name }) => name);

    expect(aliases).toEqual([
      'alias/parapet-evidence',
      'alias/parapet-lake',
      'alias/parapet-trail',
    ]);
  });

  it('keeps each as long as is configured, and holds evidence for the whole of that time', () => {
    const days = (id: string) =>
      stack.resource.aws_s3_bucket_lifecycle_configuration?.[`${id}_lifecycle`].rule;

    expect(days('trail')).toEqual([
      {
        id: 'expire',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        expiration: [{ days: 400 }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
    expect(days('lake')).toMatchObject([{ expiration: [{ days: 500 }] }]);
    expect(days('evidence')).toMatchObject([{ expiration: [{ days: 600 }] }]);
    const lock = stack.resource.aws_s3_bucket_object_lock_configuration?.['evidence_object-lock'];
    expect(lock.rule).toEqual({ default_retention: { mode: 'GOVERNANCE', days: 600 } });
    const buckets = stack.resource.aws_s3_bucket ?? {};
    expect(
      Object.entries(buckets).map(([id, { object_lock_enabled }]) => [id, object_lock_enabled]),
    ).toEqual([
      ['evidence_bucket', true],
      ['lake_bucket', undefined],
      ['trail_bucket', undefined],
    ]);
  });

  it('keeps versions, blocks the public and encrypts by its own key, in every bucket', () => {
    for (const id of ['trail', 'lake', 'evidence']) {
      const of = (type: string, part: string) => stack.resource[type]?.[`${id}_${part}`];

      expect(of('aws_s3_bucket_versioning', 'versioning').versioning_configuration).toEqual({
        status: 'Enabled',
      });
      expect(of('aws_s3_bucket_public_access_block', 'public-access-block')).toMatchObject({
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      });
      expect(
        of('aws_s3_bucket_server_side_encryption_configuration', 'encryption').rule,
      ).toMatchObject([
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: 'aws:kms',
            kms_master_key_id: `\${aws_kms_key.${id}-key_key.arn}`,
          },
          bucket_key_enabled: true,
        },
      ]);
    }
  });
});
