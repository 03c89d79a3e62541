import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One synthesised stack: a Terraform root module and a state of its own. */
export interface Stack {
  readonly id: string;
  /** Its working directory. */
  readonly folder: string;
  /** The ids of the stacks that must stand before it. */
  readonly after: readonly string[];
}

const manifest = z.object({
  stacks: z.record(
    z.string(),
    z.object({
      workingDirectory: z.string(),
      synthesizedStackPath: z.string(),
      dependencies: z.array(z.string()),
    }),
  ),
});

/** What a synthesis left in a folder. */
export interface Synthesised {
  readonly stacks: readonly Stack[];
  /** Of all stacks' text, and so of configuration, snapshot, guardrails and code: hexadecimal. */
  readonly sha256: string;
}

/** Reads cdktf's manifest: it knows the stacks of this synthesis, the folder may hold older ones. */
export function synthesisedIn(outdir: string): Synthesised {
  const { stacks } = manifest.parse(
    JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')),
  );
  const ids = Object.entries(stacks).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const hash = createHash('sha256');
  for (const [id, { synthesizedStackPath }] of ids)
    hash.update(`${id}\n`).update(readFileSync(join(outdir, synthesizedStackPath)));
  return {
    stacks: ids.map(([id, { workingDirectory, dependencies }]) => ({
      id,
      folder: join(outdir, workingDirectory),
      after: dependencies,
    })),
    sha256: hash.digest('hex'),
  };
}
