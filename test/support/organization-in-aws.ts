import { type AwsServer, awsServer, type Received } from './aws-server';
import type { Reply } from './fake-aws';

export const MANAGEMENT = '111111111111';

export const json = (body: unknown): Reply => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/x-amz-json-1.1' },
});

/** A refusal as the JSON protocols tell it. */
export const denied = (operation: string): Reply => ({
  status: 400,
  headers: { 'x-amzn-errortype': 'AccessDeniedException' },
  body: JSON.stringify({
    __type: 'AccessDeniedException',
    message: `not authorized to perform: ${operation}`,
  }),
});

/** The role whose credentials signed a call, as its account; the caller's own are the management account's. */
export const accountOf = ({ by }: Received): string => /\d{12}/.exec(by)?.[0] ?? MANAGEMENT;

const xml = (body: string): Reply => ({ body, headers: { 'content-type': 'text/xml' } });

const assumed = ({ body }: Received): Reply => {
  const [, account = ''] = /arn:aws:iam::(\d{12}):/.exec(decodeURIComponent(body)) ?? [];
  const expiration = new Date(Date.now() + 900_000).toISOString();
  return xml(
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ROLE${account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
};

const identity = (received: Received): Reply =>
  xml(
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${accountOf(received)}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );

/** AWS on a local port that knows who calls, and the environment by which the SDK's own clients find it. */
export async function organizationInAws(): Promise<AwsServer & { restore(): void }> {
  const server = await awsServer();
  server.instead.set('sts AssumeRole', assumed);
  server.instead.set('sts GetCallerIdentity', identity);
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'OWN',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_MAX_ATTEMPTS: '1',
  });
  return {
    ...server,
    restore: () => {
      process.env = before;
    },
  };
}
