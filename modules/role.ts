import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';

export interface RoleProps {
  readonly provider: AwsProvider;
  readonly name: string;
  readonly description: string;
  /** The trust policy. */
  readonly trust: object;
  /** The inline policy. @default none: the role may do nothing */
  readonly permissions?: { readonly Statement: readonly object[] };
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const LONGEST_TRUST = 2048;
const LONGEST_INLINE_POLICY = 10_240;

/** A role and its one inline policy. */
export class Role extends Construct {
  readonly arn: string;
  /** The policy: what needs the role's permissions depends on it. Absent where there are none. */
  readonly policy: IamRolePolicy | undefined;

  /** @throws RangeError where AWS would refuse a policy for its length. */
  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { provider, name, description, permissions } = props;
    const trust = JSON.stringify(props.trust);
    refuseLonger(`the trust policy of ${name}`, trust, LONGEST_TRUST);
    const role = new IamRole(this, 'role', {
      provider,
      name,
      description,
      assumeRolePolicy: trust,
      maxSessionDuration: 3600,
    });
    this.arn = role.arn;
    if (permissions === undefined || permissions.Statement.length === 0) return;
    const policy = JSON.stringify(permissions);
    refuseLonger(`the permissions of ${name}`, policy, LONGEST_INLINE_POLICY);
    this.policy = new IamRolePolicy(this, 'policy', { provider, name, role: role.name, policy });
  }
}

function refuseLonger(what: string, text: string, longest: number): void {
  if (text.length > longest)
    throw new RangeError(`${what} has ${text.length} characters, IAM takes ${longest}`);
}
