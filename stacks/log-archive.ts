import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { App } from 'cdktf';
import type { Configuration } from '#config';
import { names, roleArn } from '#core';
import { EncryptionKey } from '#modules/encryption-key';
import { PrivateBucket, type PrivateBucketProps } from '#modules/private-bucket';
import { type ProviderHook, providerOf } from '#modules/provider';
import { ParapetStack } from '#modules/stack';
import { lakeBucketPolicy, trailBucketPolicy } from '#policies/resources/archive-bucket-policy';
import {
  evidenceKeyGrants,
  lakeKeyGrants,
  trailKeyGrants,
} from '#policies/resources/archive-key-grants';
import { tlsOnlyPolicy } from '#policies/resources/bucket-policy';
import { type KeyGrant, keyPolicy } from '#policies/resources/key-grants';
import { ownTrailOf } from './own-trail';
import { keepStateOf } from './state';

export interface LogArchiveStackProps {
  readonly configuration: Configuration;
  readonly onProvider?: ProviderHook | undefined;
}

const LOG_ARCHIVE_STACK_ID = 'log-archive';

/** One of the account's buckets and the grants of its own key. */
interface Store extends Pick<PrivateBucketProps, 'policy' | 'expireDays' | 'lock'> {
  readonly id: string;
  readonly bucket: string;
  readonly grants: readonly KeyGrant[];
}

/**
 * The log-archive account's home Region: the trail's log files, the data lake, and the evidence
 * under Object Lock. It needs nothing of any other stack, and is deployed first and removed last.
 *
 * A key for each bucket: who may write to one of them gets nothing of the others.
 */
export class LogArchiveStack extends ParapetStack {
  constructor(app: App, { configuration, onProvider }: LogArchiveStackProps) {
    super(app, LOG_ARCHIVE_STACK_ID);
    const { partition, organization, parts, regions, roles, retention } = configuration;
    const place = { partition, account: parts.logArchive, region: regions.home };
    keepStateOf(this, configuration);
    const role = roles['log-archive'];
    const of = {
      ...{ account: place.account, region: place.region },
      roleArn: role === null ? undefined : roleArn(partition, place.account, role),
    };
    const provider = providerOf(this, of);
    onProvider?.(provider, of);

    const trail = ownTrailOf(configuration);
    if (trail !== undefined) {
      const bucket = names.trailBucket(place.account, place.region);
      this.store(provider, {
        ...{ id: 'trail', bucket, expireDays: retention.trailDays },
        policy: trailBucketPolicy({ place, bucket }, trail),
        grants: trailKeyGrants({ place, bucket }, trail),
      });
    }
    const user = { organization: organization.id, security: parts.security };
    const lake = names.lakeBucket(place.account, place.region);
    this.store(provider, {
      ...{ id: 'lake', bucket: lake, expireDays: retention.lakeDays },
      policy: lakeBucketPolicy({ place, bucket: lake }, user),
      grants: lakeKeyGrants({ place, bucket: lake }, user),
    });
    const evidence = names.evidenceBucket(place.account, place.region);
    this.store(provider, {
      ...{ id: 'evidence', bucket: evidence, expireDays: retention.evidence.days },
      lock: retention.evidence,
      policy: tlsOnlyPolicy(place, evidence),
      grants: evidenceKeyGrants({ place, bucket: evidence }),
    });
  }

  private store(provider: AwsProvider, { id, bucket, grants, ...store }: Store): void {
    const key = new EncryptionKey(this, `${id}-key`, {
      ...{ provider, alias: names.keyAlias(id), description: `the ${id} bucket` },
      policy: keyPolicy(grants),
    });
    new PrivateBucket(this, id, { provider, name: bucket, keyArn: key.arn, ...store });
  }
}
