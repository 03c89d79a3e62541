import fc from 'fast-check';
import { type DirectoryAnswer, decisionIn, noticeOf, plainText } from '#report/notice';

const titles = new Map([
  ['s3.bucket-public', { title: 'S3 bucket made public', severity: 'critical' }],
]);
const known: DirectoryAnswer = {
  kind: 'known',
  name: 'orders-prod',
  ouPath: '/Workloads/Prod',
  owner: 'team-orders',
};
const decision = {
  id: 'd-1',
  guardrail: 's3.bucket-public',
  account: '444444444444',
  ouPath: '/Workloads',
  resource: 'arn:aws:s3:::orders',
  verdict: 'violates',
  reason: 'the ACL grants READ to everyone',
  mode: 'shadow',
  outcome: 'shadowed',
  because: 'the mode is shadow',
};

describe('a notice', () => {
  it('says what is wrong where, whose it is and what was done', () => {
    expect(noticeOf(decision, { directory: known, titles })).toEqual({
      decision: 'd-1',
      headline: 'Violation: S3 bucket made public (s3.bucket-public, critical).',
      account: '444444444444',
      name: 'orders-prod',
      ouPath: '/Workloads/Prod',
      owner: 'team-orders',
      resource: 'arn:aws:s3:::orders',
      reason: 'The ACL grants READ to everyone.',
      done: 'Nothing was changed: the mode is shadow.',
    });
  });

  it('says so where an account is not in the directory', () => {
    expect(noticeOf(decision, { directory: { kind: 'unknown' }, titles })).toMatchObject({
      ...{ name: 'not in the directory', ouPath: '/Workloads', owner: 'unknown' },
    });
  });

  it('says so where the directory does not answer', () => {
    expect(noticeOf(decision, { directory: { kind: 'unasked' }, titles })).toMatchObject({
      ...{ name: 'the directory does not answer', ouPath: '/Workloads', owner: 'unknown' },
    });
  });

  it('says so where nobody owns an account', () => {
    const { owner: _, ...nobody } = known;

    expect(noticeOf(decision, { directory: nobody, titles }).owner).toBe('nobody is named');
  });

  it('names a guardrail it does not know', () => {
    const notice = noticeOf({ ...decision, guardrail: 'x.y' }, { directory: known, titles });

    expect(notice.headline).toBe('Violation: x.y.');
  });

  it.each([
    ['shadowed', 'Nothing was changed.'],
    ['repaired', 'It was repaired.'],
    ['partly', 'It was repaired in part only.'],
    ['failed', 'The repair failed.'],
    ['undetermined', 'Nothing was changed, as the state could not be told.'],
    ['constructor', 'The outcome is constructor, the mode shadow.'],
  ])('tells the outcome %s', (outcome, done) => {
    const { because: _, ...bare } = decision;

    expect(noticeOf({ ...bare, outcome }, { directory: known, titles }).done).toBe(done);
  });

  it('adds why the outcome is what it is', () => {
    const held = { ...decision, outcome: 'held', because: 'the budget is spent' };

    expect(noticeOf(held, { directory: known, titles }).done).toBe(
      'The repair was held back: the budget is spent.',
    );
  });

  it('is made of what cannot be read too', () => {
    const notice = noticeOf(undefined, { directory: { kind: 'unknown' }, titles });

    expect(notice.headline).toContain('cannot be read');
    expect(notice.decision).toBe('unknown');
  });

  it('fits into a template whatever others chose', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(decision)), fc.string({ unit: 'binary' })),
        (texts) => {
          const notice = noticeOf({ ...decision, ...texts }, { directory: known, titles });

          for (const text of Object.values(notice)) {
            expect(JSON.stringify(text)).toBe(`"${text}"`);
            expect(text).not.toMatch(/[<>\n]/);
            expect([...text].length).toBeLessThan(900);
          }
        },
      ),
    );
  });
});

describe('what is handed over', () => {
  it('is the decision in a message of a queue', () => {
    const body = JSON.stringify({ source: 'parapet', detail: decision });

    expect(decisionIn({ messageId: '1', body })).toEqual(decision);
  });

  it('is the decision itself where a state machine hands it over', () => {
    expect(decisionIn(decision)).toEqual(decision);
  });

  it.each([[{ body: 'no JSON' }], [{ body: '{}' }], [null], ['text'], [undefined]])(
    'is nothing where it is %j',
    (handed) => {
      expect(decisionIn(handed)).toBeUndefined();
    },
  );
});

test('a plain text has no controls, quotes or brackets, and is not too long', () => {
  expect(plainText('a\u0000b\u202E"c\\<d>')).toBe("a b 'c''d'");
  expect([...plainText('😀'.repeat(1000))]).toHaveLength(400);
});
