import { defineExamples, type Json } from '#core';

const id = 'AKIA2XXE4FXAXEXAMPLE';
const create = {
  eventName: 'CreateAccessKey',
  eventSource: 'iam.amazonaws.com',
  awsRegion: 'us-east-1',
  requestParameters: { userName: 'mailer' },
  responseElements: { accessKey: { userName: 'mailer', accessKeyId: id, status: 'Active' } },
};
const root = { type: 'Root', arn: 'arn:aws:iam::444444444444:root', accountId: '444444444444' };
const byRoot = {
  ...create,
  userIdentity: root,
  requestParameters: null,
  responseElements: { accessKey: { accessKeyId: id, status: 'Active' } },
};
const key = (Status: string, more: { readonly [key: string]: Json } = {}) => ({
  'iam:GetUser': {
    User: {
      UserName: 'mailer',
      Path: '/service/',
      Arn: 'arn:aws:iam::444444444444:user/service/mailer',
      ...more,
    },
  },
  'iam:ListAccessKeys': {
    AccessKeyMetadata: [
      { UserName: 'mailer', AccessKeyId: 'AKIA0000000OLDERKEY0', Status: 'Active' },
      { UserName: 'mailer', AccessKeyId: id, Status },
    ],
  },
});
const summary = (AccountAccessKeysPresent: number) => ({
  'iam:GetAccountSummary': { SummaryMap: { Users: 3, AccountAccessKeysPresent } },
});
const off = [
  {
    operation: 'iam:UpdateAccessKey',
    input: { UserName: 'mailer', AccessKeyId: id, Status: 'Inactive' },
  },
];

export default defineExamples([
  {
    name: 'a new key violates and is switched off, the older one is left alone',
    event: create,
    state: key('Active'),
    expect: {
      verdict: 'violates',
      reason: 'the user mailer has a new access key and may have none',
      plan: off,
    },
  },
  {
    name: 'a user who makes a key for himself need not name himself',
    event: {
      ...create,
      userIdentity: {
        type: 'IAMUser',
        userName: 'mailer',
        arn: 'arn:aws:iam::444444444444:user/service/mailer',
      },
      requestParameters: null,
      responseElements: { accessKey: { accessKeyId: id, status: 'Active' } },
    },
    state: key('Active'),
    expect: { verdict: 'violates', plan: off },
  },
  {
    name: 'a key that root makes for a user is a key of that user',
    event: { ...create, userIdentity: root },
    state: key('Active'),
    expect: { verdict: 'violates', plan: off },
  },
  {
    name: 'a key of the root user violates; it can only be reported',
    event: byRoot,
    state: summary(1),
    expect: { verdict: 'violates', reason: 'the root user has an access key', plan: [] },
  },
  {
    name: 'a key of the root user that is gone complies',
    event: byRoot,
    state: summary(0),
    expect: { verdict: 'complies', reason: 'the root user has no access key' },
  },
  {
    name: 'a summary that does not count root keys is undetermined',
    event: byRoot,
    state: { 'iam:GetAccountSummary': { SummaryMap: {} } },
    expect: { verdict: 'undetermined', reason: 'the account does not tell of root keys' },
  },
  {
    name: 'a key that was deleted complies, whatever other keys there are',
    event: create,
    state: {
      ...key('Active'),
      'iam:ListAccessKeys': {
        AccessKeyMetadata: [{ AccessKeyId: 'AKIA0000000OLDERKEY0', Status: 'Active' }],
      },
    },
    expect: { verdict: 'complies', reason: 'the access key no longer exists' },
  },
  {
    name: 'a key that is switched off complies',
    event: create,
    state: key('Inactive'),
    expect: { verdict: 'complies', reason: 'the access key is switched off' },
  },
  {
    name: 'users below an allowed path may have keys',
    event: create,
    state: key('Active'),
    settings: { paths: ['/service/'] },
    expect: { verdict: 'complies', reason: 'users with the path /service/ are allowed' },
  },
  {
    name: 'users with an allowed tag may have keys',
    event: create,
    state: key('Active', { Tags: [{ Key: 'access', Value: 'break-glass' }] }),
    settings: { tags: { access: 'break-glass' } },
    expect: { verdict: 'complies', reason: 'users with the tag access = break-glass are allowed' },
  },
  {
    name: 'keys that may not be listed are undetermined',
    event: create,
    state: { ...key('Active'), 'iam:ListAccessKeys': { $refused: 'AccessDenied' } },
    expect: {
      verdict: 'undetermined',
      reason: 'iam:ListAccessKeys was refused: denied (AccessDenied)',
    },
  },
  {
    name: 'a call that failed is ignored',
    event: { ...create, errorCode: 'LimitExceededException', responseElements: null },
    expect: { verdict: 'ignored' },
  },
]);
