import { type Effect, found } from './effect';
import { s3Effects } from './s3';
import { sqsEffects } from './sqs';

export { type Effect, refused } from './effect';

/** Operation id → what it does. Never bundled into a responder. */
export const effects: Readonly<Record<string, Effect>> = {
  ...s3Effects,
  ...sqsEffects,
  // The roles are part of the deployment, not of the account's state: the run changes them there.
  'iam:DeleteRolePolicy': (world) => ({ world, answer: found() }),
};
