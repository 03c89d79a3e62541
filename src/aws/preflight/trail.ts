import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type { Check } from './check';

/** Without a trail that logs management events in all Regions of all accounts, nothing is ever seen. */
export const trail: Check = {
  id: 'trail',
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
  by: "the deployment's role in the management account",
  async look({ configuration: { parts, regions }, access }) {
    const client = new CloudTrailClient(access(parts.management, regions.home));
    const { trailList: trails = [] } = await client.send(
      new DescribeTrailsCommand({ includeShadowTrails: true }),
    );
    const whole = trails.filter(
      ({ IsOrganizationTrail, IsMultiRegionTrail }) => IsOrganizationTrail && IsMultiRegionTrail,
    );
    if (whole.length === 0)
      return [
        {
          level: 'fail',
          found: 'there is no organization trail of all Regions: no call reaches any event bus',
          remedy: 'have the management stack create one, or let Control Tower do it',
        },
      ];
    const findings = await Promise.all(whole.map((one) => findingOf(client, one)));
    const good = findings.filter(({ level }) => level === 'ok');
    return good.length === 0 ? findings : [...good, ...(good.length > 1 ? [paidTwice(good)] : [])];
  },
};

async function findingOf(client: CloudTrailClient, { TrailARN: arn = '', HomeRegion }: Trail) {
  const [{ IsLogging: isLogging }, selectors] = await Promise.all([
    client.send(new GetTrailStatusCommand({ Name: arn })),
    client.send(new GetEventSelectorsCommand({ TrailName: arn })),
  ]);
  if (!isLogging)
    return {
      level: 'fail',
      found: `${arn} does not log`,
      remedy: `aws cloudtrail start-logging --name ${arn}${HomeRegion ? ` --region ${HomeRegion}` : ''}`,
    } as const;
  if (!recordsWrites(selectors))
    return {
      level: 'fail',
      found: `${arn} does not record write management events`,
      remedy: 'add management events, read and write, to its event selectors',
    } as const;
  return { level: 'ok', found: `${arn} logs the management events of all accounts` } as const;
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

const paidTwice = (good: readonly { readonly found: string }[]) =>
  ({
    level: 'warn',
    found: `${good.length} organization trails record the same management events: every one after the first is paid for`,
    remedy: 'keep one of them for management events',
  }) as const;
