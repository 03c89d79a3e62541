import { at, textAt } from '#core';
import type { Shape } from './shape';

/** Subresources stand in S3's records as empty query flags. */
const FLAGS: Readonly<Record<string, string>> = {
  's3:PutBucketAcl': 'acl',
  's3:PutBucketPolicy': 'policy',
  's3:DeleteBucketPolicy': 'policy',
  's3:PutPublicAccessBlock': 'publicAccessBlock',
  's3:DeletePublicAccessBlock': 'publicAccessBlock',
};

export const s3Shape: Shape = {
  request: ({ operation, input, region }) => {
    const bucket = textAt(input, 'Bucket') ?? '';
    const flag = FLAGS[operation];
    const acl = textAt(input, 'ACL');
    const policy = textAt(input, 'Policy');
    const block = at(input, 'PublicAccessBlockConfiguration');
    return {
      bucketName: bucket,
      Host: `${bucket}.s3.${region}.amazonaws.com`,
      ...(flag ? { [flag]: '' } : {}),
      ...(acl ? { 'x-amz-acl': acl } : {}),
      ...(policy ? { bucketPolicy: JSON.parse(policy) } : {}),
      ...(block ? { PublicAccessBlockConfiguration: block } : {}),
    };
  },
  response: () => null,
};
