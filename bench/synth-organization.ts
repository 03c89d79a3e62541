import type { Account, Configuration } from '#config';
import { configuration } from '../test/stacks/organization';

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
  return {
    ...configuration,
    file: `${size.folder}/parapet.yaml`,
    accounts,
    parts: { management, security, logArchive },
    regions: { home: 'us-east-1', governed },
  };
}
