import { inNewFolder, parapet } from './terminal';

const VERBS = [
  ['init'],
  ['org'],
  ['org', 'sync'],
  ['check'],
  ['guardrails'],
  ['guardrails', 'list'],
  ['guardrails', 'show'],
  ['patterns'],
  ['patterns', 'test'],
  ['patterns', 'check'],
];

test.each(VERBS.map((verb) => [verb.join(' '), verb] as const))(
  'the help of %s goes to stdout, has examples and the options that every verb has',
  async (name, verb) => {
    const { code, stdout, stderr } = await parapet([...verb, '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: parapet ${name} `);
    expect(stdout).toMatch(new RegExp(`Examples:\\n(.*\\n)*?  .*parapet ${verb[0]}`));
    expect(stdout).toContain('--config <file>');
    expect(stdout).toContain('--json');
    expect(stderr).toBe('');
  },
);

test('the help names every verb and the exit codes', async () => {
  const { code, stdout } = await parapet(['--help']);

  expect(code).toBe(0);
  expect(stdout).toMatch(/Commands:\n {2}init .*\n {2}org .*\n {2}check .*\n {2}guardrails /);
  expect(stdout).toContain(
    'Exit codes: 0 fine, 1 violations found, 2 usage or configuration, 3 failed.',
  );
});

test('the version is the package’s', async () => {
  expect(await parapet(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});

test.each([
  [[], 'Usage: parapet'],
  [['chek'], "error: unknown command 'chek'\n(Did you mean check?)"],
  [['check', '--colour'], "error: unknown option '--colour'"],
  [['org'], 'Usage: parapet org'],
  [['org', 'sink'], "error: unknown command 'sink'\n(Did you mean sync?)"],
  [['guardrails', 'show'], "error: missing required argument 'id'"],
  [['check', 'extra'], "error: too many arguments for 'check'"],
])('wrong usage %j is told on stderr and exits with 2', async (argv, message) => {
  const { code, stdout, stderr } = await parapet(argv);

  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});

describe('a failure that is not the user’s', () => {
  const failing = (error: unknown) => ({ readOrganization: () => Promise.reject(error) });

  test('exits with 3 and tells the causes and a hint, without a stack', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = Object.assign(new Error('no answer', { cause: refused }), {
      name: 'TimeoutError',
    });

    const ran = await inNewFolder(() => parapet(['org', 'sync'], failing(error)));

    expect(ran).toEqual({
      code: 3,
      stdout: '',
      stderr: `Reading the organization…
failed: no answer
  because: connect ECONNREFUSED
Check the network and the proxy settings.
`,
    });
  });

  test.each([
    ['CredentialsProviderError', 'Log in to AWS again, or choose a profile with AWS_PROFILE.'],
    ['ExpiredTokenException', 'Log in to AWS again, or choose a profile with AWS_PROFILE.'],
    ['AccessDeniedException', 'The credentials lack the permission that the message names.'],
    ['TooManyRequestsException', 'AWS is throttling; wait a minute and try again.'],
    ['TypeError', 'This may be a bug: run again with PARAPET_DEBUG=1 and report the stack.'],
  ])('named %s has the hint: %s', async (name, hint) => {
    const error = Object.assign(new Error('no'), { name });

    const { code, stderr } = await inNewFolder(() => parapet(['org', 'sync'], failing(error)));

    expect(code).toBe(3);
    expect(stderr).toContain(`failed: no\n${hint}\n`);
    expect(stderr).not.toContain('    at ');
  });

  test('shows its stack with PARAPET_DEBUG', async () => {
    const { stderr } = await inNewFolder(() =>
      parapet(['org', 'sync'], {
        ...failing(new Error('no')),
        environment: { PARAPET_DEBUG: '1' },
      }),
    );

    expect(stderr).toContain('    at ');
  });

  test('is data too with --json', async () => {
    const { code, stdout } = await inNewFolder(() =>
      parapet(['org', 'sync', '--json'], failing(new Error('no'))),
    );

    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'failed', message: 'no' } });
  });

  test('may even be thrown without an error', async () => {
    const { code, stderr } = await inNewFolder(() => parapet(['org', 'sync'], failing('what')));

    expect(code).toBe(3);
    expect(stderr).toContain('failed: what');
  });
});

describe('colours', () => {
  const red = '\u001b[31m';
  const unknown = ['check', '--config', '/nowhere/parapet.yaml'];

  test('are used on a terminal', async () => {
    expect((await parapet(unknown, { isTTY: true })).stderr).toContain(red);
  });

  test('are not used elsewhere, nor with NO_COLOR', async () => {
    const environment = { NO_COLOR: '1' };

    expect((await parapet(unknown)).stderr).not.toContain(red);
    expect((await parapet(unknown, { isTTY: true, environment })).stderr).not.toContain(red);
  });
});
