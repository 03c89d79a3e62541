import { defineExamples } from '#core';

const url = 'https://sqs.eu-west-1.amazonaws.com/444444444444/orders';
const person = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::444444444444:assumed-role/Developer/ana@example.com',
  accountId: '444444444444',
};
const create = {
  eventName: 'CreateQueue',
  eventSource: 'sqs.amazonaws.com',
  userIdentity: person,
  requestParameters: { queueName: 'orders' },
  responseElements: { queueUrl: url },
};

export default defineExamples([
  {
    name: 'a queue without tags violates, and gets both from the principal',
    event: create,
    state: { 'sqs:ListQueueTags': {} },
    expect: {
      verdict: 'violates',
      reason: 'the queue has no tag owner and no tag creator',
      plan: [
        {
          operation: 'sqs:TagQueue',
          input: {
            QueueUrl: url,
            Tags: {
              owner: 'ana@example.com',
              creator: 'arn:aws:sts::444444444444:assumed-role/Developer/ana@example.com',
            },
          },
        },
      ],
    },
  },
  {
    name: 'an owner that is already there is kept',
    event: create,
    state: { 'sqs:ListQueueTags': { Tags: { owner: 'team-orders' } } },
    expect: {
      verdict: 'violates',
      reason: 'the queue has no tag creator',
      plan: [
        {
          operation: 'sqs:TagQueue',
          input: {
            QueueUrl: url,
            Tags: { creator: 'arn:aws:sts::444444444444:assumed-role/Developer/ana@example.com' },
          },
        },
      ],
    },
  },
  {
    name: 'other keys can be configured',
    event: {
      ...create,
      userIdentity: { type: 'IAMUser', userName: 'ben', arn: 'arn:aws:iam::444444444444:user/ben' },
    },
    state: { 'sqs:ListQueueTags': {} },
    settings: { owner: 'Owner', creator: 'CreatedBy' },
    expect: {
      verdict: 'violates',
      plan: [
        {
          operation: 'sqs:TagQueue',
          input: {
            QueueUrl: url,
            Tags: { Owner: 'ben', CreatedBy: 'arn:aws:iam::444444444444:user/ben' },
          },
        },
      ],
    },
  },
  {
    name: 'a queue that has both tags complies',
    event: create,
    state: { 'sqs:ListQueueTags': { Tags: { owner: 'team-orders', creator: 'pipeline' } } },
    expect: { verdict: 'complies', reason: 'the queue has the tags owner and creator' },
  },
  {
    name: 'a queue that is gone complies',
    event: create,
    expect: { verdict: 'complies', reason: 'the queue no longer exists' },
  },
  {
    name: 'tags that may not be read are undetermined',
    event: create,
    state: { 'sqs:ListQueueTags': { $refused: 'AccessDenied' } },
    expect: {
      verdict: 'undetermined',
      reason: 'sqs:ListQueueTags was refused: denied (AccessDenied)',
    },
  },
  {
    name: 'a call that failed is ignored',
    event: { ...create, errorCode: 'AccessDenied', responseElements: null },
    expect: { verdict: 'ignored' },
  },
  {
    name: 'a call that names no queue is ignored',
    event: { ...create, requestParameters: null },
    expect: { verdict: 'ignored' },
  },
]);
