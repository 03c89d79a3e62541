import { textAt } from '#core';
import type { Check } from './draft';

/** The secret is where the forwarder is: a secret of another account or Region is out of its reach. */
export const secretPlace: Check = ({ source }) => {
  const secret = textAt(source.value, 'siem', 'secret');
  const [, , service, region, account] = secret?.split(':') ?? [];
  if (service !== 'secretsmanager') return [];
  const home = textAt(source.value, 'regions', 'home');
  const security = textAt(source.value, 'accounts', 'security');
  const at = (problem: string, remedy: string) => [
    source.atValue(['siem', 'secret'], problem, remedy),
  ];
  if (security !== undefined && account !== security)
    return at(`the secret is in account ${account}`, `keep it in the security account ${security}`);
  if (home !== undefined && region !== home)
    return at(`the secret is in ${region}`, `keep it in the home Region ${home}`);
  return [];
};
