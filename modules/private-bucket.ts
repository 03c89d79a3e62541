import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';

export interface PrivateBucketProps {
  readonly provider: AwsProvider;
  readonly name: string;
  readonly keyArn: string;
  readonly policy: object;
  /** After how many days an object goes. @default never */
  readonly expireDays?: number;
  /** For how many days no version of an object can be deleted. @default none is held */
  readonly lock?: ObjectLock;
}

/** How Object Lock holds every new object. */
export interface ObjectLock {
  /** governance: who has s3:BypassGovernanceRetention can lift it. compliance: nobody can. */
  readonly mode: 'governance' | 'compliance';
  readonly days: number;
}

/** What was replaced or deleted stays this long, so that a mistake can be taken back. */
const NONCURRENT_DAYS = 30;

/** A bucket with versions and without ACLs, encrypted by our key, that can't be made public. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { provider, keyArn, policy, lock } = props;
    const made = new S3Bucket(this, 'bucket', {
      ...{ provider, bucket: props.name },
      ...(lock === undefined ? {} : { objectLockEnabled: true }),
    });
    const bucket = made.bucket;
    this.name = bucket;
    this.arn = made.arn;
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      provider,
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      provider,
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      provider,
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    const block = new S3BucketPublicAccessBlock(this, 'public-access-block', {
      provider,
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, 'policy', {
      provider,
      bucket,
      policy: JSON.stringify(policy),
      // S3 answers 409 to two changes of one bucket at once.
      dependsOn: [block],
    });
    this.expire(versioning, props);
    if (lock === undefined) return;
    new S3BucketObjectLockConfigurationA(this, 'object-lock', {
      provider,
      bucket,
      rule: { defaultRetention: { mode: lock.mode.toUpperCase(), days: lock.days } },
      dependsOn: [versioning],
    });
  }

  private expire(
    versioning: S3BucketVersioningA,
    { provider, expireDays }: PrivateBucketProps,
  ): void {
    if (expireDays === undefined) return;
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      provider,
      bucket: this.name,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: expireDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}
