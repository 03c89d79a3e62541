import { textAt } from '#core';
import type { Check } from './draft';

const SECRETS = [
  ['siem', 'secret'],
  ['vending', 'deployer', 'secret'],
] as const;

/** A secret is where its reader is: one of another account or Region is out of its reach. */
export const secretPlaces: Check = ({ source }) => {
  const home = textAt(source.value, 'regions', 'home');
  const security = textAt(source.value, 'accounts', 'security');
  return SECRETS.flatMap((place) => {
    const [, , service, region, account] = textAt(source.value, ...place)?.split(':') ?? [];
    if (service !== 'secretsmanager') return [];
    const at = (problem: string, remedy: string) => [source.atValue(place, problem, remedy)];
    if (security !== undefined && account !== security)
      return at(
        `the secret is in account ${account}`,
        `keep it in the security account ${security}`,
      );
    if (home !== undefined && region !== home)
      return at(`the secret is in ${region}`, `keep it in the home Region ${home}`);
    return [];
  });
};
