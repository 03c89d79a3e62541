/** One thing in one account: what a guardrail judges and a call acts on. */
export interface Resource {
  /** CloudFormation's type name, e.g. `AWS::S3::Bucket`. */
  readonly type: string;
  readonly arn: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}
