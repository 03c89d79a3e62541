import { suggestion } from '#core/nearest';

/** The Regions of the partition `aws`, as the SDK's table of partitions has them; a test compares. */
export const REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'me-west-1',
  'mx-central-1',
  'sa-east-1',
  'sa-west-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;

/** The Region where the events of global services appear. */
export const GLOBAL_REGION = 'us-east-1';

/** What to write instead of something that is no Region of the partition. */
export function regionRemedy(written: unknown): string {
  if (typeof written !== 'string') return 'write the name of a Region, e.g. eu-west-1';
  if (/^us-gov-|^cn-|^us-iso|^eu-iso|^eusc-/.test(written))
    return 'choose a Region of the partition aws: others are not supported, since cross-Region routing of events leaves them out';
  return suggestion(written, REGIONS);
}
