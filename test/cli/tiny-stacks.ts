import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { synthesisedIn } from '../../src/cli/deploy/stacks';
import type { World } from '../../src/cli/session';

/** A stack of the one resource of Terraform that needs no provider. */
export interface Tiny {
  readonly after?: readonly string[];
  readonly resources: Readonly<Record<string, object>>;
}

/** Writes stacks as cdktf would. */
export const synthesise =
  (stacks: Readonly<Record<string, Tiny>>): NonNullable<World['synthesise']> =>
  () => {
    const outdir = '.parapet/cdktf.out';
    for (const [id, { resources }] of Object.entries(stacks)) {
      mkdirSync(join(outdir, 'stacks', id), { recursive: true });
      writeFileSync(
        join(outdir, 'stacks', id, 'cdk.tf.json'),
        JSON.stringify({
          terraform: { backend: { local: { path: resolve(`state/${id}.tfstate`) } } },
          resource: { terraform_data: resources },
        }),
      );
    }
    const entries = Object.entries(stacks).map(([id, { after = [] }]) => [
      id,
      {
        workingDirectory: `stacks/${id}`,
        synthesizedStackPath: `stacks/${id}/cdk.tf.json`,
        dependencies: after,
      },
    ]);
    writeFileSync(
      join(outdir, 'manifest.json'),
      JSON.stringify({ stacks: Object.fromEntries(entries) }),
    );
    return synthesisedIn(outdir);
  };
