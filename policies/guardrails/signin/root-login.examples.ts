import { defineExamples } from '#core';

const signIn = {
  eventName: 'ConsoleLogin',
  eventSource: 'signin.amazonaws.com',
  userIdentity: { type: 'Root', arn: 'arn:aws:iam::444444444444:root', accountId: '444444444444' },
  requestParameters: null,
  responseElements: { ConsoleLogin: 'Success' },
  additionalEventData: { MFAUsed: 'No' },
  sourceIPAddress: '198.51.100.7',
};

export default defineExamples([
  {
    name: 'a root sign-in without MFA violates; nothing can be repaired',
    event: signIn,
    expect: {
      verdict: 'violates',
      reason: 'the root user signed in from 198.51.100.7 without MFA',
      plan: [],
    },
  },
  {
    name: 'a root sign-in with MFA violates too',
    event: { ...signIn, additionalEventData: { MFAUsed: 'Yes' } },
    expect: {
      verdict: 'violates',
      reason: 'the root user signed in from 198.51.100.7 with MFA',
      plan: [],
    },
  },
  {
    name: 'a failed sign-in, which has no errorCode, complies',
    event: { ...signIn, responseElements: { ConsoleLogin: 'Failure' } },
    expect: { verdict: 'complies', reason: 'the sign-in failed' },
  },
  {
    name: 'an IAM user signing in is ignored',
    event: { ...signIn, userIdentity: { type: 'IAMUser', userName: 'ana' } },
    expect: { verdict: 'ignored' },
  },
  {
    name: 'a sign-in without an identity is ignored',
    event: { ...signIn, userIdentity: null },
    expect: { verdict: 'ignored' },
  },
]);
