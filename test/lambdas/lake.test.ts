import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { bundle, projectRoot } from '#modules/bundle';
import { CONTEXT, REPAIRED } from '../lake/context';
import { faultsOf } from '../lake/ocsf';
import { envelope } from '../support/event';

const decided = JSON.stringify({
  ...{ source: 'parapet', 'detail-type': 'Parapet Decision', account: '222222222222' },
  detail: JSON.parse(JSON.stringify(REPAIRED)),
});

/** Runs a function as it is deployed: bundled, in a process of its own. */
function invoked(stream: string, texts: readonly string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'parapet-lambda-'));
  const entry = path.join(projectRoot(), `lambdas/lake/${stream}.ts`);
  const zip = bundle({ entry, files: { 'lake.json': JSON.stringify(CONTEXT) } });
  for (const [name, bytes] of Object.entries(unzipSync(zip)))
    writeFileSync(path.join(folder, name), bytes);
  const records = texts.map((text, i) => ({
    recordId: String(i),
    data: Buffer.from(text).toString('base64'),
  }));
  const script = `require('./index.js').handler(${JSON.stringify({ records })}, {})
    .then((answer) => require('node:fs').writeFileSync('answer.json', JSON.stringify(answer)))`;
  const ran = spawnSync(process.execPath, ['-e', script], {
    ...{ cwd: folder, encoding: 'utf8' },
    env: { ...process.env, POWERTOOLS_DEV: 'false' },
  });
  const log = ran.stdout + ran.stderr;
  const answer = require(path.join(folder, 'answer.json'));
  rmSync(folder, { recursive: true });
  return { answer, log };
}

const rowOf = (record: { readonly data: string }) =>
  JSON.parse(Buffer.from(record.data, 'base64').toString());

describe('the functions that shape the streams of the lake', () => {
  test('events become rows, and what is none is handed back with its reason in the log', () => {
    const { answer, log } = invoked('events', [envelope({}), decided]);

    expect(answer.records.map(({ result }: { result: string }) => result)).toEqual([
      'Ok',
      'ProcessingFailed',
    ]);
    expect(faultsOf(rowOf(answer.records[0]))).toEqual([]);
    expect(log).toMatch(/"level":"ERROR".*"message":"refused".*"reason":"not a CloudTrail event/);
  });

  test('decisions become rows, and a forged one is handed back', () => {
    const forged = envelope(REPAIRED as never, { 'detail-type': 'Parapet Decision' });

    const { answer } = invoked('decisions', [decided, forged]);

    expect(rowOf(answer.records[0]).metadata.uid).toBe(REPAIRED.id);
    expect(answer.records[1].result).toBe('ProcessingFailed');
  });
});
