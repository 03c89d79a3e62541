import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';

export interface LambdaCodeProps {
  /** The zip's bytes. */
  readonly zip: Uint8Array;
  /** The zip's file name, without extension. */
  readonly name: string;
  /** An absolute folder that the zip is written to before cdktf copies it beside the stack. */
  readonly folder: string;
}

/** A function's zip as an asset of its stack. */
export class LambdaCode extends Construct {
  /** As Terraform sees it, from the stack's folder. */
  readonly path: string;
  /** Base64 of its SHA-256, as Lambda computes it. */
  readonly hash: string;

  constructor(scope: Construct, id: string, { zip, name, folder }: LambdaCodeProps) {
    super(scope, id);
    const file = join(folder, `${name}.zip`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, zip);
    const digest = createHash('sha256').update(zip);
    const assetHash = digest.copy().digest('hex').slice(0, 32);
    const asset = new TerraformAsset(this, 'zip', { path: file, type: AssetType.FILE, assetHash });
    this.path = asset.path;
    this.hash = digest.digest('base64');
  }
}
