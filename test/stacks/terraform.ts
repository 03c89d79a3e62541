import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MIRROR = join(__dirname, '..', '..', 'scripts', 'terraform-mirror.mjs');

/** Terraform with the provider from the local mirror, where there is one. */
export class Terraform {
  private readonly environment: NodeJS.ProcessEnv;
  private lockFile: string | undefined;

  /** @param folder where the working folders are made; it exists */
  constructor(private readonly folder: string) {
    const configuration = execFileSync(process.execPath, [MIRROR], { encoding: 'utf8' }).trim();
    this.environment = {
      ...process.env,
      TF_CLI_CONFIG_FILE: configuration,
      // All stacks have the same one provider: it is initialised once.
      TF_DATA_DIR: join(folder, '.terraform'),
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
    };
  }

  /**
   * Validates a synthesised stack without its backend.
   * @returns Terraform's diagnostics, none where the stack is valid
   */
  validate(stackFile: string): readonly { readonly summary: string; readonly detail?: string }[] {
    const { terraform, ...stack } = JSON.parse(readFileSync(stackFile, 'utf8'));
    const { backend: _, ...settings } = terraform;
    const id = stack['//'].metadata.stackName;
    const working = join(this.folder, id);
    mkdirSync(working, { recursive: true });
    writeFileSync(join(working, 'cdk.tf.json'), JSON.stringify({ ...stack, terraform: settings }));
    const lock = join(working, '.terraform.lock.hcl');
    if (this.lockFile === undefined) {
      this.run(working, ['init', '-backend=false', '-input=false', '-no-color']);
      this.lockFile = lock;
    } else copyFileSync(this.lockFile, lock);
    return JSON.parse(this.run(working, ['validate', '-json', '-no-color'])).diagnostics;
  }

  private run(cwd: string, parameters: readonly string[]): string {
    const env = this.environment;
    const { stdout, stderr, status, error } = spawnSync('terraform', parameters, {
      ...{ cwd, env, encoding: 'utf8' },
    });
    if (error !== undefined) throw error;
    // An invalid stack makes `validate -json` exit with 1 and still print its answer.
    if (status !== 0 && !stdout.startsWith('{')) throw new Error(`terraform: ${stderr}`);
    return stdout;
  }
}
