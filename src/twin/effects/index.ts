import { cloudtrailEffects } from './cloudtrail';
import { ec2Effects } from './ec2';
import type { Effect } from './effect';
import { iamEffects } from './iam';
import { s3Effects } from './s3';
import { sqsEffects } from './sqs';

export { type Effect, refused } from './effect';

/** Operation id → what it does. Never bundled into a responder. */
export const effects: Readonly<Record<string, Effect>> = {
  ...cloudtrailEffects,
  ...ec2Effects,
  ...iamEffects,
  ...s3Effects,
  ...sqsEffects,
};
