import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardrails } from '#policies/guardrails/index';
import { configuration, SECURITY } from './organization';
import { stackFile, stackIds, synthesise } from './synthesised';
import { Terraform } from './terraform';

const MINUTES = 60_000;

describe('terraform validate', () => {
  let terraform: Terraform;
  let outdir: string;
  beforeAll(() => {
    terraform = new Terraform(mkdtempSync(join(tmpdir(), 'parapet-validate-')));
    outdir = synthesise({ guardrails });
  });

  it(
    'accepts every stack of the organization',
    () => {
      for (const id of stackIds(outdir))
        expect({ id, diagnostics: terraform.validate(stackFile(outdir, id)) }).toEqual({
          id,
          diagnostics: [],
        });
    },
    5 * MINUTES,
  );

  it(
    'accepts the state in S3',
    () => {
      const state = { backend: 's3' as const, bucket: 'states', region: 'eu-central-1' };
      const s3 = synthesise({ configuration: { ...configuration, state } });

      expect(terraform.validate(stackFile(s3, `member-${SECURITY}`))).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    'finds what is wrong, so that its silence means something',
    () => {
      const file = stackFile(outdir, `member-${SECURITY}`);
      const broken = JSON.parse(readFileSync(file, 'utf8'));
      broken.resource.aws_iam_role.reader_role.max_session_duration = 1;
      const written = join(mkdtempSync(join(tmpdir(), 'parapet-broken-')), 'cdk.tf.json');
      writeFileSync(written, JSON.stringify(broken));

      expect(terraform.validate(written)).toEqual([
        expect.objectContaining({ summary: expect.stringContaining('max_session_duration') }),
      ]);
    },
    5 * MINUTES,
  );
});
