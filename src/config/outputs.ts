import { z } from 'zod';
import { accountId, map, ouPath, text } from './schema-parts';

const yesOrNo = 'write true or false';
const owner = text(
  /^[\w .,:@+/()-]{1,128}$/,
  'write a team or an address of at most 128 characters',
);

const bus = z
  .strictObject(
    {
      key: z
        .literal(
          'aws',
          'write aws: a customer-managed key shuts out schema discovery, and the archive could not be encrypted by it; see docs/decisions/0020-key-of-the-bus.md',
        )
        .default('aws'),
      discoverer: z.boolean(yesOrNo).default(true),
    },
    map,
  )
  .prefault({})
  .describe('The security bus. discoverer: EventBridge learns the schemas of what comes by.');

const alerts = z
  .strictObject(
    {
      email: z
        .array(text(/^[^\s@]+@[^\s@]+$/, 'write an e-mail address'), 'write a list of addresses')
        .default([]),
      escalateAfterMinutes: z
        .int('write whole minutes, from 1 to 1440')
        .min(1, 'write whole minutes, from 1 to 1440')
        .max(1440, 'write whole minutes, from 1 to 1440')
        .default(30),
    },
    map,
  )
  .prefault({})
  .describe('Who is told, and when a critical violation that stands open is told again.');

const owners = z
  .strictObject(
    {
      ous: z
        .record(ouPath, owner, map)
        .default({})
        .describe('By OU path; the nearest OU above an account wins.'),
      accounts: z
        .record(accountId, owner, map)
        .default({})
        .describe('By account id, in quotes; beats any OU.'),
    },
    map,
  )
  .prefault({})
  .describe('Who owns an account, as messages to people say it.');

/** What becomes of events and decisions beside responding to them: keys of `parapet.yaml`. */
export const outputSettings = {
  bus,
  lake: z
    .boolean(yesOrNo)
    .default(true)
    .describe('Whether events and decisions are kept in the data lake of the log-archive account.'),
  alerts,
  securityHub: z
    .boolean(yesOrNo)
    .default(false)
    .describe("Whether decisions become findings in each account's Security Hub."),
  owners,
};

type Written = z.infer<z.ZodObject<typeof outputSettings>>;

/** The outputs of a deployment, resolved. */
export interface Outputs extends Pick<Written, 'lake' | 'securityHub' | 'owners' | 'alerts'> {
  readonly discoverer: boolean;
}

/** The output settings as the stacks take them. */
export const outputsOf = ({ bus: { discoverer }, ...written }: Written): Outputs => {
  const { lake, alerts: told, securityHub, owners: owned } = written;
  return { discoverer, lake, securityHub, owners: owned, alerts: told };
};

/** Who owns an account: named for it, or for the nearest OU above it. */
export function ownerOf(
  { ous, accounts }: Outputs['owners'],
  { id, ouPath: path }: { readonly id: string; readonly ouPath: string },
): string | undefined {
  if (Object.hasOwn(accounts, id)) return accounts[id];
  const parts = path.split('/').filter((part) => part !== '');
  const above = parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
  const nearest = [...above, '/'].find((one) => Object.hasOwn(ous, one));
  return nearest === undefined ? undefined : ous[nearest];
}
