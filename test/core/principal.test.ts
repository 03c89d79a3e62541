import fc from 'fast-check';
import { creatorOf, ownerOf } from '#core/principal';
import { trailEvent } from '../support/event';

const callerIn = (userIdentity: Parameters<typeof trailEvent>[0][string]) =>
  trailEvent({ userIdentity }).caller;

const session = (arn: string, userName = 'Developer') => ({
  type: 'AssumedRole',
  arn,
  accountId: '444444444444',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::444444444444:role/x', userName },
  },
});

const sso = 'arn:aws:sts::444444444444:assumed-role/AWSReservedSSO_Dev_0123/ana@example.com';

describe('owner and creator', () => {
  test.each([
    ['a session of Identity Center', session(sso), 'ana@example.com', sso],
    [
      'a pipeline’s session',
      session('arn:aws:sts::444444444444:assumed-role/Deploy/1700000000', 'Deploy'),
      'Deploy',
      'arn:aws:sts::444444444444:assumed-role/Deploy/1700000000',
    ],
    [
      'an IAM user',
      { type: 'IAMUser', arn: 'arn:aws:iam::444444444444:user/ana', userName: 'ana' },
      'ana',
      'arn:aws:iam::444444444444:user/ana',
    ],
    [
      'the root user',
      { type: 'Root', arn: 'arn:aws:iam::444444444444:root', accountId: '444444444444' },
      'root',
      'arn:aws:iam::444444444444:root',
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      'config.amazonaws.com',
      'config.amazonaws.com',
    ],
    ['nobody', null, 'unknown', 'unknown'],
    [
      'somebody whose names are empty',
      { type: 'IAMUser', userName: '', arn: '' },
      'unknown',
      'unknown',
    ],
  ])('of %s', (_, identity, owner, creator) => {
    const caller = callerIn(identity);

    expect(ownerOf(caller)).toBe(owner);
    expect(creatorOf(caller)).toBe(creator);
  });
});

test('whatever a session is named, a tag can hold it', () => {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html
  const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;
  const name = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
    fc.string({
      unit: fc.constantFrom('𝒜', '@', '\ud800', '<', '\n', 'é'),
      minLength: 250,
      maxLength: 400,
    }),
  );

  fc.assert(
    fc.property(name, name, (one, other) => {
      const caller = { arn: one, name: other, session: `${one}@` };

      for (const text of [ownerOf(caller), creatorOf(caller), ownerOf({ name: other })]) {
        expect(text).toMatch(tagValue);
        // It throws for half a surrogate pair.
        expect(() => encodeURIComponent(text)).not.toThrow();
      }
    }),
  );
});
