import { ownerOf } from '#config';
import { load, problemsOf, SNAPSHOT, YAML } from './organization';

const problems = (yaml: string) =>
  problemsOf({ 'parapet.yaml': `${YAML}${yaml}`, 'organization.json': SNAPSHOT });

const SECRET = 'arn:aws:secretsmanager:us-east-1:222222222222:secret:parapet/siem-abcdef';
const siem = (changes = '') =>
  `siem: { protocol: splunk-hec, url: 'https://siem.example.com', secret: '${SECRET}' ${changes}}\n`;

test('the outputs are taken over as they are written', () => {
  const { outputs, siem: sent } = load(
    `${YAML}${siem()}bus: { discoverer: false }
lake: false
securityHub: true
alerts: { email: [oncall@example.com], escalateAfterMinutes: 5 }
owners: { ous: { /Workloads: team-orders }, accounts: { '444444444444': shop@example.com } }
`,
  );

  expect(outputs).toEqual({
    discoverer: false,
    lake: false,
    securityHub: true,
    alerts: { email: ['oncall@example.com'], escalateAfterMinutes: 5 },
    owners: {
      ous: { '/Workloads': 'team-orders' },
      accounts: { '444444444444': 'shop@example.com' },
    },
  });
  expect(sent).toEqual({
    ...{ protocol: 'splunk-hec', url: 'https://siem.example.com', secret: SECRET, gzip: true },
  });
});

test.each([
  [
    "a customer's key on the bus, with the reason",
    'bus: { key: customer }\n',
    'parapet.yaml:17:13: bus.key is "customer"; write aws: a customer-managed key shuts out schema discovery, and the archive could not be encrypted by it; see docs/decisions/0020-key-of-the-bus.md',
  ],
  [
    'a discoverer that is neither on nor off',
    'bus: { discoverer: sometimes }\n',
    'parapet.yaml:17:20: bus.discoverer is "sometimes"; write true or false',
  ],
  [
    'a lake that is neither on nor off',
    'lake: 1\n',
    'parapet.yaml:17:7: lake is the number 1; write true or false',
  ],
  [
    'an address that is none',
    'alerts: { email: [oncall] }\n',
    'parapet.yaml:17:19: alerts.email.0 is "oncall"; write an e-mail address',
  ],
  [
    'an escalation after no time',
    'alerts: { escalateAfterMinutes: 0 }\n',
    'parapet.yaml:17:33: alerts.escalateAfterMinutes is the number 0; write whole minutes, from 1 to 1440',
  ],
  [
    'the owner of an OU that does not exist',
    'owners: { ous: { /Workload: team } }\n',
    'parapet.yaml:17:18: there is no OU /Workload; did you mean /Workloads?',
  ],
  [
    'the owner of an account that does not exist',
    "owners: { accounts: { '999999999999': team } }\n",
    "parapet.yaml:17:23: account 999999999999 is not in the organization's snapshot; run `parapet org sync` if it is new",
  ],
  [
    'an owner that could carry an expression',
    "owners: { accounts: { '444444444444': '${file(x)}' } }\n",
    'parapet.yaml:17:39: owners.accounts.444444444444 is "${file(x)}"; write a team or an address of at most 128 characters',
  ],
  [
    'a secret of another account',
    siem().replace(':222222222222:', ':444444444444:'),
    'parapet.yaml:17:72: the secret is in account 444444444444; keep it in the security account 222222222222',
  ],
  [
    'a secret of another Region',
    siem().replace('secretsmanager:us-east-1', 'secretsmanager:eu-west-1'),
    'parapet.yaml:17:72: the secret is in eu-west-1; keep it in the home Region us-east-1',
  ],
  [
    'an unknown key, with the one that is meant',
    'alerts: { emails: [] }\n',
    'parapet.yaml:17:11: unknown key "emails"; did you mean email?',
  ],
])('%s is refused', (_, yaml, problem) => {
  expect(problems(yaml)).toEqual([problem]);
});

test('the account beats its OUs, the nearest OU beats the ones above it', () => {
  const owners = {
    ous: { '/': 'platform', '/Workloads': 'workloads', '/Workloads/Prod': 'prod' },
    accounts: { '444444444444': 'shop' },
  };

  expect(ownerOf(owners, { id: '444444444444', ouPath: '/Workloads/Prod' })).toBe('shop');
  expect(ownerOf(owners, { id: '1', ouPath: '/Workloads/Prod/Europe' })).toBe('prod');
  expect(ownerOf(owners, { id: '1', ouPath: '/Workloads' })).toBe('workloads');
  expect(ownerOf(owners, { id: '1', ouPath: '/' })).toBe('platform');
  expect(ownerOf({ ous: {}, accounts: {} }, { id: '1', ouPath: '/a' })).toBeUndefined();
  expect(ownerOf(owners, { id: 'constructor', ouPath: '/__proto__' })).toBe('platform');
});
