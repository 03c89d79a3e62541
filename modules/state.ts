import { join } from 'node:path';
import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';

/** Where Terraform keeps its state. */
export type StateProps =
  | {
      readonly backend: 'local';
      /** An absolute path. */
      readonly folder: string;
    }
  | {
      readonly backend: 's3';
      readonly bucket: string;
      readonly region: string;
      /** @default '' */
      readonly keyPrefix?: string | undefined;
      /** @default the bucket's own encryption */
      readonly kmsKeyId?: string | undefined;
      /** @default the caller's own credentials */
      readonly roleArn?: string | undefined;
    };

/** Gives a stack its backend: one state a stack, named as the stack is. */
export function keepState(stack: TerraformStack, state: StateProps): void {
  const file = `${stack.node.id}.tfstate`;
  if (state.backend === 'local') {
    new LocalBackend(stack, { path: join(state.folder, file) });
    return;
  }
  const { bucket, region, keyPrefix = '', kmsKeyId, roleArn } = state;
  new S3Backend(stack, {
    bucket,
    region,
    key: `${keyPrefix}${file}`,
    encrypt: true,
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    ...(roleArn === undefined ? {} : { assumeRole: { roleArn } }),
  });
  // cdktf 0.21 does not know the lock file beside the state.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
