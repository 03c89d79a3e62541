import {
  type Answer,
  type Decision,
  type Json,
  type Mode,
  type TrailEvent,
  TryAgain,
  UnjudgeableEvent,
} from '#core';
import { type Gate, type Handled, handle } from '#engine';
import { guardrails } from '#policies/guardrails/index';
import bucketPublic from '#policies/guardrails/s3/bucket-public';
import { bucket, OPEN_POLICY, openBucket, withBuckets } from '../support/buckets';
import { deployment } from '../support/deployment';
import { trailEvent } from '../support/event';
import { type Memory, memory } from '../support/memory';

const MEMBER = '444444444444';
const event = (detail: { readonly [key: string]: Json } = {}, outer = {}): TrailEvent =>
  trailEvent({ requestParameters: { bucketName: 'orders' }, ...detail }, outer);

/** An engine that looks at one open bucket. */
function scene(options: Partial<Parameters<typeof memory>[0]> = {}): Memory {
  const made = memory({ guardrails: [bucketPublic], ...options });
  made.accounts.set(MEMBER, withBuckets({ orders: openBucket() }));
  return made;
}

const first = (handled: readonly Handled[]): Decision => {
  const [one] = handled;
  if (one?.kind !== 'decided') throw new Error(`not decided: ${JSON.stringify(one)}`);
  return one.decision;
};
const judged = async (made: Memory, by = event(), isLastTry = false): Promise<Decision> =>
  first(await handle(by, made.engine, { isLastTry }));
const refused = (why: Extract<Answer, { kind: 'refused' }>['why'], code: string): Answer => ({
  kind: 'refused',
  why,
  code,
});

describe('the ladder', () => {
  const inMode = (mode: Mode) =>
    scene({ deployment: deployment({ modes: [{ guardrail: '*', on: '/', mode }] }) });

  test.each<readonly [Mode, string]>([
    ['observe', 'observed'],
    ['shadow', 'shadowed'],
    ['notify', 'held'],
    ['approve', 'held'],
  ])('writes nothing in mode %s, and the outcome is %s', async (mode, outcome) => {
    const made = inMode(mode);

    const decision = await judged(made);

    expect(decision).toMatchObject({ mode, outcome, verdict: { verdict: 'violates' }, made: [] });
    expect(made.writes()).toBe(0);
    expect(made.accounts.get(MEMBER)).toEqual(withBuckets({ orders: openBucket() }));
  });

  test('repairs in mode enforce', async () => {
    const made = inMode('enforce');

    const decision = await judged(made);

    expect(decision.outcome).toBe('repaired');
    expect(decision.made.map(({ call }) => call.operation)).toEqual([
      's3:PutPublicAccessBlock',
      's3:PutBucketAcl',
    ]);
    expect(made.accounts.get(MEMBER)).toMatchObject({
      s3: { orders: { acl: { Grants: [{ Permission: 'FULL_CONTROL' }] } } },
    });
  });

  test('does not even look in mode off', async () => {
    const made = inMode('off');

    expect(await handle(event(), made.engine, { isLastTry: false })).toEqual([
      { kind: 'ignored', guardrail: 's3.bucket-public', reason: 'off: * on /' },
    ]);
    expect(made.done).toEqual([]);
  });

  test('keeps the plan in shadow, and what it is for', async () => {
    const decision = await judged(inMode('shadow'));

    expect(decision.planned.map(({ operation }) => operation)).toEqual([
      's3:PutPublicAccessBlock',
      's3:PutBucketAcl',
    ]);
    expect(decision.because).toBe('the mode is shadow');
  });

  test.each(['111111111111', '222222222222'])('stops at shadow in account %s', async (account) => {
    const made = inMode('enforce');
    made.accounts.set(account, withBuckets({ orders: openBucket() }));

    expect((await judged(made, event({}, { account }))).outcome).toBe('shadowed');
    expect(made.writes()).toBe(0);
  });
});

