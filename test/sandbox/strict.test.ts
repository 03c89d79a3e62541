import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Call, type Json, roleArn } from '#core';
import { type Bucket, s3 } from '#core/operations/s3';
import { sessionPolicy } from '#engine/session-policy';
import { makeCall } from '#sandbox/calls';
import { asRoot, type Keys, rootKeys } from '#sandbox/clients';
import { accountOf } from '#sandbox/drive';
import { uniqueName, worldIn } from './world';

const { sandbox, people, developer } = worldIn();
const { account: securityId, region: home } = sandbox.security;
const shopId = accountOf(sandbox, 'shop-prod');
const shop = developer('shop-prod', home);
const remediation = roleArn('aws', shopId, 'parapet-remediate-s3');

interface Wanted {
  readonly RoleArn: string;
  readonly SourceIdentity?: string;
  readonly Policy?: string;
}

async function assume(keys: Keys, wanted: Wanted): Promise<Keys> {
  const sts = new STSClient({ ...asRoot(sandbox, securityId, home), credentials: keys });
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ RoleSessionName: 'test', ...wanted }),
  );
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}

const security = (operation: string, input: Json) =>
  makeCall(asRoot(sandbox, securityId, home), operation, input);

const trusting = (Principal: Json): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  });

/** A session of a responder. Only Lambda may have one: its trust is opened for that moment. */
async function responderKeys(service: string): Promise<Keys> {
  const RoleName = `parapet-respond-${service}`;
  const role = (await security('iam:GetRole', { RoleName })) as {
    readonly Role: { readonly AssumeRolePolicyDocument: string };
  };
  const before = decodeURIComponent(role.Role.AssumeRolePolicyDocument);
  await security('iam:UpdateAssumeRolePolicy', {
    RoleName,
    PolicyDocument: trusting({ AWS: `arn:aws:iam::${securityId}:root` }),
  });
  try {
    return await assume(rootKeys(securityId), { RoleArn: roleArn('aws', securityId, RoleName) });
  } finally {
    await security('iam:UpdateAssumeRolePolicy', { RoleName, PolicyDocument: before });
  }
}

const bucket = (name: string): Bucket => ({
  ...{ type: 'AWS::S3::Bucket', arn: `arn:aws:s3:::${name}`, account: shopId, region: home, name },
});

const identity = { RoleArn: remediation, SourceIdentity: 's3.bucket-public' };

test('the sandbox of this suite is strict', () => {
  expect(sandbox.isStrict).toBe(true);
});

test('a repair session for bucket A cannot write bucket B, nor do anything else to A', async () => {
  const [a, b] = [uniqueName('a'), uniqueName('b')];
  for (const Bucket of [a, b]) await shop('s3:CreateBucket', { Bucket });
  const plan: readonly Call<'write'>[] = [
    s3.putBucketAcl(bucket(a), { Bucket: a, ACL: 'private' }),
  ];
  const operations = new Map([[s3.putBucketAcl.id, s3.putBucketAcl]]);
  const until = new Date(Date.now() + 60_000);

  const credentials = await assume(await responderKeys('s3'), {
    ...identity,
    Policy: sessionPolicy(plan, operations, until),
  });

  const write = (operation: string, input: Json) =>
    makeCall({ ...asRoot(sandbox, shopId, home), credentials }, operation, input);
  await write('s3:PutBucketAcl', { Bucket: a, ACL: 'private' });
  const denied = { name: 'AccessDenied' };
  await expect(write('s3:PutBucketAcl', { Bucket: b, ACL: 'private' })).rejects.toMatchObject(
    denied,
  );
  await expect(write('s3:DeleteBucketPolicy', { Bucket: a })).rejects.toMatchObject(denied);
  await expect(write('s3:GetBucketAcl', { Bucket: a })).rejects.toMatchObject(denied);
});

describe('the remediation role is assumed by nobody', () => {
  const refused = (keys: Promise<Keys>, wanted: Wanted) =>
    expect(keys.then((own) => assume(own, wanted))).rejects.toMatchObject({ name: 'AccessDenied' });

  test('but the responder, such as an administrator of the member account', () =>
    refused(people.keysOf(shopId, { role: 'Admin', session: 'mallory' }), identity));

  test('but the responder, such as the management account', () =>
    refused(Promise.resolve(rootKeys(sandbox.management)), identity));

  test('but the responder, such as an administrator of the security account', () =>
    refused(people.keysOf(securityId, { role: 'Admin', session: 'mallory' }), identity));

  test('but the responder of its service', () => refused(responderKeys('sqs'), identity));

  test('without the source identity of a guardrail', () =>
    refused(responderKeys('s3'), { RoleArn: remediation }));

  test('with the source identity of another guardrail', () =>
    refused(responderKeys('s3'), { ...identity, SourceIdentity: 'sqs.queue-untagged' }));
});
