import { z } from 'zod';
import { REGIONS, regionRemedy } from './regions';

/**
 * Zod's message here says only what would be right; what is wrong is told from the value itself
 * (see shape.ts).
 */
export const text = (pattern: RegExp, right: string) =>
  z.string({ error: right }).regex(pattern, right);

export const map = 'write a mapping of keys to values';

export const accountId = text(
  /^\d{12}$/,
  "write a twelve-digit account id in quotes, e.g. '111111111111'",
);
export const regionName = z.enum(REGIONS, { error: ({ input }) => regionRemedy(input) });
export const ouPath = text(
  /^\/$|^(\/[^/]+)+$/,
  'write an OU path from the root, e.g. /Workloads/Prod; the root itself is /',
);

const bucketName = text(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'write the name of a bucket, e.g. example-payments',
);

/** A trail's selectors hold 500 values; four are ours. */
const MOST_BUCKETS = 496;
const buckets = `write a list of at most ${MOST_BUCKETS} bucket names`;

export const trail = z
  .strictObject(
    {
      create: z
        .boolean('write true or false')
        .default(false)
        .describe('Make an organization trail: multi-Region, validated, encrypted.'),
      existing: text(
        /^arn:aws:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[A-Za-z0-9._-]{3,128}$/,
        "write the trail's ARN, e.g. arn:aws:cloudtrail:us-east-1:111111111111:trail/aws-controltower-BaselineCloudTrail",
      )
        .optional()
        .describe('The organization trail that is there already.'),
      dataEvents: z
        .strictObject(
          { buckets: z.array(bucketName, buckets).max(MOST_BUCKETS, buckets).default([]) },
          map,
        )
        .prefault({})
        .describe(
          'Buckets whose writes are recorded object by object; beside an existing trail by a trail of data events only.',
        ),
    },
    'write { existing: <ARN of the trail> } or { create: true }',
  )
  .prefault({})
  .describe('The trail that makes the events. Without any, nothing is seen.');

const LONGEST_DAYS = 36_500;
const wanted = `write whole days from 1 to ${LONGEST_DAYS}`;
const days = z.int(wanted).min(1, wanted).max(LONGEST_DAYS, wanted);

export const retention = z
  .strictObject(
    {
      trailDays: days.default(400).describe('Log files of our own trail.'),
      lakeDays: days.default(400).describe('Rows of the data lake.'),
      evidence: z
        .strictObject(
          {
            days: days.default(400),
            mode: z
              .enum(['governance', 'compliance'], 'choose governance or compliance')
              .default('governance')
              .describe(
                'governance: who is given s3:BypassGovernanceRetention can delete earlier. compliance: nobody can, AWS included.',
              ),
          },
          map,
        )
        .prefault({})
        .describe('Evidence, under Object Lock: it cannot be deleted before.'),
    },
    map,
  )
  .prefault({})
  .describe('How many days the log-archive account keeps things.');

const ouPaths = 'write a list of OU paths, e.g. [/Workloads, /Sandbox]';

export const organizationPolicies = z
  .strictObject(
    {
      protect: z
        .array(ouPath, ouPaths)
        .default([])
        .describe('Nobody there but the deployment changes what Parapet has in an account.'),
      quarantine: z
        .array(ouPath, ouPaths)
        .default([])
        .describe('Nobody there but the deployment can do anything.'),
    },
    map,
  )
  .prefault({})
  .describe('OUs to which the service control policies are attached.');

export const controlTower = z
  .strictObject(
    { homeRegion: regionName.describe("Control Tower's home Region.") },
    'write { homeRegion: us-east-1 }',
  )
  .optional()
  .describe('Where Control Tower enrols accounts; leave it out where there is none.');
