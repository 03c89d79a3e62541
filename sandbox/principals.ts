import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Json, textAt } from '#core';
import type { Principal } from '#twin/scenario';
import { makeCall } from './calls';
import { asRoot, type Keys, rootKeys } from './clients';
import { SandboxFailed } from './errors';
import type { Sandbox } from './record';

const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** Hands out the keys of people who work in the accounts; makes role or user at the first time. */
export function principals(sandbox: Sandbox) {
  const known = new Map<string, Promise<Keys>>();
  return {
    keysOf(account: string, by: Principal): Promise<Keys> {
      const id = JSON.stringify([account, by.role, by.session, by.user]);
      const keys = known.get(id) ?? makeKeys(sandbox, account, by);
      known.set(id, keys);
      return keys;
    },
  };
}

/** An account that is not of the organization, like an empty principal, has its bare root keys. */
async function makeKeys(sandbox: Sandbox, account: string, by: Principal): Promise<Keys> {
  const isMember = Object.values(sandbox.accounts).includes(account);
  if (!isMember) return rootKeys(account);
  if (by.role !== undefined) return sessionOf(sandbox, account, by.role, by.session);
  if (by.user !== undefined) return userKeys(sandbox, account, by.user);
  return rootKeys(account);
}

async function sessionOf(
  sandbox: Sandbox,
  account: string,
  role: string,
  session = 'somebody@example.com',
): Promise<Keys> {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${sandbox.management}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  await makeUnlessThere(sandbox, account, 'iam:CreateRole', {
    RoleName: role,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  await makeCall(asRoot(sandbox, account), 'iam:PutRolePolicy', {
    ...{ RoleName: role, PolicyName: 'everything', PolicyDocument: EVERYTHING },
  });
  const sts = new STSClient(asRoot(sandbox, sandbox.management));
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${role}`,
      RoleSessionName: session,
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
    throw new SandboxFailed(`STS gave no keys for ${role} in ${account}`);
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
}

async function userKeys(sandbox: Sandbox, account: string, user: string): Promise<Keys> {
  await makeUnlessThere(sandbox, account, 'iam:CreateUser', { UserName: user });
  await makeCall(asRoot(sandbox, account), 'iam:PutUserPolicy', {
    ...{ UserName: user, PolicyName: 'everything', PolicyDocument: EVERYTHING },
  });
  const made = await makeCall(asRoot(sandbox, account), 'iam:CreateAccessKey', { UserName: user });
  const accessKeyId = textAt(made, 'AccessKey', 'AccessKeyId');
  const secretAccessKey = textAt(made, 'AccessKey', 'SecretAccessKey');
  if (!accessKeyId || !secretAccessKey) throw new SandboxFailed(`IAM gave no key for ${user}`);
  return { accessKeyId, secretAccessKey };
}

async function makeUnlessThere(
  sandbox: Sandbox,
  account: string,
  operation: string,
  input: Json,
): Promise<void> {
  try {
    await makeCall(asRoot(sandbox, account), operation, input);
  } catch (cause) {
    // IAM is global to the account, and an earlier scenario may have made it.
    if ((cause as Error).name !== 'EntityAlreadyExistsException') throw cause;
  }
}
