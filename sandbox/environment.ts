import { join } from 'node:path';
import type { Places } from './folder';

type Variables = Readonly<Record<string, string>>;

/** Of the caller's environment, what programs need to run at all. AWS settings are not among it. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS'];

const only = (environment: NodeJS.ProcessEnv, names: readonly string[]): Variables =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

export const plainEnvironment = (environment: NodeJS.ProcessEnv): Variables =>
  only(environment, INHERITED);

/** For pip, which must also know its index, proxy and certificates. */
export const installEnvironment = (environment: NodeJS.ProcessEnv): Variables => ({
  ...only(environment, [
    ...INHERITED,
    ...Object.keys(environment).filter((name) =>
      /^(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE$|(https?|no|all)_proxy$)/i.test(name),
    ),
  ]),
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
});

/**
 * For whatever calls AWS: every service is the emulator, and no profile, endpoint or credential of
 * the caller's is within reach, so that nothing can get to a real account by mistake.
 */
export const awsEnvironment = (
  environment: NodeJS.ProcessEnv,
  places: Places,
  { endpoint, account }: { readonly endpoint: string; readonly account: string },
): Variables => ({
  ...plainEnvironment(environment),
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_REGION: 'us-east-1',
  AWS_CONFIG_FILE: join(places.folder, 'no-aws-config'),
  AWS_SHARED_CREDENTIALS_FILE: join(places.folder, 'no-aws-credentials'),
  AWS_EC2_METADATA_DISABLED: 'true',
  NODE_NO_WARNINGS: '1',
});
