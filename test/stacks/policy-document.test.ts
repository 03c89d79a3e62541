import { operation } from '#core';
import { AnyResource, policyDocument } from '#policies/resources/document';
import { operationPermissions } from '#policies/resources/operation-permissions';

const read = (id: string, scope: string, iam: readonly string[]) =>
  operation<object, object>()({
    ...{ id, scope, iam, access: 'read', absentOn: [], secret: [] },
    trail: { source: 'x.amazonaws.com', names: [id], region: 'own' },
  });

const place = { partition: 'aws', account: '111111111111' };

describe('a policy document', () => {
  it('refuses an allowed action with a wildcard', () => {
    expect(() => policyDocument({ actions: ['s3:Get*'] })).toThrow('name each action');
  });

  it('refuses a resource * without a reason', () => {
    expect(() => policyDocument({ actions: ['s3:GetObject'], resources: ['*'] })).toThrow('reason');
    expect(() => new AnyResource('')).toThrow('reason');
  });

  it('takes a resource * with a reason', () => {
    const resources = [new AnyResource('it knows no resource')];

    expect(policyDocument({ actions: ['sts:GetCallerIdentity'], resources })).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['sts:GetCallerIdentity'], Resource: ['*'] }],
    });
  });
});

describe('the permissions of operations', () => {
  it('name each action once, on the type of thing it is granted on', () => {
    const operations = [
      read('s3:B', 'arn:{partition}:s3:::*', ['s3:GetBucketAcl']),
      read('sqs:A', 'arn:{partition}:sqs:*:{account}:*', ['sqs:ListQueueTags']),
      read('s3:A', 'arn:{partition}:s3:::*', ['s3:GetBucketAcl', 's3:GetBucketPolicy']),
    ];

    expect(operationPermissions(operations, place).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketAcl', 's3:GetBucketPolicy'],
        Resource: ['arn:aws:s3:::*'],
      },
      {
        Effect: 'Allow',
        Action: ['sqs:ListQueueTags'],
        Resource: ['arn:aws:sqs:*:111111111111:*'],
      },
    ]);
  });

  it('leave out what needs no permission', () => {
    const operations = [read('signin:ConsoleLogin', '', [])];

    expect(operationPermissions(operations, place).Statement).toEqual([]);
  });

  it('take * where the catalogue says that the action knows no resource', () => {
    const operations = [read('ec2:DescribeInstances', '*', ['ec2:DescribeInstances'])];

    expect(operationPermissions(operations, place).Statement).toEqual([
      { Effect: 'Allow', Action: ['ec2:DescribeInstances'], Resource: ['*'] },
    ]);
  });
});
