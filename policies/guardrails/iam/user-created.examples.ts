import { defineExamples, type Json } from '#core';

const create = {
  eventName: 'CreateUser',
  eventSource: 'iam.amazonaws.com',
  awsRegion: 'us-east-1',
  requestParameters: { userName: 'reporting' },
  responseElements: {
    user: {
      path: '/',
      userName: 'reporting',
      userId: 'AIDAEXAMPLE0000000000',
      arn: 'arn:aws:iam::444444444444:user/reporting',
      createDate: 'Nov 21, 2026 10:00:00 AM',
    },
  },
};
const user = (more: { readonly [key: string]: Json } = {}) => ({
  'iam:GetUser': {
    User: {
      UserName: 'reporting',
      Path: '/',
      Arn: 'arn:aws:iam::444444444444:user/reporting',
      ...more,
    },
  },
  'iam:ListAttachedUserPolicies': { AttachedPolicies: [] },
});
const deny = [
  {
    operation: 'iam:AttachUserPolicy',
    input: { UserName: 'reporting', PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' },
  },
];

export default defineExamples([
  {
    name: 'a user violates, and is denied everything rather than deleted',
    event: create,
    state: user(),
    expect: {
      verdict: 'violates',
      reason: 'the user reporting was created outside the allowed names, paths and tags',
      plan: deny,
    },
  },
  {
    name: 'a path that only looks like an allowed one violates',
    event: create,
    state: user({ Path: '/service-x/' }),
    settings: { paths: ['/service/'] },
    expect: { verdict: 'violates', plan: deny },
  },
  {
    name: 'a tag with another value violates',
    event: create,
    state: user({ Tags: [{ Key: 'kind', Value: 'person' }] }),
    settings: { tags: { kind: 'service' } },
    expect: { verdict: 'violates', plan: deny },
  },
  {
    name: 'a user that is denied everything already complies',
    event: create,
    state: {
      ...user(),
      'iam:ListAttachedUserPolicies': {
        AttachedPolicies: [
          { PolicyName: 'AWSDenyAll', PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' },
        ],
      },
    },
    expect: { verdict: 'complies', reason: 'the user is denied everything' },
  },
  {
    name: 'a policy of the account with the same name denies nothing for sure',
    event: create,
    state: {
      ...user(),
      'iam:ListAttachedUserPolicies': {
        AttachedPolicies: [
          { PolicyName: 'AWSDenyAll', PolicyArn: 'arn:aws:iam::444444444444:policy/AWSDenyAll' },
        ],
      },
    },
    expect: { verdict: 'violates', plan: deny },
  },
  {
    name: 'a user below an allowed path complies',
    event: create,
    state: user({ Path: '/service/mail/' }),
    settings: { paths: ['/service/'] },
    expect: { verdict: 'complies', reason: 'users with the path /service/ are allowed' },
  },
  {
    name: 'a user with an allowed name complies',
    event: create,
    state: user(),
    settings: { users: ['reporting'] },
    expect: { verdict: 'complies', reason: 'the user reporting is allowed by name' },
  },
  {
    name: 'a user with an allowed tag complies',
    event: create,
    state: user({ Tags: [{ Key: 'kind', Value: 'break-glass' }] }),
    settings: { tags: { kind: 'break-glass' } },
    expect: { verdict: 'complies', reason: 'users with the tag kind = break-glass are allowed' },
  },
  {
    name: 'a user that is gone complies',
    event: create,
    expect: { verdict: 'complies', reason: 'the user no longer exists' },
  },
  {
    name: 'a user that may not be read is undetermined',
    event: create,
    state: { 'iam:GetUser': { $refused: 'AccessDenied' } },
    expect: { verdict: 'undetermined', reason: 'iam:GetUser was refused: denied (AccessDenied)' },
  },
  {
    name: 'a call that failed is ignored',
    event: { ...create, errorCode: 'EntityAlreadyExistsException', responseElements: null },
    expect: { verdict: 'ignored' },
  },
  {
    name: 'a user of another service is ignored',
    event: { ...create, eventSource: 'transfer.amazonaws.com' },
    expect: { verdict: 'ignored' },
  },
]);
