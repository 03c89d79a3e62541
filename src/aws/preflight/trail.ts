import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { names } from '#core';
import type { Check } from './check';
import type { Finding } from './finding';

/** Without a trail that logs management events in all Regions of all accounts, nothing is ever seen. */
export const trail: Check = {
  id: 'trail',
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
  by: "the deployment's role in the management account",
  async look({ configuration: { parts, regions, trail: wanted }, access }) {
    const client = new CloudTrailClient(access(parts.management, regions.home));
    const { trailList: trails = [] } = await client.send(
      new DescribeTrailsCommand({ includeShadowTrails: true }),
    );
    const whole = trails.filter(
      ({ IsOrganizationTrail, IsMultiRegionTrail }) => IsOrganizationTrail && IsMultiRegionTrail,
    );
    if (wanted.create) return whereOursIsMade(client, whole);
    // Beside another trail ours records data events only.
    const others = whole.filter(({ Name }) => Name !== names.trail);
    return wanted.existing === undefined
      ? whereNoneIsNamed(client, others)
      : whereOneIsNamed(client, others, wanted.existing);
  },
};

async function whereOursIsMade(client: CloudTrailClient, whole: readonly Trail[]) {
  const own = whole.find(({ Name }) => Name === names.trail);
  const ofOurs: Found =
    own === undefined
      ? {
          level: 'ok',
          found: `there is no trail ${names.trail} yet: the management stack will make it, and until then no call reaches any event bus`,
        }
      : await findingOf(client, own);
  const others = whole.filter((one) => one !== own);
  const recording = (await findingsOf(client, others)).filter(isOk);
  return [
    ofOurs,
    ...recording.map(
      ({ found }): Found => ({
        level: 'warn',
        found: `${found} already: ours would be a second one, and is paid for`,
        remedy: 'name that one under trail.existing and leave out trail.create',
      }),
    ),
  ];
}

async function whereOneIsNamed(client: CloudTrailClient, whole: readonly Trail[], arn: string) {
  const named = whole.find(({ TrailARN }) => TrailARN === arn);
  if (named === undefined)
    return [
      {
        level: 'fail',
        found: `${arn}, which trail.existing names, is no organization trail of all Regions`,
        remedy: 'name the one there is, or write trail.create: true where there is none',
      } as const,
    ];
  const others = whole.filter((one) => one !== named);
  const ofNamed = await findingOf(client, named);
  return [ofNamed, ...paidTwice([ofNamed, ...(await findingsOf(client, others))].filter(isOk))];
}

async function whereNoneIsNamed(client: CloudTrailClient, whole: readonly Trail[]) {
  if (whole.length === 0)
    return [
      {
        level: 'fail',
        found: 'there is no organization trail of all Regions: no call reaches any event bus',
        remedy:
          'write trail.create: true and the management stack makes one, or let Control Tower do it',
      } as const,
    ];
  const findings = await findingsOf(client, whole);
  const good = findings.filter(isOk);
  return good.length === 0 ? findings : [...good, ...paidTwice(good)];
}

type Found = Omit<Finding, 'check'>;

const isOk = ({ level }: Found): boolean => level === 'ok';

const findingsOf = (client: CloudTrailClient, trails: readonly Trail[]) =>
  Promise.all(trails.map((one) => findingOf(client, one)));

async function findingOf(
  client: CloudTrailClient,
  { TrailARN: arn = '', HomeRegion }: Trail,
): Promise<Found> {
  const [{ IsLogging: isLogging }, selectors] = await Promise.all([
    client.send(new GetTrailStatusCommand({ Name: arn })),
    client.send(new GetEventSelectorsCommand({ TrailName: arn })),
  ]);
  if (!isLogging)
    return {
      level: 'fail',
      found: `${arn} does not log`,
      remedy: `aws cloudtrail start-logging --name ${arn}${HomeRegion ? ` --region ${HomeRegion}` : ''}`,
    };
  if (!recordsWrites(selectors))
    return {
      level: 'fail',
      found: `${arn} does not record write management events`,
      remedy: 'add management events, read and write, to its event selectors',
    };
  return { level: 'ok', found: `${arn} logs the management events of all accounts` };
}

function recordsWrites({
  EventSelectors: plain = [],
  AdvancedEventSelectors: advanced = [],
}: GetEventSelectorsCommandOutput): boolean {
  if (plain.some((one) => one.IncludeManagementEvents && one.ReadWriteType !== 'ReadOnly'))
    return true;
  return advanced.some(({ FieldSelectors: fields = [] }) => {
    const isManagement = fields.some(
      ({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management'),
    );
    const isReadOnly = fields.some(
      ({ Field, Equals }) => Field === 'readOnly' && Equals?.includes('true'),
    );
    return isManagement && !isReadOnly;
  });
}

const paidTwice = ({ length }: readonly Found[]): readonly Found[] =>
  length < 2
    ? []
    : [
        {
          level: 'warn',
          found: `${length} organization trails record the same management events: every one after the first is paid for`,
          remedy: 'keep one of them for management events',
        },
      ];
