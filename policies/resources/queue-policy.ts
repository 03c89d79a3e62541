import { type PolicyDocument, policyDocument } from './document';

/** Lets EventBridge put messages into a queue on behalf of exactly these rules. */
export const queuePolicy = (queue: {
  readonly queue: string;
  readonly rules: readonly string[];
  readonly account: string;
}): PolicyDocument =>
  policyDocument({
    sid: 'RulesDeliver',
    principal: { Service: 'events.amazonaws.com' },
    actions: ['sqs:SendMessage'],
    resources: [queue.queue],
    conditions: {
      ArnEquals: { 'aws:SourceArn': queue.rules },
      StringEquals: { 'aws:SourceAccount': queue.account },
    },
  });
