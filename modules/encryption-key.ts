import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { PREFIX } from '#core';

export interface EncryptionKeyProps {
  readonly provider: AwsProvider;
  /** The key policy; every grant of the key is in it. */
  readonly policy: object;
}

/** The security account's customer-managed key, rotated every year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { provider, policy }: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'key', {
      provider,
      description: 'Parapet: decisions, what they saw, alerts and logs',
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify(policy),
    });
    new KmsAlias(this, 'alias', { provider, name: `alias/${PREFIX}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
