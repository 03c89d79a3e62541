import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '#core';
import { isRunning } from '#sandbox/processes';
import { main, plainFolder, strictFolder } from './folders';
import { uniqueName, until, worldIn } from './world';

function parapet(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, 'sandbox', ...words, '--json'],
    { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  );
  return { status, stderr, data: JSON.parse(stdout) };
}

test('status tells that it is up, and where', () => {
  const { status, data } = parapet('status', '--folder', strictFolder());

  expect([status, data.state]).toEqual([0, 'up']);
  expect(data.sandbox).toMatchObject({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    accounts: { management: '111111111111', 'shop-prod': expect.stringMatching(/^\d{12}$/) },
    names: { decisions: 'parapet-decisions' },
  });
});

test('a second up in the same folder is refused with exit code 2', () => {
  const { status, stderr } = parapet('up', '--folder', strictFolder());

  expect(status).toBe(2);
  expect(stderr).toContain('end it with `parapet sandbox down` first');
});

test('where nothing is up, down says so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-'));
  try {
    expect(parapet('down', '--folder', folder)).toMatchObject({
      status: 0,
      data: { ended: 'nothing was up' },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a record whose process has ended, or whose id is somebody else’s now, is stale and is cleared', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-'));
  const emulator = { pid: process.pid, endpoint: 'http://127.0.0.1:1' };
  writeFileSync(join(folder, 'sandbox.json'), JSON.stringify({ maker: 999_999_999, emulator }));
  try {
    expect(parapet('status', '--folder', folder).data).toEqual({ state: 'stale' });
    expect(parapet('down', '--folder', folder).data.ended).toBe('only a stale record was there');
    expect(parapet('status', '--folder', folder).data).toEqual({ state: 'down' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const isOwn = process.env.PARAPET_SANDBOX_FOLDER === undefined;

// A sandbox that somebody brought along is strict, and there is no second.
(isOwn ? test : test.skip)(
  'without --strict it mends as well, and down ends all of it',
  async () => {
    const { sandbox, developer } = worldIn(plainFolder());
    const shop = developer('shop-prod', 'us-east-1');
    const QueueName = uniqueName('plain');
    const { pid } = parapet('status', '--folder', plainFolder()).data.emulator;

    await shop('sqs:CreateQueue', { QueueName });

    const QueueUrl = `${sandbox.endpoint}/${sandbox.accounts['shop-prod']}/${QueueName}`;
    const tags = await until(async () => at(await shop('sqs:ListQueueTags', { QueueUrl }), 'Tags'));
    expect(tags).toMatchObject({ owner: 'ana@example.com' });
    expect(sandbox.isStrict).toBe(false);
    expect(parapet('down', '--folder', plainFolder()).data.ended).toBe('ended');
    expect(isRunning(pid, 'localemu')).toBe(false);
    expect(isRunning(pid, '')).toBe(false);
    expect(existsSync(join(plainFolder(), 'tmp'))).toBe(false);
  },
);
