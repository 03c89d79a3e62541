import { readFileSync, writeFileSync } from 'node:fs';
import { inNewFolder, parapet, type Ran } from './terminal';

interface Shown extends Ran {
  readonly decisions: string;
  readonly page: string;
}

/** Runs the demo in a folder of its own. */
const demo = (argv: readonly string[] = [], scenario?: string): Promise<Shown> =>
  inNewFolder(async () => {
    if (scenario !== undefined) writeFileSync('scenario.yaml', scenario);
    const ran = await parapet([
      'demo',
      ...argv,
      ...(scenario ? ['--scenario', 'scenario.yaml'] : []),
    ]);
    const read = (name: string) => readFileSync(`.parapet/demo/${name}`, 'utf8');
    if (ran.code === 2) return { ...ran, decisions: '', page: '' };
    return { ...ran, decisions: read('decisions.ndjson'), page: read('index.html') };
  });

const OUTPUT = /^(decisions|lake|page): .*\n/gm;

describe('the demo of the examples', () => {
  let text: Shown;
  let json: Shown;

  beforeAll(async () => {
    text = await demo();
    json = await demo(['--json']);
  }, 180_000);

  test('exits with 0, and all is as the scenario expects', () => {
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('All is as the scenario expects.');
    expect(text.stdout).not.toContain('NOT AS EXPECTED');
  });

  test('talks on stderr only, in three lines', () => {
    expect(text.stderr).toMatch(
      /^Synthesising .*\nReading .*\nRunning "An organization is attacked": \d+ steps …\n$/,
    );
    expect(json.stderr.split('\n')).toHaveLength(4);
  });

  test('gives the same bytes each time', () => {
    expect(json.decisions).toBe(text.decisions);
    expect(json.page).toBe(text.page);
    expect(text.decisions.length).toBeGreaterThan(10_000);
  });

  test('with --json is data: each step with its decisions, none unmet', () => {
    const { title, summary, files, steps } = JSON.parse(json.stdout);

    expect(title).toBe('An organization is attacked');
    expect(summary).toMatchObject({ steps: steps.length, notAsExpected: 0 });
    expect(Object.keys(files)).toEqual(['decisions', 'lake', 'page']);
    const decided = steps.flatMap((step: { decisions: unknown[] }) => step.decisions);
    expect(decided).toHaveLength(summary.decisions);
    expect(steps.filter((step: object) => 'unmet' in step)).toEqual([]);
  });

  test('tells the same in numbers, by step, by decision and in the timeline', () => {
    const { summary } = JSON.parse(json.stdout);
    const lines = text.decisions
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(lines).toHaveLength(summary.decisions);
    for (const [outcome, count] of Object.entries(summary.byOutcome))
      expect(lines.filter((line) => line.outcome === outcome)).toHaveLength(Number(count));
    expect(lines.reduce((sum, { made }) => sum + made.length, 0)).toBe(summary.callsMade);
    expect(text.stdout.replace(OUTPUT, '')).toContain(
      `${summary.steps} steps, ${summary.decisions} decisions`,
    );
  });

  test('writes nothing where the mode is below enforce', () => {
    for (const line of text.decisions.trimEnd().split('\n')) {
      const { mode, made } = JSON.parse(line);
      if (mode !== 'enforce') expect(made).toEqual([]);
    }
  });

  test('makes the report of its lake, and says that no account was reached', () => {
    const { summary } = JSON.parse(json.stdout);

    expect(text.page).toContain('An organization is attacked');
    expect(text.page).toContain('No AWS account was reached.');
    expect(text.page).toContain(`<b>${summary.decisions}</b> decisions`);
    expect(text.page.replaceAll('&#39;', "'")).toContain(
      `content="default-src 'none'; style-src 'sha256-`,
    );
  });
});

describe('a scenario of one’s own', () => {
  const queue = (more: string) => `title: '<script>alert(1)</script>'
steps:
  - name: '<img src=x onerror=alert(1)>'
    in: shop-prod
    region: eu-west-1
    call: sqs:CreateQueue
    by: { role: Developer, session: '<b>@example.com' }
    input: { QueueName: orders }
${more}`;

  test('may be hostile, and where it expects something else the demo exits with 3 and says what', async () => {
    const { code, stdout, page, decisions } = await demo(
      [],
      queue('    expect: [{ guardrail: sqs.queue-untagged, verdict: complies, outcome: nothing }]'),
    );

    expect(code).toBe(3);
    expect(stdout).toContain('NOT AS EXPECTED: expected sqs.queue-untagged complies, nothing');
    expect(stdout).toContain(
      'NOT AS EXPECTED: not expected: sqs.queue-untagged violates, repaired',
    );
    expect(stdout).toContain('2 things NOT as the scenario expects.');
    expect(page).not.toMatch(/<script>alert|<img|<b>@/);
    expect(page).toContain('<strong>&lt;script&gt;alert(1)&lt;/script&gt;</strong>');
    expect(decisions).toContain('_b_@example.com');
  });

  test.each([
    ['title: x\nsteps: []\n', 'scenario.yaml: steps: '],
    [
      'title: x\nsteps: [{ name: "${account:nobody}" }]\n',
      'scenario.yaml: no account is named nobody',
    ],
    ['title: [', 'scenario.yaml is not YAML'],
  ])('that is wrong exits with 2 before anything is done: %j', async (scenario, message) => {
    const { code, stderr, stdout } = await demo([], scenario);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('Synthesising');
  });

  test('that is not there exits with 2', async () => {
    const { code, stderr } = await parapet(['demo', '--scenario', '/nowhere/scenario.yaml']);

    expect(code).toBe(2);
    expect(stderr).toContain('cannot read /nowhere/scenario.yaml');
  });
});
