import fc from 'fast-check';
import { type Access, type AnyOperation, operation, type Trail, type Trigger } from '#core';
import {
  compile,
  compileTriggers,
  LONGEST_PATTERN,
  patternText,
  regionTriggers,
  ruleState,
  rulesPerBus,
} from '#pattern';
import { matchesValue } from '../../support/matches';

const API = ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'];

interface Called {
  readonly service: string;
  readonly name: string;
  readonly type?: string;
  readonly failed?: boolean;
  readonly replayed?: boolean;
}

const trigger = (
  service: string,
  names: readonly string[],
  failed: Trigger['failed'] = 'ignored',
  { access = 'write', region = 'own' }: { access?: Access; region?: Trail['region'] } = {},
): Trigger => ({
  failed,
  operation: operation<never, unknown>()({
    id: `${service}:${names.join()}`,
    access,
    iam: [],
    scope: '',
    trail: { source: `${service}.amazonaws.com`, names, region },
    absentOn: [],
    secret: [],
  }) as AnyOperation,
});

const eventOf = ({ service, name, type = API[0] ?? '', failed, replayed }: Called) => ({
  source: `aws.${service}`,
  'detail-type': type,
  ...(replayed ? { 'replay-name': 'yesterday' } : {}),
  detail: {
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    ...(failed ? { errorCode: 'AccessDenied' } : {}),
  },
});

const texts = (...of: Parameters<typeof compileTriggers>) =>
  compileTriggers(...of).map(({ pattern }) => patternText(pattern));

const isMatched = (patterns: readonly string[], called: Called): boolean =>
  patterns.some((text) => matchesValue(text, eventOf(called)));

test('one service makes one pattern without $or, with its keys in order', () => {
  expect(texts([trigger('s3', ['PutBucketPolicy']), trigger('s3', ['PutBucketAcl'])])).toEqual([
    '{"detail":{"errorCode":[{"exists":false}],"eventName":["PutBucketAcl","PutBucketPolicy"],' +
      '"eventSource":["s3.amazonaws.com"]},"detail-type":["AWS API Call via CloudTrail",' +
      '"AWS Service Event via CloudTrail"],"source":[{"prefix":"aws."}]}',
  ]);
});

test('services of a bin are paired with their event names, and say once that errors do not count', () => {
  const triggers = [trigger('sqs', ['SetQueueAttributes']), trigger('sns', ['CreateTopic'])];

  expect(compileTriggers(triggers, { replays: 'excluded' })).toEqual([
    {
      bin: 'services',
      state: 'ENABLED',
      calls: [
        expect.objectContaining({ source: 'sns.amazonaws.com', name: 'CreateTopic' }),
        expect.objectContaining({ source: 'sqs.amazonaws.com', name: 'SetQueueAttributes' }),
      ],
      pattern: {
        detail: {
          $or: [
            { eventName: ['CreateTopic'], eventSource: ['sns.amazonaws.com'] },
            { eventName: ['SetQueueAttributes'], eventSource: ['sqs.amazonaws.com'] },
          ],
          errorCode: [{ exists: false }],
        },
        'detail-type': API,
        'replay-name': [{ exists: false }],
        source: [{ prefix: 'aws.' }],
      },
    },
  ]);
});

test('services with the same event names share them', () => {
  const triggers = ['waf', 'wafv2'].map((service) => trigger(service, ['DeleteWebACL']));

  expect(compileTriggers(triggers)[0]?.pattern.detail).toEqual({
    errorCode: [{ exists: false }],
    eventName: ['DeleteWebACL'],
    eventSource: ['waf.amazonaws.com', 'wafv2.amazonaws.com'],
  });
});

test('a service stands in the same bin whatever else is there, and one that is unknown too', () => {
  const binsOf = (...services: readonly string[]) =>
    compileTriggers(services.map((service) => trigger(service, ['DeleteThing']))).map(
      ({ bin }) => bin,
    );

  expect(binsOf('s3')).toEqual(['storage']);
  expect(binsOf('ec2', 'iam', 'organizations', 'cloudtrail', 's3', 'quantumledger')).toEqual([
    ...['compute', 'detection', 'identity', 'perimeter', 'services', 'storage'],
  ]);
});

