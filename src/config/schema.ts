import { z } from 'zod';
import type { AnyGuardrail } from '#core';
import { deployer } from '#core/deployer';
import { siemReceiver } from '#core/siem-receiver';
import { outputSettings } from './outputs';
import {
  accountId,
  controlTower,
  map,
  organizationPolicies,
  ouPath,
  regionName,
  retention,
  text,
  trail,
} from './schema-parts';

const roleName = text(
  /^[\w+=,.@-]{1,64}$/,
  "write the name of a role (not its ARN), or null for the caller's own credentials",
).nullable();

/** The rungs of the ladder that are built. */
export const MODES = ['off', 'observe', 'shadow', 'enforce'] as const;

const mode = z
  .enum(MODES, {
    error: ({ input }) =>
      input === 'notify' || input === 'approve'
        ? `it is not built yet: choose one of ${MODES.join(', ')}`
        : `choose one of ${MODES.join(', ')}`,
  })
  .describe(
    'off: nothing. observe: judge and record. shadow: plan the repair too, but change nothing. enforce: repair.',
  );

const ladder = {
  mode: mode.optional(),
  ous: z
    .record(ouPath, mode, map)
    .optional()
    .describe('By OU path; the nearest OU above an account wins.'),
  accounts: z
    .record(accountId, mode, map)
    .optional()
    .describe('By account id, in quotes; beats any OU.'),
};

const everyGuardrail = z
  .strictObject(ladder, map)
  .optional()
  .describe('All guardrails; an entry for one guardrail beats this at any depth.');

const entryOf = (guardrail: AnyGuardrail) =>
  z
    .strictObject({ ...ladder, settings: (guardrail.settings as z.ZodType).optional() }, map)
    .optional()
    .describe(`${guardrail.title} (${guardrail.severity}). ${guardrail.why}`);

const state = z
  .discriminatedUnion(
    'backend',
    [
      z
        .strictObject({
          backend: z.literal('local'),
          folder: text(/\S/, 'write a folder, relative to this file').default('.parapet/state'),
        })
        .describe('In a folder, relative to this file.'),
      z
        .strictObject({
          backend: z.literal('s3'),
          bucket: text(
            /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
            'name the bucket that holds the state, e.g. bucket: example-terraform-state',
          ),
          region: regionName.describe('The Region of the bucket.'),
          keyPrefix: text(/^[^/].*$/, 'write a prefix that does not start with /').optional(),
          kmsKeyId: text(/\S/, 'write the id or ARN of a KMS key').optional(),
          roleArn: text(
            /^arn:aws:iam::\d{12}:role\/.+$/,
            'write the ARN of a role, e.g. arn:aws:iam::111111111111:role/terraform',
          ).optional(),
        })
        .describe('In a bucket, locked by a lock file beside it.'),
    ],
    'write { backend: local, folder: .parapet/state } or { backend: s3, bucket: …, region: … }',
  )
  .default({ backend: 'local', folder: '.parapet/state' });

/** The shape of `parapet.yaml` for these guardrails. Checks over several values are in checks/. */
export const configurationSchema = (guardrails: readonly AnyGuardrail[]) =>
  z.strictObject(
    {
      organization: text(/\S/, 'write the path of the snapshot, relative to this file')
        .default('organization.json')
        .describe('The snapshot that `parapet org sync` makes, relative to this file.'),
      partition: z
        .literal(
          'aws',
          'write aws: GovCloud and China are not supported, since cross-Region routing of events leaves them out',
        )
        .default('aws'),
      accounts: z
        .strictObject(
          {
            management: accountId.describe('The account that owns the organization.'),
            security: accountId.describe('Where the bus and the responders live.'),
            logArchive: accountId.describe('Where the data lake lives.'),
          },
          "write { management: '…', security: '…', logArchive: '…' }",
        )
        .describe('The three accounts with a part of their own; all others are members.'),
      regions: z.strictObject(
        {
          home: regionName.describe('The Region of the security bus and the responders.'),
          governed: z
            .array(regionName, 'write a list of Regions, e.g. [us-east-1, eu-west-1]')
            .min(1, 'write a list of Regions, e.g. [us-east-1, eu-west-1]')
            .describe('Regions whose events are seen. us-east-1 must be among them.'),
        },
        'write { home: us-east-1, governed: [us-east-1, eu-west-1] }',
      ),
      deployment: z
        .strictObject(
          {
            roles: z
              .strictObject(
                {
                  management: roleName.default(null),
                  security: roleName.default('OrganizationAccountAccessRole'),
                  logArchive: roleName.default('OrganizationAccountAccessRole'),
                  member: roleName.default('OrganizationAccountAccessRole'),
                },
                map,
              )
              .prefault({})
              .describe("By kind of account; null is the caller's own credentials."),
          },
          map,
        )
        .prefault({})
        .describe('The role that the deployment assumes in each account.'),
      state: state.describe('Where Terraform keeps its state.'),
      trail,
      retention,
      organizationPolicies,
      controlTower,
      forward: z
        .enum(['all', 'enabled'], 'choose all or enabled')
        .default('all')
        .describe('enabled: forward events only for guardrails that are not off everywhere.'),
      siem: siemReceiver
        .optional()
        .describe('Where security operations receive events and decisions; without it nowhere.'),
      vending: z
        .strictObject(
          {
            deployer: deployer
              .optional()
              .describe('Who enrols them; without it they are only told of.'),
          },
          map,
        )
        .prefault({})
        .describe('What is done about accounts that come and go.'),
      ...outputSettings,
      guardrails: z
        .strictObject(
          {
            '*': everyGuardrail,
            ...Object.fromEntries(
              guardrails.map((guardrail) => [guardrail.id, entryOf(guardrail)]),
            ),
          },
          map,
        )
        .prefault({})
        .describe('The mode and settings of each guardrail; without any entry it is shadow.'),
    },
    'write the keys accounts, regions and guardrails, as `parapet init` does',
  );

export type Written = z.infer<ReturnType<typeof configurationSchema>>;
