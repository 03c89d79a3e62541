import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { decisionRow } from '#lake/decision-row';
import type { RowContext } from '#lake/row-context';
import { guardrails } from '#policies/guardrails/index';
import { REPAIRED } from '../lake/context';
import { readStack, synthesise } from './synthesised';

/** What the function that shapes decisions is deployed with. */
function deployedContext(): RowContext {
  const outdir = synthesise({ guardrails });
  const functions = readStack(outdir, 'security').resource.aws_lambda_function ?? {};
  const { filename } = functions['lake-rows-decisions_function'];
  const files = unzipSync(readFileSync(join(outdir, 'stacks', 'security', filename)));
  return JSON.parse(strFromU8(files['lake.json'] ?? new Uint8Array()));
}

test('rows name the controls of every framework that maps one to their guardrail', () => {
  const { compliance } = decisionRow(REPAIRED, deployedContext());

  expect(compliance.standards).toEqual([
    ...['attack', 'cis-3.0', 'cis-5.0', 'cis-7.0', 'fsbp', 'nist-800-53-r5', 'pci-4.0.1'],
  ]);
  // Of the framework's mapping, of the guardrail's own field, and in the order of both.
  expect(compliance.requirements).toEqual(
    expect.arrayContaining(['attack:T1530', 'cis-3.0:2.1.4', 'cis-7.0:3.1.4', 'fsbp:S3.2']),
  );
  expect(compliance.checks).toContainEqual({
    ...{ uid: '3.1.4', standards: ['cis-7.0'], status_id: 1 },
  });
});
