import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { PREFIX } from '#core';

export interface EncryptionKeyProps {
  readonly provider: AwsProvider;
  /** The key policy; every grant of the key is in it. */
  readonly policy: object;
  /** Begins with `alias/`. @default the security account's: alias/parapet */
  readonly alias?: string;
  /** What it encrypts. @default what the security account stores and sends */
  readonly description?: string;
}

/** A customer-managed key, rotated every year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { provider, policy, alias = `alias/${PREFIX}` } = props;
    const { description = 'decisions, what they saw, alerts and logs' } = props;
    const key = new KmsKey(this, 'key', {
      provider,
      description: `Parapet: ${description}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify(policy),
    });
    new KmsAlias(this, 'alias', { provider, name: alias, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
