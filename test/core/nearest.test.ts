import { nearest, suggestion } from '#core/nearest';

const IDS = ['s3.bucket-public', 'sqs.queue-untagged', 'signin.root-login'];

test.each([
  ['s3.bucket-publik', 's3.bucket-public'],
  ['s3.bucket-pubilc', 's3.bucket-public'],
  ['S3.Bucket-Public', 's3.bucket-public'],
  ['bucket-public', 's3.bucket-public'],
  ['root-login', undefined],
  ['kms.key-deleted', undefined],
])('the word nearest to %s is %s', (word, expected) => {
  expect(nearest(word, IDS)).toBe(expected);
});

test('where nothing is near, the first twelve of the choice are told', () => {
  const many = Array.from({ length: 14 }, (_, i) => `choice-number-${i}`);

  expect(suggestion('x', many)).toMatch(/^choose one of choice-number-0, .*-11 and 2 more$/);
});

test('where there is no choice, the word is to go', () => {
  expect(suggestion('x', [])).toBe('remove it');
});
