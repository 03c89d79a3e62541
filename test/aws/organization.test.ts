import { type OrganizationClients, organizationClients, readOrganization } from '#aws/organization';
import { formatSnapshot, parseSnapshot, type Snapshot } from '#config';
import { type Behaviour, serveOrganization } from './organization-server';

const both = ['us-east-1', 'eu-west-1'];
const three = ['us-east-1', 'eu-west-1', 'af-south-1'];
const active = (id: string, name: string, regions = both) => ({
  id,
  name,
  state: 'ACTIVE',
  status: 'ACTIVE',
  regions,
});

const ROOT = {
  id: 'r-exam',
  name: 'Root',
  management: '111111111111',
  accounts: [active('999999999999', 'late'), active('111111111111', 'management', three)],
  units: [
    {
      id: 'ou-exam-workloads',
      name: 'Workloads',
      accounts: [active('777777777777', 'shop')],
      units: [
        {
          id: 'ou-exam-dev00000',
          name: 'Dev/Test',
          units: [
            {
              id: 'ou-exam-deep3000',
              name: 'Three',
              units: [
                {
                  id: 'ou-exam-deep4000',
                  name: 'Four',
                  units: [
                    {
                      id: 'ou-exam-deep5000',
                      name: 'Five',
                      accounts: [active('444444444444', 'deep', three)],
                    },
                  ],
                },
              ],
            },
          ],
        },
        { id: 'ou-exam-empty000', name: 'Empty' },
      ],
    },
    {
      id: 'ou-exam-security0',
      name: 'Security',
      accounts: [
        active('333333333333', 'log-archive'),
        active('222222222222', 'security'),
        { id: '555555555555', name: 'closed', state: 'SUSPENDED', regions: both },
        { id: '666666666666', name: 'old-api', status: 'PENDING_CLOSURE', regions: both },
      ],
    },
  ],
};

const EXPECTED: Snapshot = {
  id: 'o-exampleorg1',
  managementAccount: '111111111111',
  root: { id: 'r-exam', name: 'Root' },
  organizationalUnits: [
    { id: 'ou-exam-security0', name: 'Security', path: '/Security' },
    { id: 'ou-exam-workloads', name: 'Workloads', path: '/Workloads' },
    { id: 'ou-exam-dev00000', name: 'Dev/Test', path: '/Workloads/Dev%2FTest' },
    { id: 'ou-exam-deep3000', name: 'Three', path: '/Workloads/Dev%2FTest/Three' },
    { id: 'ou-exam-deep4000', name: 'Four', path: '/Workloads/Dev%2FTest/Three/Four' },
    { id: 'ou-exam-deep5000', name: 'Five', path: '/Workloads/Dev%2FTest/Three/Four/Five' },
    { id: 'ou-exam-empty000', name: 'Empty', path: '/Workloads/Empty' },
  ],
  accounts: [
    {
      id: '111111111111',
      name: 'management',
      status: 'ACTIVE',
      ouPath: '/',
      regions: ['af-south-1', 'eu-west-1', 'us-east-1'],
    },
    {
      id: '222222222222',
      name: 'security',
      status: 'ACTIVE',
      ouPath: '/Security',
      regions: ['eu-west-1', 'us-east-1'],
    },
    {
      id: '333333333333',
      name: 'log-archive',
      status: 'ACTIVE',
      ouPath: '/Security',
      regions: ['eu-west-1', 'us-east-1'],
    },
    {
      id: '444444444444',
      name: 'deep',
      status: 'ACTIVE',
      ouPath: '/Workloads/Dev%2FTest/Three/Four/Five',
      regions: ['af-south-1', 'eu-west-1', 'us-east-1'],
    },
    { id: '555555555555', name: 'closed', status: 'SUSPENDED', ouPath: '/Security', regions: [] },
    {
      id: '666666666666',
      name: 'old-api',
      status: 'PENDING_CLOSURE',
      ouPath: '/Security',
      regions: [],
    },
    {
      id: '777777777777',
      name: 'shop',
      status: 'ACTIVE',
      ouPath: '/Workloads',
      regions: ['eu-west-1', 'us-east-1'],
    },
    {
      id: '999999999999',
      name: 'late',
      status: 'ACTIVE',
      ouPath: '/',
      regions: ['eu-west-1', 'us-east-1'],
    },
  ],
};

const WELL: Behaviour = { pageSize: 20, caller: '111111111111', trustedAccess: true };

type Served = Awaited<ReturnType<typeof serveOrganization>>;

/** Serves the organization while something is asked of it. */
async function served<T>(
  behaviour: Behaviour,
  ask: (clients: OrganizationClients, server: Served) => Promise<T>,
): Promise<T> {
  const server = await serveOrganization(ROOT, behaviour);
  const clients = organizationClients({
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
  try {
    return await ask(clients, server);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
    await server.close();
  }
}

test.each([1, 2, 3, 20])(
  'the snapshot is the same with pages of %i',
  async (pageSize) => {
    const snapshot = await served({ ...WELL, pageSize }, readOrganization);

    expect(snapshot).toEqual(EXPECTED);
  },
  30_000,
);

test('throttling delays the snapshot and changes nothing in it', async () => {
  const { snapshot, throttled } = await served(
    { ...WELL, throttleEvery: 18 },
    async (clients, server) => ({
      snapshot: await readOrganization(clients),
      throttled: server.seen.throttled,
    }),
  );

  expect(throttled).toBeGreaterThanOrEqual(2);
  expect(snapshot).toEqual(EXPECTED);
}, 60_000);

test('what was read can be written and read back', async () => {
  const snapshot = await served(WELL, readOrganization);

  expect(parseSnapshot('organization.json', formatSnapshot(snapshot))).toEqual({
    snapshot: EXPECTED,
  });
});

test('no more than five accounts are asked for their Regions at once', async () => {
  const most = await served(WELL, async (clients, server) => {
    await readOrganization(clients);
    return server.seen.mostListing;
  });

  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(5);
});

test('a delegated administrator asks for itself without an id and for the management account with it', async () => {
  const snapshot = await served({ ...WELL, caller: '222222222222' }, readOrganization);

  expect(snapshot).toEqual(EXPECTED);
});

test('without trusted access the error says how to turn it on', async () => {
  const reading = served({ ...WELL, trustedAccess: false }, readOrganization);

  await expect(reading).rejects.toMatchObject({
    code: 'organization-unreadable',
    message: expect.stringContaining(
      'aws organizations enable-aws-service-access --service-principal account.amazonaws.com',
    ),
  });
});
