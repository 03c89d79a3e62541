import {
  changesBetween,
  formatSnapshot,
  parseSnapshot,
  readSnapshot,
  type Snapshot,
} from '#config';
import { inFolder, problemsOf, replaced, SNAPSHOT, YAML } from './organization';

const AGAIN = 'make the file again with `parapet org sync`';

function snapshot(text = SNAPSHOT): Snapshot {
  const { snapshot: read, problems } = parseSnapshot('organization.json', text);
  if (read === undefined) throw new Error(JSON.stringify(problems));
  return read;
}

test('a snapshot is written in one order, a line for each unit and account, and read back', () => {
  const read = snapshot();
  const reversed: Snapshot = {
    ...read,
    organizationalUnits: read.organizationalUnits.toReversed(),
    accounts: read.accounts
      .map((account) => ({ ...account, regions: account.regions.toReversed() }))
      .toReversed(),
  };

  expect(formatSnapshot(reversed)).toBe(SNAPSHOT);
  expect(snapshot(formatSnapshot(reversed))).toEqual(read);
});

test('a snapshot is read from its file, or refused with places', () => {
  inFolder({ 'good.json': SNAPSHOT, 'bad.json': '{ "id": 3 }' }, (folder) => {
    expect(readSnapshot(`${folder}/good.json`)).toEqual(snapshot());
    expect(() => readSnapshot(`${folder}/bad.json`)).toThrow(
      `${folder}/bad.json:1:9: id is the number 3; ${AGAIN}`,
    );
    expect(() => readSnapshot(`${folder}/none.json`)).toThrow(
      `${folder}/none.json:1:1: the file does not exist; make it with \`parapet org sync\``,
    );
  });
});

test('an organization without units is written as JSON too', () => {
  const bare: Snapshot = { ...snapshot(), organizationalUnits: [], accounts: [] };

  expect(JSON.parse(formatSnapshot(bare))).toEqual(bare);
});

describe('a snapshot is refused for', () => {
  test.each([
    {
      name: 'an account in a unit that is not there',
      from: '"ouPath": "/Workloads/Prod"',
      to: '"ouPath": "/Workloads/Live"',
      problem: `organization.json:13:75: the OU path /Workloads/Live is not among the organizational units; ${AGAIN}`,
    },
    {
      name: 'an account that stands twice',
      from: '"555555555555"',
      to: '"444444444444"',
      problem: `organization.json:14:13: the account 444444444444 stands twice; ${AGAIN}`,
    },
    {
      name: 'a unit that stands twice',
      from: '"path": "/Workloads/Prod"',
      to: '"path": "/Workloads"',
      problem: `organization.json:7:58: the OU path /Workloads stands twice; ${AGAIN}`,
    },
    {
      name: 'a management account that is not there',
      from: '"managementAccount": "111111111111"',
      to: '"managementAccount": "111111111112"',
      problem: `organization.json:3:24: the management account 111111111112 is not among the accounts; ${AGAIN}`,
    },
    {
      name: 'a status that does not exist',
      from: '"SUSPENDED"',
      to: '"ASLEEP"',
      problem: `organization.json:14:54: accounts.4.status is "ASLEEP"; ${AGAIN}`,
    },
    {
      name: 'an e-mail address',
      from: '"name": "old",',
      to: '"name": "old", "email": "old@example.com",',
      problem:
        'organization.json:14:44: unknown key "email"; choose one of id, name, status, ouPath, regions',
    },
    {
      name: 'broken syntax',
      from: '"status": "SUSPENDED",',
      to: '"status" "SUSPENDED",',
      problem:
        'organization.json:14:53: missing , or : between flow map items; correct the YAML here',
    },
  ])('$name', ({ from, to, problem }) => {
    const text = replaced(SNAPSHOT, from, to);

    const found = problemsOf({ 'parapet.yaml': YAML, 'organization.json': text });

    expect(found[0]).toBe(problem);
  });
});

test('changes between snapshots are told by account and unit', () => {
  const before = snapshot();
  const after = snapshot(
    SNAPSHOT.replace(
      '"shop", "status": "ACTIVE", "ouPath": "/Workloads/Prod"',
      '"shop", "status": "SUSPENDED", "ouPath": "/Workloads"',
    )
      .replaceAll('555555555555', '666666666666')
      .replaceAll('/Prod', '/Live'),
  );

  const changes = changesBetween(before, after);

  expect(changes.added.map(({ id }) => id)).toEqual(['666666666666']);
  expect(changes.removed.map(({ id }) => id)).toEqual(['555555555555']);
  expect(changes.moved).toEqual([
    { id: '444444444444', name: 'shop', from: '/Workloads/Prod', to: '/Workloads' },
  ]);
  expect(changes.status).toEqual([
    { id: '444444444444', name: 'shop', from: 'ACTIVE', to: 'SUSPENDED' },
  ]);
  expect(changes.unitsAdded).toEqual(['/Workloads/Live']);
  expect(changes.unitsRemoved).toEqual(['/Workloads/Prod']);
});

test('a snapshot of five thousand accounts is read in less than two seconds', () => {
  const account = snapshot().accounts[3];
  if (account === undefined) throw new Error('the snapshot has four accounts');
  const many = Array.from({ length: 5000 }, (_, i) => ({
    ...account,
    id: String(600_000_000_000 + i),
    regions: Array.from({ length: 17 }, (_unused, region) => `eu-west-${region}`),
  }));
  const text = formatSnapshot({ ...snapshot(), accounts: [...snapshot().accounts, ...many] });
  const start = performance.now();

  const read = snapshot(text);

  expect(read.accounts).toHaveLength(5005);
  expect(performance.now() - start).toBeLessThan(2000);
});
