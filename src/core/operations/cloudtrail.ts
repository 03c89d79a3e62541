import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import { UnjudgeableEvent } from '../errors';
import type { TrailEvent } from '../event';
import { textAt } from '../json';
import { operation } from '../operation';
import type { Resource } from '../resource';

export interface Trail extends Resource {
  readonly type: 'AWS::CloudTrail::Trail';
  readonly name: string;
}

const trailFacts = (name: string) => ({
  id: `cloudtrail:${name}`,
  sdk: { client: 'CloudTrailClient', command: `${name}Command` },
  iam: [`cloudtrail:${name}`],
  scope: 'arn:{partition}:cloudtrail:*:{account}:trail/*',
  trail: { source: 'cloudtrail.amazonaws.com', names: [name], region: 'own' as const },
  secret: [],
});

const NO_TRAIL = 'TrailNotFoundException';

export const cloudtrail = {
  stopLogging: operation<CloudTrail.StopLoggingCommandInput, CloudTrail.StopLoggingCommandOutput>()(
    { ...trailFacts('StopLogging'), access: 'write', absentOn: [] },
  ),
  deleteTrail: operation<CloudTrail.DeleteTrailCommandInput, CloudTrail.DeleteTrailCommandOutput>()(
    { ...trailFacts('DeleteTrail'), access: 'write', absentOn: [] },
  ),
  startLogging: operation<
    CloudTrail.StartLoggingCommandInput,
    CloudTrail.StartLoggingCommandOutput
  >()({ ...trailFacts('StartLogging'), access: 'write', absentOn: [] }),
  getTrail: operation<CloudTrail.GetTrailCommandInput, CloudTrail.GetTrailCommandOutput>()({
    ...trailFacts('GetTrail'),
    access: 'read',
    absentOn: [NO_TRAIL],
  }),
  getTrailStatus: operation<
    CloudTrail.GetTrailStatusCommandInput,
    CloudTrail.GetTrailStatusCommandOutput
  >()({ ...trailFacts('GetTrailStatus'), access: 'read', absentOn: [NO_TRAIL] }),
} as const;

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]';
const TRAIL_NAME = new RegExp(`^${NAME}$`);
const TRAIL_ARN = new RegExp(
  `^arn:aws:cloudtrail:([a-z]{2}(?:-[a-z]+)+-\\d):(\\d{12}):trail/(${NAME})$`,
);

/**
 * The trail that a call names, by name or ARN, in the account that owns it: a delegated
 * administrator's copy of a call on the organization's trail yields none.
 * @throws UnjudgeableEvent where the name cannot be a trail's.
 */
export function trailsOf({ request, account, region }: TrailEvent): readonly Trail[] {
  const named = textAt(request, 'name');
  if (named === undefined) return [];
  const [arn, home, owner, short] = TRAIL_ARN.exec(named) ?? [
    `arn:aws:cloudtrail:${region}:${account}:trail/${named}`,
    region,
    account,
    named,
  ];
  if (short === undefined || home === undefined || !TRAIL_NAME.test(short))
    throw new UnjudgeableEvent('the event names no possible trail');
  if (owner !== account) return [];
  return [{ type: 'AWS::CloudTrail::Trail', arn, account, region: home, name: short }];
}

/** The account in a trail's ARN. */
export const trailOwner = (arn: string): string | undefined => arn.split(':')[4];
