import { answerOf, codeOf, requestIdOf } from '#aws/answer';
import { s3 } from '#core/operations/s3';
import { sqs } from '#core/operations/sqs';

/** An error as the SDK throws it. */
const thrown = (name: string, more: object = {}) =>
  Object.assign(new Error('no'), { name, ...more });
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

describe('an error means that there is none', () => {
  test.each([
    [s3.getBucketPolicy, thrown('NoSuchBucketPolicy', status(404))],
    [s3.getBucketPolicy, thrown('NoSuchBucket', status(404))],
    [s3.getPublicAccessBlock, thrown('NoSuchPublicAccessBlockConfiguration', status(404))],
    [
      sqs.listQueueTags,
      thrown('QueueDoesNotExist', { Code: 'AWS.SimpleQueueService.NonExistentQueue' }),
    ],
    [sqs.listQueueTags, thrown('AWS.SimpleQueueService.NonExistentQueue', status(400))],
  ])('for %#', (operation, error) => {
    expect(answerOf(error, operation)).toEqual({ kind: 'absent' });
  });
});

describe('an error is a refusal,', () => {
  test.each([
    ['throttled', thrown('SlowDown', status(503))],
    ['throttled', thrown('ThrottlingException', status(400))],
    ['throttled', thrown('Throttling', status(400))],
    ['throttled', thrown('ThrottledException', status(400))],
    ['throttled', thrown('TooManyRequestsException', status(429))],
    ['throttled', thrown('RequestLimitExceeded', status(503))],
    ['throttled', thrown('RequestThrottled', status(403))],
    ['throttled', thrown('Unknown', status(429))],
    ['throttled', thrown('ServiceUnavailable', status(503))],
    ['denied', thrown('AccessDenied', status(403))],
    ['denied', thrown('AccessDeniedException', status(400))],
    ['denied', thrown('UnauthorizedOperation', status(403))],
    ['denied', thrown('ExpiredToken', status(400))],
    ['denied', thrown('AllAccessDisabled', status(403))],
    ['denied', thrown('Unknown', status(401))],
    ['timeout', thrown('TimeoutError')],
    ['timeout', thrown('Error', { code: 'ETIMEDOUT' })],
    ['timeout', thrown('Error', { code: 'ECONNRESET' })],
    ['timeout', thrown('Error', { code: 'ECONNREFUSED' })],
    ['timeout', thrown('Error', { code: 'ENOTFOUND' })],
    ['timeout', thrown('Error', { code: 'EAI_AGAIN' })],
    ['timeout', thrown('Error', { code: 'EHOSTUNREACH' })],
    ['timeout', thrown('Error', { code: 'EPIPE' })],
    ['timeout', thrown('RequestTimeout', status(400))],
    ['timeout', thrown('InternalError', status(500))],
    ['timeout', thrown('Unknown', status(502))],
    ['malformed', thrown('InvalidRequest', status(400))],
    ['malformed', thrown('MalformedPolicy', status(400))],
    ['malformed', thrown('NoSuchBucket', status(404))],
    ['malformed', thrown('PermanentRedirect', status(301))],
    ['malformed', 'a text'],
    ['malformed', null],
    ['malformed', undefined],
  ] as const)('%s, of %#', (why, error) => {
    expect(answerOf(error, s3.putBucketAcl)).toEqual({ kind: 'refused', why, code: codeOf(error) });
  });
});

test('the service’s code is told rather than the SDK’s name for it', () => {
  expect(
    codeOf(thrown('QueueDoesNotExist', { Code: 'AWS.SimpleQueueService.NonExistentQueue' })),
  ).toBe('AWS.SimpleQueueService.NonExistentQueue');
  expect(codeOf(thrown('Error', { code: 'ECONNRESET' }))).toBe('ECONNRESET');
  expect(codeOf(thrown('AccessDenied', { Code: 7 }))).toBe('AccessDenied');
  expect(codeOf(undefined)).toBe('Unknown');
});

test('a request’s id is told where there is one', () => {
  expect(requestIdOf({ $metadata: { requestId: 'r-1' } })).toBe('r-1');
  for (const none of [{}, null, undefined, 'text']) expect(requestIdOf(none)).toBe('');
});
