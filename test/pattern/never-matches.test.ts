import { signin } from '#core/operations/signin';
import { compileTriggers, neverMatches, parsePattern, patternText } from '#pattern';

const S3 = '"detail":{"eventSource":["s3.amazonaws.com"],"eventName":["PutBucketAcl"]}';

test.each([
  [
    `{"source":["aws.cloudtrail"],${S3}}`,
    'the events of s3.amazonaws.com have the source "aws.s3"',
  ],
  [
    `{"detail-type":["AWS Console Sign In via CloudTrail"],${S3}}`,
    'the events of s3.amazonaws.com have the detail-type "AWS API Call via CloudTrail" or "AWS Service Event via CloudTrail"',
  ],
  [
    '{"source":["s3.amazonaws.com"]}',
    '"source" begins with "aws.", it is never "s3.amazonaws.com"',
  ],
  [
    '{"detail":{"eventSource":["s3"]}}',
    '"eventSource" ends with ".amazonaws.com", it is never "s3"',
  ],
  ['{"detail-type":["S3 Bucket"]}', 'no event from CloudTrail has the detail-type "S3 Bucket"'],
  [
    '{"eventName":["PutBucketAcl"]}',
    'the envelope has no "eventName"; the parts of CloudTrail\'s record are in "detail"',
  ],
  ['{"account":[123456789012]}', '"account" is a string of twelve digits, never 123456789012'],
  ['{"detail":{"eventName":[{"exists":false}]}}', '"detail.eventName" is never missing'],
])('%s never matches: %s', (pattern, reason) => {
  expect(neverMatches(parsePattern(pattern))).toBe(reason);
});

test.each([
  `{"source":["aws.s3"],${S3}}`,
  `{"source":[{"prefix":"aws."}],${S3}}`,
  '{"source":["aws.cloudtrail"],"detail":{"eventSource":["cloudtrail.amazonaws.com"]}}',
  '{"source":["aws.cloudtrail","aws.s3"],"detail":{"eventSource":["s3.amazonaws.com"]}}',
  '{"replay-name":[{"exists":false}],"account":["123456789012"]}',
  '{"eventName":[{"exists":false}]}',
  '{"$or":[{"source":["nonsense"]},{"source":["aws.iam"]}]}',
  '{"detail":{"errorCode":[{"exists":false}]}}',
])('nothing speaks against %s', (pattern) => {
  expect(neverMatches(parsePattern(pattern))).toBeUndefined();
});

test('nothing speaks against a pattern compiled from triggers', () => {
  const rules = compileTriggers([{ operation: signin.consoleLogin, failed: 'judged' }]);

  expect(rules.map(({ pattern }) => neverMatches(parsePattern(patternText(pattern))))).toEqual([
    undefined,
  ]);
});