test('sign-ins share a pattern with calls of IAM, but not their detail types', () => {
  const patterns = texts([
    trigger('iam', ['CreateUser']),
    trigger('signin', ['ConsoleLogin'], 'judged'),
  ]);

  expect(patterns).toHaveLength(1);
  for (const type of ['AWS Console Sign In via CloudTrail', 'AWS Console Signin via CloudTrail']) {
    expect(isMatched(patterns, { service: 'signin', name: 'ConsoleLogin', type })).toBe(true);
    expect(isMatched(patterns, { service: 'iam', name: 'CreateUser', type })).toBe(false);
  }
  expect(isMatched(patterns, { service: 'signin', name: 'ConsoleLogin' })).toBe(true);
});

test('what an account puts on its bus itself does not match', () => {
  const [text = ''] = texts([trigger('s3', ['PutBucketAcl'])]);
  const event = eventOf({ service: 's3', name: 'PutBucketAcl' });

  expect(matchesValue(text, event)).toBe(true);
  expect(matchesValue(text, { ...event, source: 'my.app' })).toBe(false);
});

test('a failed call matches where one trigger of two wants it, whichever comes first', () => {
  const both = [trigger('s3', ['PutBucketAcl'], 'judged'), trigger('s3', ['PutBucketAcl'])];

  for (const triggers of [both, both.toReversed()])
    expect(isMatched(texts(triggers), { service: 's3', name: 'PutBucketAcl', failed: true })).toBe(
      true,
    );
});

test('replayed events match unless they are excluded', () => {
  const triggers = [trigger('s3', ['PutBucketAcl'])];
  const replayed = { service: 's3', name: 'PutBucketAcl', replayed: true };

  expect(isMatched(texts(triggers), replayed)).toBe(true);
  expect(isMatched(texts(triggers, { replays: 'excluded' }), replayed)).toBe(false);
});

test('no triggers make no patterns', () => {
  expect(compileTriggers([])).toEqual([]);
});

test('an event name that fits into no pattern is refused', () => {
  expect(() => compileTriggers([trigger('s3', ['x'.repeat(2_000)])])).toThrow(RangeError);
});

test('no path stands both inside and outside of a $or, for sorted keys would change its meaning', () => {
  fc.assert(
    fc.property(triggerSet, (triggers) => {
      for (const text of texts(triggers)) {
        const sorted = JSON.stringify(sortKeys(JSON.parse(text)));

        expect(sorted).toBe(text);
      }
    }),
  );
});

test('Regions see their own events, and us-east-1 those of global services', () => {
  const own = trigger('s3', ['PutBucketAcl']);
  const global = trigger('iam', ['CreateUser'], 'ignored', { region: 'us-east-1' });
  const any = trigger('signin', ['ConsoleLogin'], 'judged', { region: 'any' });

  expect(regionTriggers([own, global, any], 'us-east-1')).toEqual([own, global, any]);
  expect(regionTriggers([own, global, any], 'eu-west-1')).toEqual([own, any]);
});

test('a read-only call needs the rule state that lets it through, and only its own rule has it', () => {
  const write = trigger('s3', ['PutBucketAcl']);
  const read = trigger('sts', ['GetFederationToken'], 'ignored', { access: 'read' });

  expect(ruleState([write])).toBe('ENABLED');
  expect(ruleState([write, read])).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
  expect(compileTriggers([write, read]).map(({ bin, state }) => [bin, state])).toEqual([
    ['identity', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
    ['storage', 'ENABLED'],
  ]);
});

test.each([
  ['us-east-1', 300],
  ['af-south-1', 100],
  ['eu-south-1', 100],
])('a bus in %s has %i rules', (region, rules) => {
  expect(rulesPerBus(region)).toBe(rules);
});

const SERVICES = ['s3', 'iam', 'events', 'waf', 'signin', 'transfer', 'ec2'];
const NAMES = Array.from({ length: 60 }, (_, i) => `DeleteSomethingRatherLong${i}`);

const triggerSet = fc.array(
  fc
    .tuple(
      fc.constantFrom(...SERVICES),
      fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 12 }),
      fc.constantFrom<Trigger['failed']>('ignored', 'judged'),
    )
    .map(([service, names, failed]) => trigger(service, names, failed)),
  { minLength: 1, maxLength: 30 },
);

