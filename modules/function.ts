import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import { Role } from './role';

/**
 * AWS refuses to create functions with it from mid-2027 on: by then provider 6 must be in, as
 * 5.100.0 knows no later runtime.
 */
export const RUNTIME = 'nodejs22.x';

/** A function's log group, named as Lambda would. */
export const functionLogGroup = (name: string): string => `/aws/lambda/${name}`;

export interface FunctionProps {
  readonly provider: AwsProvider;
  /** Of the function, its role and its log group. */
  readonly name: string;
  readonly description: string;
  /** The zip: its path as Terraform sees it, and the base64 of its SHA-256. */
  readonly code: { readonly path: string; readonly hash: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly trust: object;
  readonly permissions: { readonly Statement: readonly object[] };
  readonly keyArn: string;
  /** @default 30 */
  readonly timeoutSeconds?: number;
  /** @default 256 */
  readonly memoryMegabytes?: number;
  /** @default 365 */
  readonly logDays?: number;
}

/** A Lambda function with a role and a log group of its own. */
export class NodeFunction extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    const { provider, name, description, code, environment, keyArn } = props;
    const role = new Role(this, 'role', {
      ...{ provider, name, description: `Parapet: ${description}` },
      ...{ trust: props.trust, permissions: props.permissions },
    });
    const logs = new CloudwatchLogGroup(this, 'logs', {
      provider,
      name: functionLogGroup(name),
      retentionInDays: props.logDays ?? 365,
      kmsKeyId: keyArn,
    });
    const lambda = new LambdaFunction(this, 'function', {
      provider,
      functionName: name,
      description: `Parapet: ${description}`,
      runtime: RUNTIME,
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: code.path,
      sourceCodeHash: code.hash,
      role: role.arn,
      memorySize: props.memoryMegabytes ?? 256,
      timeout: props.timeoutSeconds ?? 30,
      ...(environment === undefined ? {} : { environment: { variables: { ...environment } } }),
      loggingConfig: { logFormat: 'JSON', logGroup: logs.name },
      dependsOn: role.policy === undefined ? [] : [role.policy],
    });
    this.arn = lambda.arn;
  }
}
