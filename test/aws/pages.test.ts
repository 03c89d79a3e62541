import { DescribeSecurityGroupRulesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { memberPorts } from '#aws/member';
import type { Call } from '#core';
import { ec2 } from '#core/operations/ec2';
import { iam } from '#core/operations/iam';
import securityGroupOpen from '#policies/guardrails/ec2/security-group-open';
import accessKeyCreated from '#policies/guardrails/iam/access-key-created';
import { type Asked, assumedRole, fakeAws, type Reply } from '../support/fake-aws';

const on = { type: '', arn: '', account: '444444444444', region: 'eu-west-1' };
const describeRules = ec2.describeSecurityGroupRules(on, {
  Filters: [{ Name: 'group-id', Values: ['sg-0d921df5'] }],
  MaxResults: 1000,
});

/** Reads once over the SDK's own clients; gives the answer and the bodies that were sent. */
async function looked(call: Call<'read'>, reply: (asked: Asked) => Reply) {
  const { asked, requestHandler } = fakeAws((one) =>
    one.signed.service === 'sts' ? assumedRole(one) : reply(one),
  );
  const network = { requestHandler, maxAttempts: 1 };
  const { look } = memberPorts({
    partition: 'aws',
    service: 'ec2',
    guardrails: [securityGroupOpen, accessKeyCreated],
    sdk: {
      clients: {
        EC2Client: class extends EC2Client {
          constructor(config: object) {
            super({ ...config, ...network });
          }
        },
        IAMClient: class extends IAMClient {
          constructor(config: object) {
            super({ ...config, ...network });
          }
        },
      },
      commands: { DescribeSecurityGroupRulesCommand, ListAccessKeysCommand },
    },
    sts: new STSClient({
      ...network,
      region: 'us-east-1',
      credentials: { accessKeyId: 'RESPONDER', secretAccessKey: 's' },
    }),
    reader: 'parapet-respond-ec2',
    now: () => new Date('2030-01-01T00:00:00Z'),
  });
  const answer = await look(call);
  const reads = asked.filter(({ signed }) => signed.service !== 'sts');
  return {
    answer,
    sent: reads.map(({ body }) => new URLSearchParams(body)),
    hosts: reads.map(({ hostname }) => hostname),
  };
}

const page = (rule: string, next?: string): Reply => ({
  body: `<DescribeSecurityGroupRulesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><securityGroupRuleSet><item><securityGroupRuleId>${rule}</securityGroupRuleId></item></securityGroupRuleSet>${next === undefined ? '' : `<nextToken>${next}</nextToken>`}</DescribeSecurityGroupRulesResponse>`,
});

test('a listing of three pages is one answer, each page asked for with the token before it', async () => {
  const pages = [page('sgr-1', 'two'), page('sgr-2', 'three'), page('sgr-3')];

  const { answer, sent } = await looked(describeRules, () => pages.shift() ?? { status: 500 });

  expect(answer).toMatchObject({
    kind: 'found',
    value: {
      SecurityGroupRules: [
        { SecurityGroupRuleId: 'sgr-1' },
        { SecurityGroupRuleId: 'sgr-2' },
        { SecurityGroupRuleId: 'sgr-3' },
      ],
    },
  });
  expect(sent.map((body) => body.get('NextToken'))).toEqual([null, 'two', 'three']);
  expect(sent.map((body) => body.get('Filter.1.Value.1'))).toEqual(Array(3).fill('sg-0d921df5'));
});

test('IAM goes on by its marker, at its one endpoint whatever the Region', async () => {
  const keys = (id: string, more: string): Reply => ({
    body: `<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccessKeysResult><AccessKeyMetadata><member><AccessKeyId>${id}</AccessKeyId></member></AccessKeyMetadata>${more}</ListAccessKeysResult></ListAccessKeysResponse>`,
  });
  const pages = [
    keys('AKIA1', '<IsTruncated>true</IsTruncated><Marker>m2</Marker>'),
    keys('AKIA2', '<IsTruncated>false</IsTruncated>'),
  ];

  const { answer, sent, hosts } = await looked(
    iam.listAccessKeys(on, { UserName: 'mailer' }),
    () => pages.shift() ?? { status: 500 },
  );

  expect(answer).toMatchObject({
    value: { AccessKeyMetadata: [{ AccessKeyId: 'AKIA1' }, { AccessKeyId: 'AKIA2' }] },
  });
  expect(sent.map((body) => body.get('Marker'))).toEqual([null, 'm2']);
  expect(hosts).toEqual(['iam.amazonaws.com', 'iam.amazonaws.com']);
});

test('a listing without an end is refused after twenty pages, not judged by its beginning', async () => {
  const { answer, sent } = await looked(describeRules, () => page('sgr-1', 'on'));

  expect(answer).toEqual({ kind: 'refused', why: 'malformed', code: 'TooManyPages' });
  expect(sent).toHaveLength(20);
});

test('a second page that is refused refuses the whole', async () => {
  const pages = [page('sgr-1', 'two')];

  const { answer } = await looked(describeRules, () => pages.shift() ?? { status: 503 });

  expect(answer).toMatchObject({ kind: 'refused', why: 'timeout' });
});
