import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageCommit } from '../../src/cli/package-folder';

const folder = mkdtempSync(join(tmpdir(), 'parapet-test-'));
const git = (...argv: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...argv], {
    encoding: 'utf8',
  }).trim();

beforeAll(() => {
  git('init', '--quiet');
  writeFileSync(join(folder, 'file'), 'one');
  git('add', 'file');
  git('commit', '--quiet', '-m', 'one');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a checkout tells its commit, and whether it was changed since', () => {
  const head = git('rev-parse', 'HEAD');

  expect(packageCommit(folder)).toBe(head);
  writeFileSync(join(folder, 'file'), 'two');
  expect(packageCommit(folder)).toBe(`${head}, with changes`);
});

test('a copy within somebody else’s checkout, or outside any, has no commit of its own', () => {
  mkdirSync(join(folder, 'node_modules/parapet'), { recursive: true });

  expect(packageCommit(join(folder, 'node_modules/parapet'))).toBeUndefined();
  expect(packageCommit(tmpdir())).toBeUndefined();
});