test('exactly the calls of the triggers match, and failed ones only where they are judged', () => {
  fc.assert(
    fc.property(triggerSet, (triggers) => {
      const patterns = compile(texts(triggers).map((pattern) => ({ name: pattern, pattern })));
      const judged = new Map<string, boolean>();
      for (const {
        operation: { trail },
        failed,
      } of triggers)
        for (const name of trail.names) {
          const pair = `${trail.source.replace('.amazonaws.com', '')} ${name}`;
          judged.set(pair, (judged.get(pair) ?? false) || failed === 'judged');
        }

      for (const service of SERVICES)
        for (const name of NAMES) {
          const answer = (failed: boolean) =>
            patterns.matchValue(eventOf({ service, name, failed })).length > 0;
          const wanted = judged.get(`${service} ${name}`);
          expect([name, answer(false), answer(true)]).toEqual([
            name,
            wanted !== undefined,
            wanted ?? false,
          ]);
        }
    }),
    { numRuns: 15 },
  );
});

test('texts fit into a rule, and are the same whatever the order of the triggers', () => {
  fc.assert(
    fc.property(triggerSet, fc.infiniteStream(fc.nat()), (triggers, order) => {
      const shuffled = triggers
        .map((one) => ({ one, at: order.next().value as number }))
        .sort((left, right) => left.at - right.at)
        .map(({ one }) => one);

      const patterns = texts(triggers, { replays: 'excluded' });

      expect(texts([...shuffled, ...triggers], { replays: 'excluded' })).toEqual(patterns);
      expect(Math.max(...patterns.map((text) => text.length))).toBeLessThanOrEqual(LONGEST_PATTERN);
      expect(new Set(patterns).size).toBe(patterns.length);
    }),
    { numRuns: 40 },
  );
});

test('a bin that is too full is halved, and the other bins stay as they are', () => {
  const full = (service: string) =>
    trigger(
      service,
      Array.from({ length: 14 }, (_, i) => `DeleteSomethingOf${service}${i}`),
    );
  const some = ['ecr', 'eks', 'sns', 'sqs'].map(full);
  const s3 = trigger('s3', ['PutBucketAcl']);
  const before = compileTriggers([...some, s3]);
  const after = compileTriggers([...some, full('codebuild'), s3]);

  expect(before.map(({ bin }) => bin)).toEqual(['services', 'storage']);
  expect(after.map(({ bin }) => bin)).toEqual(['services-0', 'services-1', 'storage']);
  expect(after.at(-1)).toEqual(before.at(-1));
});

test('one service that is too much for a rule is halved by its event names', () => {
  const rules = compileTriggers([trigger('s3', [...NAMES, ...NAMES.map((name) => `${name}More`)])]);

  expect(rules.length).toBeGreaterThan(1);
  for (const { bin } of rules) expect(bin).toMatch(/^storage-[01]{5,}$/);
  expect(rules.flatMap(({ calls }) => calls)).toHaveLength(2 * NAMES.length);
});

test('a change of one service touches one rule, unless that is full', () => {
  fc.assert(
    fc.property(
      triggerSet,
      fc.constantFrom(...SERVICES),
      fc.constantFrom(...NAMES),
      (some, service, name) => {
        const held = (triggers: readonly Trigger[]) =>
          compileTriggers(triggers).map((rule) => `${rule.bin} ${patternText(rule.pattern)}`);
        const [before, after] = [held(some), held([...some, trigger(service, [name])])];
        const gone = before.filter((one) => !after.includes(one));
        const come = after.filter((one) => !before.includes(one));

        expect(gone.length).toBeLessThanOrEqual(1);
        // Halves of what was there, or what was there with one more.
        const [bin] = gone[0]?.split(' ') ?? [];
        if (bin !== undefined) expect(come.filter((one) => !one.startsWith(bin))).toEqual([]);
        else expect(come.length).toBeLessThanOrEqual(1);
      },
    ),
  );
});

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