describe('a gate', () => {
  const go: Gate = async () => ({ go: true });

  test.each<readonly [string, Gate]>([
    ['rejects', () => Promise.reject(new Error('the table is away'))],
    [
      'throws at once',
      () => {
        throw new Error('the table is away');
      },
    ],
  ])('that %s means undetermined, and nothing is written', async (_, gate) => {
    const made = scene({ gates: [go, gate, go] });

    expect(await judged(made)).toMatchObject({
      outcome: 'undetermined',
      because: 'a gate could not be asked: the table is away',
      made: [],
    });
    expect(made.writes()).toBe(0);
  });

  test('that says no is the last one asked, and its reason is told', async () => {
    const after = jest.fn(go);
    const no: Gate = async () => ({ go: false, outcome: 'waived', reason: 'waived until May' });
    const made = scene({ gates: [go, no, after] });

    expect(await judged(made)).toMatchObject({ outcome: 'waived', because: 'waived until May' });
    expect(after).not.toHaveBeenCalled();
    expect(made.writes()).toBe(0);
  });

  test('is not asked for what complies', async () => {
    const gate = jest.fn(go);
    const made = scene({ gates: [gate] });
    made.accounts.set(MEMBER, withBuckets({ orders: bucket() }));

    expect((await judged(made)).outcome).toBe('nothing');
    expect(gate).not.toHaveBeenCalled();
  });
});

describe('an event is left alone', () => {
  const reasonOf = async (by: TrailEvent, made = scene()) => {
    const [one] = await handle(by, made.engine, { isLastTry: true });
    expect(made.writes()).toBe(0);
    return one?.kind === 'ignored' ? one.reason : one?.kind;
  };

  test('where its call failed', async () => {
    expect(await reasonOf(event({ errorCode: 'AccessDenied' }))).toBe(
      'the call failed: AccessDenied',
    );
  });

  test.each([
    [{ eventName: 'PutBucketTagging' }],
    [{ eventSource: 's3express.amazonaws.com' }],
    [{ eventName: 'putbucketacl' }],
  ])('where the call is no trigger: %j', async (detail) => {
    expect(await reasonOf(event(detail))).toBe('the call is none of its triggers');
  });

  test('where it names no resource', async () => {
    expect(await reasonOf(event({ requestParameters: null }))).toBe(
      'the call concerns no resource of its',
    );
  });
});

