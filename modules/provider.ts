import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { PREFIX } from '#core';

export interface ProviderProps {
  /** Twelve digits; any other account is refused before anything is planned. */
  readonly account: string;
  readonly region: string;
  /** The role assumed for the deployment. @default the caller's own credentials */
  readonly roleArn?: string | undefined;
  /** The provider's alias within its stack. @default the Region */
  readonly alias?: string | undefined;
}

/** Called with every provider, so that a sandbox can point it at another endpoint. */
export type ProviderHook = (provider: AwsProvider, of: ProviderProps) => void;

/** The provider alias of one account in one Region; its default tags are on all it makes. */
export function providerOf(stack: TerraformStack, props: ProviderProps): AwsProvider {
  const { account, region, roleArn, alias = region } = props;
  return new AwsProvider(stack, `aws-${alias}`, {
    alias,
    region,
    allowedAccountIds: [account],
    ...(roleArn === undefined ? {} : { assumeRole: [{ roleArn, sessionName: PREFIX }] }),
    defaultTags: [{ tags: { Application: PREFIX, 'parapet:stack': stack.node.id } }],
  });
}
