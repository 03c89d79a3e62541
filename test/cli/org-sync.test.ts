import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { formatSnapshot, type Snapshot } from '#config';
import { inNewFolder, parapet, SNAPSHOT } from './terminal';

const sync = (snapshot: Snapshot, ...argv: readonly string[]) =>
  parapet(['org', 'sync', ...argv], { readOrganization: () => Promise.resolve(snapshot) });

test('the first synchronization writes the snapshot and tells every account', async () => {
  await inNewFolder(async () => {
    const { code, stdout, stderr } = await sync(SNAPSHOT);

    expect(code).toBe(0);
    expect(stdout).toBe(`organization.json: o-exampleorg1, 5 accounts in 3 organizational units
  + OU /Sandbox
  + OU /Workloads
  + OU /Workloads/Prod
  + 111111111111 management in /
  + 222222222222 security in /
  + 333333333333 log-archive in /
  + 444444444444 shop in /Workloads/Prod
  + 555555555555 test in /Workloads
`);
    expect(stderr).toBe('Reading the organization…\nNext: parapet check\n');
    expect(readFileSync('organization.json', 'utf8')).toBe(formatSnapshot(SNAPSHOT));
    expect(readdirSync('.')).toEqual(['organization.json']);
  });
});

test('a later one tells what was added, moved, suspended and enabled', async () => {
  const [management, security, logArchive, shop, test] = SNAPSHOT.accounts;
  if (!management || !security || !logArchive || !shop || !test) throw new Error('five accounts');
  const later: Snapshot = {
    ...SNAPSHOT,
    accounts: [
      management,
      security,
      { ...logArchive, regions: ['af-south-1', 'us-east-1'] },
      { ...shop, ouPath: '/Sandbox' },
      { ...test, status: 'SUSPENDED' },
      { ...test, id: '666666666666', name: 'new' },
    ],
  };

  await inNewFolder(async () => {
    await sync(SNAPSHOT);

    const { stdout } = await sync(later);

    expect(stdout).toBe(`organization.json: o-exampleorg1, 6 accounts in 3 organizational units
  + 666666666666 new in /Workloads
  ~ 444444444444 shop moved: /Workloads/Prod → /Sandbox
  ~ 555555555555 test status: ACTIVE → SUSPENDED
  ~ 333333333333 log-archive Regions: enabled af-south-1; disabled eu-west-1
`);
    expect((await sync(later)).stdout).toMatch(/units\n {2}nothing changed\n$/);
  });
});

test('the changes are data with --json', async () => {
  await inNewFolder(async () => {
    const { stdout } = await sync(SNAPSHOT, '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      file: 'organization.json',
      organization: 'o-exampleorg1',
      accounts: 5,
      changes: { moved: [], status: [], removed: [] },
    });
  });
});

test('the file is the one that parapet.yaml names, or --out', async () => {
  await inNewFolder(async () => {
    mkdirSync('settings');
    writeFileSync('settings/parapet.yaml', 'organization: snapshots/now.json\n');

    const named = await sync(SNAPSHOT, '--json', '--config', 'settings/parapet.yaml');
    const out = await sync(SNAPSHOT, '--json', '--out', 'other.json');

    expect(JSON.parse(named.stdout).file).toBe('settings/snapshots/now.json');
    expect(readFileSync('settings/snapshots/now.json', 'utf8')).toBe(formatSnapshot(SNAPSHOT));
    expect(JSON.parse(out.stdout).file).toBe('other.json');
  });
});

test('the snapshot of another organization is not overwritten', async () => {
  await inNewFolder(async () => {
    await sync(SNAPSHOT);

    const { code, stderr } = await sync({ ...SNAPSHOT, id: 'o-anotherorg2' });

    expect(code).toBe(2);
    expect(stderr).toContain(
      'error: organization.json is of o-exampleorg1, but your credentials are of o-anotherorg2',
    );
    expect(readFileSync('organization.json', 'utf8')).toBe(formatSnapshot(SNAPSHOT));
  });
});

test('a snapshot that cannot be read is replaced, and that is told', async () => {
  await inNewFolder(async () => {
    writeFileSync('organization.json', '{ "id": 3 }');

    const { code, stderr } = await sync(SNAPSHOT);

    expect(code).toBe(0);
    expect(stderr).toContain('organization.json cannot be read and is replaced.');
  });
});

test('a failure leaves the snapshot as it was', async () => {
  await inNewFolder(async () => {
    await sync(SNAPSHOT);

    const { code } = await parapet(['org', 'sync']);

    expect(code).toBe(3);
    expect(readFileSync('organization.json', 'utf8')).toBe(formatSnapshot(SNAPSHOT));
    expect(readdirSync('.')).toEqual(['organization.json']);
  });
});
