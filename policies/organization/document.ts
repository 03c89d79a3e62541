import { type PolicyDocument, policyDocument, type Statement } from '../resources/document';

/** A service control policy. */
export interface OrganizationPolicy {
  readonly name: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

/**
 * Characters of a service control policy, and how many can be attached to the root, an OU or an
 * account, FullAWSAccess among them. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const LONGEST_SCP = 10_240;
export const SCPS_PER_NODE = 10;

/** @throws RangeError where AWS would refuse the policy for its length. */
export function organizationPolicy(
  name: string,
  description: string,
  statements: readonly Statement[],
): OrganizationPolicy {
  const document = policyDocument(...statements);
  const { length } = JSON.stringify(document);
  if (length > LONGEST_SCP)
    throw new RangeError(`the policy ${name} has ${length} characters, AWS takes ${LONGEST_SCP}`);
  return { name, description, document };
}
