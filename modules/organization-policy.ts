import { OrganizationsPolicy } from '@cdktf/provider-aws/lib/organizations-policy';
import { OrganizationsPolicyAttachment } from '@cdktf/provider-aws/lib/organizations-policy-attachment';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';

export interface OrganizationPolicyProps {
  /** Of the management account. */
  readonly provider: AwsProvider;
  readonly name: string;
  readonly description: string;
  readonly document: object;
  /** Ids of the root or of OUs, e.g. `ou-exam-workloads`. */
  readonly targets: readonly string[];
}

/** A service control policy and where it is attached. */
export class OrganizationPolicy extends Construct {
  constructor(scope: Construct, id: string, props: OrganizationPolicyProps) {
    super(scope, id);
    const { provider, name, description, document, targets } = props;
    const policy = new OrganizationsPolicy(this, 'policy', {
      ...{ provider, name, description },
      type: 'SERVICE_CONTROL_POLICY',
      content: JSON.stringify(document),
    });
    for (const target of targets)
      new OrganizationsPolicyAttachment(this, `on-${target}`, {
        ...{ provider, policyId: policy.id, targetId: target },
      });
  }
}