describe('an own action', () => {
  const by = (role: string, sourceIdentity: string | undefined) =>
    event({
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${MEMBER}:assumed-role/${role.split('/').at(-1)}/d-0123`,
        accountId: MEMBER,
        sessionContext: {
          sessionIssuer: { type: 'Role', arn: role, userName: role.split('/').at(-1) ?? '' },
          ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
        },
      },
    });
  const own = `arn:aws:iam::${MEMBER}:role/parapet-remediate-s3`;

  test('is skipped by the guardrail that made it', async () => {
    const made = scene();

    expect(await handle(by(own, 's3.bucket-public'), made.engine, { isLastTry: false })).toEqual([
      { kind: 'ignored', guardrail: 's3.bucket-public', reason: 'its own action' },
    ]);
    expect(made.done).toEqual([]);
  });

  test.each([
    ['another guardrail’s', own, 's3.bucket-unencrypted'],
    ['a longer identity', own, 's3.bucket-public2'],
    ['no identity', own, undefined],
    ['a role whose name only begins the same', `${own}-copy`, 's3.bucket-public'],
    [
      'a role of that name on a path',
      `arn:aws:iam::${MEMBER}:role/x/parapet-remediate-s3`,
      's3.bucket-public',
    ],
    [
      'that role of another account',
      'arn:aws:iam::555555555555:role/parapet-remediate-s3',
      's3.bucket-public',
    ],
    [
      'the role of another service',
      `arn:aws:iam::${MEMBER}:role/parapet-remediate-sqs`,
      's3.bucket-public',
    ],
    ['the reader', `arn:aws:iam::${MEMBER}:role/parapet-reader`, 's3.bucket-public'],
  ])('is judged where it is by %s', async (_, role, identity) => {
    expect((await judged(scene(), by(role, identity))).outcome).toBe('repaired');
  });
});

describe('a state that is refused', () => {
  test('is undetermined, with the reason, and nothing is written', async () => {
    const made = scene();
    made.answers.set('s3:GetBucketPolicy', [refused('denied', 'AccessDenied')]);

    expect(await judged(made)).toMatchObject({
      verdict: {
        verdict: 'undetermined',
        reason: 's3:GetBucketPolicy was refused: denied (AccessDenied)',
      },
      outcome: 'undetermined',
      before: null,
      planned: [],
      made: [],
    });
    expect(made.done).toEqual([
      'look s3:GetBucketAcl',
      'look s3:GetBucketPolicy',
      'record undetermined',
    ]);
  });

  test.each([
    ['throttled', 'ThrottlingException'],
    ['timeout', 'ECONNRESET'],
  ] as const)('because it %s is asked for again, unless it is the last try', async (why, code) => {
    const made = scene();
    made.answers.set('s3:GetBucketAcl', [refused(why, code), refused(why, code)]);

    await expect(judged(made)).rejects.toThrow(TryAgain);
    expect(made.decisions).toEqual([]);

    expect(await judged(made, event(), true)).toMatchObject({ outcome: 'undetermined', made: [] });
    expect(made.writes()).toBe(0);
  });

  test('is never one that complies and never remembered', async () => {
    const made = scene({ guardrails: [{ ...bucketPublic, remembers: true }] });
    made.answers.set('s3:GetBucketAcl', [refused('malformed', 'InvalidRequest')]);

    await judged(made, event(), true);

    expect(made.done).not.toContain('remember');
  });
});

describe('who is at it already', () => {
  test('makes the event come again', async () => {
    const made = scene({ ports: { claim: async () => ({ kind: 'busy' }) } });

    await expect(judged(made)).rejects.toThrow(TryAgain);
    expect(made.done).toEqual([]);
  });

  test('and done means that nothing is done twice', async () => {
    const made = scene();

    const decision = await judged(made);
    const again = await handle(event(), made.engine, { isLastTry: false });

    expect(again).toEqual([{ kind: 'repeated', id: decision.id, guardrail: 's3.bucket-public' }]);
    expect(made.decisions).toHaveLength(1);
    expect(made.writes()).toBe(2);
  });

  test('a replay of an event is a decision of its own', async () => {
    const made = scene();

    const one = await judged(made);
    const replayed = await judged(made, event({}, { 'replay-name': 'yesterday' }));

    expect(replayed.id).not.toBe(one.id);
    expect(one.id).toMatch(/^d-[0-9a-f]{40}$/);
  });
});

describe('a plan that is carried out', () => {
  test('is kept before the first write, looked at again, and recorded last', async () => {
    const made = scene();

    await judged(made);

    const looks = [
      'look s3:GetBucketAcl',
      'look s3:GetBucketPolicy',
      'look s3:GetPublicAccessBlock',
    ];
    expect(made.done).toEqual([
      ...looks,
      'keep',
      'act s3:PutPublicAccessBlock',
      'act s3:PutBucketAcl',
      ...looks,
      'record repaired',
    ]);
    expect(made.kept[0]).toMatchObject({
      before: { acl: { Grants: [{}, { Permission: 'READ' }] } },
      cause: { event: { eventID: '6f1c9a52-0000-4000-8000-0000000000aa' } },
    });
  });

  test('is not begun where it cannot be kept', async () => {
    const made = scene({ ports: { keep: () => Promise.reject(new Error('no room')) } });

    await expect(judged(made)).rejects.toThrow('no room');
    expect(made.writes()).toBe(0);
    expect(made.decisions).toEqual([]);
  });

  test('acts as its decision and guardrail, until the lease ends', async () => {
    const made = scene();

    const decision = await judged(made);

    expect(made.sessions).toEqual([
      { decision: decision.id, guardrail: 's3.bucket-public', until: expect.any(Date) },
    ]);
    const lease = Number(made.sessions[0]?.until) - Date.parse('2026-11-21T10:00:01Z');
    expect(lease).toBeGreaterThanOrEqual(60_000);
    expect(lease).toBeLessThan(60_010);
  });

  test('has its moments told in their order', async () => {
    const { at } = await judged(scene());

    expect(Object.keys(at)).toEqual(['called', 'received', 'looked', 'acted', 'recorded']);
    expect(Object.values(at)).toEqual(Object.values(at).toSorted());
  });

  test('of which the first call is refused has failed, with the reason', async () => {
    const made = scene();
    made.answers.set('s3:PutPublicAccessBlock', [refused('denied', 'AccessDenied')]);

    expect(await judged(made)).toMatchObject({
      outcome: 'failed',
      because:
        's3:PutPublicAccessBlock was refused: denied (AccessDenied); looking again: the ACL grants READ to everyone',
      made: [{ call: { operation: 's3:PutPublicAccessBlock' }, answer: { kind: 'refused' } }],
    });
    expect(made.writes()).toBe(1);
  });

  test('of which a later call is refused is partly done, with the reason', async () => {
    const made = scene();
    made.answers.set('s3:PutBucketAcl', [refused('throttled', 'SlowDown')]);

    // The block that was put hides the ACL, yet the plan is not done.
    expect(await judged(made)).toMatchObject({
      outcome: 'partly',
      because:
        's3:PutBucketAcl was refused: throttled (SlowDown); looking again: the public access block overrides ACL and policy',
    });
  });

  test('that changes nothing is partly done, though no call was refused', async () => {
    const made = scene();
    made.answers.set('s3:PutPublicAccessBlock', [{ kind: 'found', value: {} }]);
    made.answers.set('s3:PutBucketAcl', [{ kind: 'found', value: {} }]);

    expect(await judged(made)).toMatchObject({
      outcome: 'partly',
      because: 'looking again: the ACL grants READ to everyone',
    });
  });

  test.each(['denied', 'throttled'] as const)(
    'whose result cannot be seen because that is %s is undetermined, and tells what was made',
    async (why) => {
      const made = scene();
      made.answers.set('s3:GetBucketAcl', [undefined, refused(why, 'X')]);

      const decision = await judged(made);

      expect(decision).toMatchObject({
        outcome: 'undetermined',
        because: `looking again: s3:GetBucketAcl was refused: ${why} (X)`,
      });
      expect(decision.made).toHaveLength(2);
      expect(decision).not.toHaveProperty('after');
    },
  );

  test('deletes a policy of nothing but open statements', async () => {
    const made = scene();
    made.accounts.set(MEMBER, withBuckets({ orders: bucket({ policy: OPEN_POLICY }) }));

    const decision = await judged(made, event({ eventName: 'PutBucketPolicy' }));

    expect(decision.outcome).toBe('repaired');
    expect(decision.before).toMatchObject({ policy: OPEN_POLICY });
    expect(made.done).toContain('act s3:DeleteBucketPolicy');
  });
});

test('a verdict that nothing can repair is observed, even in enforce', async () => {
  const made = memory({ guardrails: guardrails.filter(({ id }) => id === 'signin.root-login') });

  const handled = await handle(
    trailEvent(
      {
        eventName: 'ConsoleLogin',
        eventSource: 'signin.amazonaws.com',
        userIdentity: { type: 'Root' },
        responseElements: { ConsoleLogin: 'Success' },
      },
      { region: 'us-east-1' },
    ),
    made.engine,
    { isLastTry: false },
  );

  expect(handled.map((one) => (one.kind === 'decided' ? one.decision.outcome : one.kind))).toEqual([
    'observed',
  ]);
});

test.each(['999999999999', '000000000000'])(
  'an event of account %s, which is not in the organization, is unjudgeable',
  async (account) => {
    const made = scene();

    await expect(judged(made, event({}, { account }))).rejects.toThrow(
      new UnjudgeableEvent(`account ${account} is not in the organization`),
    );
    expect(made.done).toEqual([]);
  },
);

describe('what last complied', () => {
  const remembering = { ...bucketPublic, remembers: true as const };

  test('is neither kept nor asked for by a guardrail that does not remember', async () => {
    const made = scene();
    made.accounts.set(MEMBER, withBuckets({ orders: bucket() }));

    await judged(made);

    expect(made.done).not.toContain('remember');
    expect(made.done).not.toContain('lastGood');
  });

  test('is handed back to one that does, when the state violates', async () => {
    const seen: unknown[] = [];
    const made = scene({
      guardrails: [
        {
          ...remembering,
          plan: (all) => {
            seen.push(all.lastGood);
            return [];
          },
        },
      ],
    });
    made.accounts.set(MEMBER, withBuckets({ orders: bucket() }));
    await judged(made);
    made.accounts.set(MEMBER, withBuckets({ orders: openBucket() }));

    await judged(made, event({ eventID: 'second' }));

    expect(seen).toEqual([{ acl: { Owner: { ID: 'f00d' }, Grants: [expect.anything()] } }]);
  });

  test('is not what violates', async () => {
    const made = scene({ guardrails: [remembering] });

    await judged(made);

    expect(made.done).not.toContain('remember');
  });
});
