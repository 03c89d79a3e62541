import { cloudtrailShape } from './cloudtrail';
import { ec2Shape } from './ec2';
import { iamShape } from './iam';
import { s3Shape } from './s3';
import { plainly, type Shape } from './shape';
import { sqsShape } from './sqs';

export type { Recorded, Shape } from './shape';

const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['cloudtrail', cloudtrailShape],
  ['ec2', ec2Shape],
  ['iam', iamShape],
  ['s3', s3Shape],
  ['sqs', sqsShape],
]);

/** How a service's calls stand in the trail. */
export const shapes = (service: string): Shape => SHAPES.get(service) ?? plainly;
