import {
  Cloudtrail,
  type CloudtrailAdvancedEventSelectorFieldSelector,
} from '@cdktf/provider-aws/lib/cloudtrail';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';

export interface OrganizationTrailProps {
  readonly provider: AwsProvider;
  readonly name: string;
  /** It is in another account and stands already, and admits this trail. */
  readonly bucket: string;
  /** The ARN of the key's alias; the key is in another account. */
  readonly keyAliasArn: string;
  /** Whether it records management events too, or data events only. */
  readonly managementEvents: boolean;
  /** ARNs of buckets whose writes it records object by object. */
  readonly dataOf: readonly string[];
}

/**
 * A trail of all accounts and Regions, with digests by which its log files can be checked, encrypted
 * by our key.
 */
export class OrganizationTrail extends Construct {
  /** @throws RangeError where it would record nothing. */
  constructor(scope: Construct, id: string, props: OrganizationTrailProps) {
    super(scope, id);
    const { provider, name, bucket, keyAliasArn, managementEvents, dataOf } = props;
    if (!managementEvents && dataOf.length === 0)
      throw new RangeError(`the trail ${name} would record nothing`);
    new Cloudtrail(this, 'trail', {
      provider,
      name,
      s3BucketName: bucket,
      kmsKeyId: keyAliasArn,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      advancedEventSelector: [
        ...(managementEvents
          ? [selector('Management events', { eventCategory: 'Management' })]
          : []),
        ...(dataOf.length > 0 ? [writesTo(dataOf)] : []),
      ],
      // CloudTrail answers with the key behind the alias, which would be a difference at every plan.
      lifecycle: { ignoreChanges: ['kms_key_id'] },
    });
  }
}

const selector = (name: string, fields: Readonly<Record<string, string>>) => ({
  name,
  fieldSelector: Object.entries(fields).map(
    ([field, value]): CloudtrailAdvancedEventSelectorFieldSelector => ({ field, equalTo: [value] }),
  ),
});

function writesTo(buckets: readonly string[]) {
  const writes = selector('Writes to buckets', {
    eventCategory: 'Data',
    'resources.type': 'AWS::S3::Object',
    readOnly: 'false',
  });
  // With the slash: else the objects of buckets whose names go on are recorded too.
  const objects = { field: 'resources.ARN', startsWith: buckets.map((arn) => `${arn}/`) };
  return { ...writes, fieldSelector: [...writes.fieldSelector, objects] };
}
