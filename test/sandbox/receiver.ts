import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  CreateSecretCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { parse, parseDocument } from 'yaml';
import { type Sim, startSim } from '../siem-sim/siem-sim';
import { examples, strictConfiguration, strictFolder } from './folders';

/** What the receiver got: a record it stored, or a complaint about what broke the protocol. */
export interface Received {
  readonly uid: string;
  readonly account: string;
  readonly kind: string;
  readonly content: unknown;
}

const SECRET = { name: 'parapet/siem', value: 'b6a1f0f2-5a8e-4b8c-9d6e-0c4f7b1e2d3a' };

const files = () => {
  const at = (name: string) => `${strictFolder()}.${name}.ndjson`;
  return { stored: at('received'), complaints: at('complaints') };
};

/**
 * Starts the receiver of security operations. Suites run apart from what is set up before them, so
 * it keeps what it gets in files.
 */
export async function startReceiver(port = 0): Promise<Sim> {
  const { stored, complaints } = files();
  for (const file of [stored, complaints]) writeFileSync(file, '');
  const known = { stored: 0, complaints: 0 };
  const keep = (file: string, of: keyof typeof known) => {
    const all = sim.state[of];
    const fresh = all.slice(known[of]).map((one) => `${JSON.stringify(one)}\n`);
    known[of] = all.length;
    appendFileSync(file, fresh.join(''));
  };
  const sim = await startSim({
    ...{ protocol: 'splunk-hec', secret: SECRET.value, now: Date.now, port },
    afterRequest: () => {
      keep(stored, 'stored');
      keep(complaints, 'complaints');
    },
  });
  return sim;
}

const read = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

export const received = (): readonly Received[] => read(files().stored);
export const complaints = (): readonly string[] => read(files().complaints);

/** Writes the example's configuration, with the receiver in it. */
export function configureReceiver({ url }: Sim): void {
  const document = parseDocument(readFileSync(join(examples, 'parapet.yaml'), 'utf8'));
  const file = strictConfiguration();
  document.set('organization', relative(dirname(file), join(examples, 'organization.json')));
  document.set('siem', { protocol: 'splunk-hec', url, secret: SECRET.name });
  writeFileSync(file, document.toString());
}

const inFolder = (name: string) => readFileSync(join(strictFolder(), name), 'utf8');

/** The receiver's port in the configuration of the sandbox that is up, where there is one. */
export function configuredPort(): number | undefined {
  const url = parse(inFolder('parapet.yaml')).siem?.url;
  return url === undefined ? undefined : Number(new URL(url).port);
}

/** Keeps the receiver's token in the security account, as a platform team does beforehand. */
export async function keepSecret(): Promise<void> {
  const { emulator } = JSON.parse(inFolder('sandbox.json'));
  const { accounts, regions } = parse(inFolder('parapet.yaml'));
  const client = new SecretsManagerClient({
    ...{ endpoint: emulator.endpoint, region: regions.home },
    credentials: { accessKeyId: accounts.security, secretAccessKey: 'sandbox' },
  });
  try {
    await client.send(new CreateSecretCommand({ Name: SECRET.name, SecretString: SECRET.value }));
  } catch (error) {
    // In a sandbox that somebody brought along it is there from the second time on.
    if (!(error instanceof ResourceExistsException)) throw error;
  }
}
