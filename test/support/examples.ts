import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Example } from '#core';

const folder = path.resolve(__dirname, '../../policies/guardrails');

/** The examples that stand beside a guardrail. */
export function examplesOf(id: string): readonly Example[] {
  const file = path.join(folder, `${id.replace('.', '/')}.examples.ts`);
  if (!existsSync(file)) throw new Error(`${id} has no examples: write ${file}`);
  return require(file).default;
}
