import { busArn, names, roleArn } from '#core';

/** Other stacks, trust policies and SCPs of customers name them: a change is a breaking one. */
test('the names that others rely on are these', () => {
  expect([
    ...[names.bus, names.archive, names.forwardingRole, names.readerRole, names.rejects],
    ...[names.decisions, names.remediationRole('s3'), names.responder('s3'), names.queue('s3')],
    ...[names.forwardingRule('storage'), names.responderRule('s3'), names.deadLetters('forward')],
    names.bodies('222222222222', 'eu-west-1'),
  ]).toEqual([
    ...['parapet-bus', 'parapet-archive', 'parapet-forward', 'parapet-reader', 'parapet-rejects'],
    ...['parapet-decisions', 'parapet-remediate-s3', 'parapet-respond-s3', 'parapet-respond-s3'],
    ...['parapet-forward-storage', 'parapet-respond-s3', 'parapet-forward-dead-letters'],
    'parapet-bodies-222222222222-eu-west-1',
  ]);
});

test('ARNs are put together in AWS’s order', () => {
  expect(roleArn('aws', '444444444444', 'parapet-reader')).toBe(
    'arn:aws:iam::444444444444:role/parapet-reader',
  );
  expect(busArn('aws', 'eu-west-1', '222222222222')).toBe(
    'arn:aws:events:eu-west-1:222222222222:event-bus/parapet-bus',
  );
});

test('the longest name of a bucket is no longer than S3 takes', () => {
  expect(names.bodies('222222222222', 'ap-southeast-2').length).toBeLessThanOrEqual(63);
});
