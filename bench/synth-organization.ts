import type { Account, Configuration } from '#config';

const REGIONS = [
  'us-east-1',
  ...['us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
] as const;

const KINDS = ['management', 'security', 'log-archive'] as const;

/** An organization of so many accounts, each with so many of the 17 default Regions enabled. */
export function synthOrganization(size: {
  readonly accounts: number;
  readonly regions: number;
  /** An absolute folder for the state. */
  readonly folder: string;
}): Configuration {
  const governed = REGIONS.slice(0, size.regions);
  const accounts = Array.from({ length: size.accounts }, (_, index): Account => {
    const id = String(10 ** 11 + index);
    const kind = KINDS[index] ?? 'member';
    return { id, name: `account-${index}`, kind, ouPath: `/Team-${index % 20}`, regions: governed };
  });
  const [management, security, logArchive] = accounts.map(({ id }) => id);
  if (!management || !security || !logArchive) throw new RangeError('three accounts at least');
  const role = 'OrganizationAccountAccessRole';
  return {
    file: `${size.folder}/parapet.yaml`,
    partition: 'aws',
    organization: { id: 'o-exampleorgid', rootId: 'r-exam' },
    accounts,
    parts: { management, security, logArchive },
    regions: { home: 'us-east-1', governed },
    roles: { management: null, security: role, 'log-archive': role, member: role },
    state: { backend: 'local', folder: 'state' },
    trail: { create: true, dataEvents: { buckets: [] } },
    retention: { trailDays: 400, lakeDays: 400, evidence: { days: 400, mode: 'governance' } },
    organizationPolicies: { protect: [], quarantine: [] },
    forward: 'all',
    modes: [],
    siem: {
      protocol: 'splunk-hec',
      url: 'https://siem.example.com',
      gzip: true,
      secret: `arn:aws:secretsmanager:us-east-1:${security}:secret:parapet/siem-abcdef`,
    },
    outputs: {
      discoverer: true,
      lake: true,
      alerts: { email: ['oncall@example.com'], escalateAfterMinutes: 30 },
      securityHub: true,
      owners: { ous: { '/': 'platform' }, accounts: {} },
    },
    settings: {},
    warnings: [],
  };
}
