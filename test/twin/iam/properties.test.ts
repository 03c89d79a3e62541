import fc from 'fast-check';
import type { Json } from '#core';
import {
  evaluate,
  type Policies,
  type Principal,
  parsePolicy,
  parseResourcePolicy,
  type Request,
} from '#twin/iam/index';
import { ORGANIZATION } from './builders';

const ACTIONS = ['s3:GetObject', 's3:PutObject', 'sts:AssumeRole', 'kms:Decrypt'];
const RESOURCES = ['arn:aws:s3:::shelf/book', 'arn:aws:iam::1:role/r', 'arn:aws:kms:r:1:key/k'];
const ACCOUNTS = ['111111111111', '222222222222', '999999999999'];

const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.constantFrom<{ [key: string]: Json }>(
    { StringEquals: { 'x:a': ['1', '2'] } },
    { StringNotEquals: { 'x:a': '1' } },
    { 'ForAllValues:StringLike': { 'x:a': '1*' } },
    { 'ForAnyValue:StringNotLike': { 'x:a': '${x:b}' } },
    { NumericLessThanIfExists: { 'x:a': 2 } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
    { Null: { 'x:a': true } },
    { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' } },
    { IpAddress: { 'x:b': '10.0.0.0/8' } },
  ),
);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  Action: fc.constantFrom('*', 's3:*', ...ACTIONS),
  Resource: fc.constantFrom('*', 'arn:aws:s3:::*', ...RESOURCES),
  Condition: condition,
});
const named = fc.constantFrom<Json>(
  '*',
  ...ACCOUNTS.map((account) => ({ AWS: account })),
  { AWS: 'arn:aws:iam::111111111111:role/r' },
  { AWS: 'arn:aws:sts::111111111111:assumed-role/r/s' },
  { Service: 'events.amazonaws.com' },
);
const identityPolicy = fc
  .array(statement, { maxLength: 4 })
  .map((Statement) => parsePolicy({ Version: '2012-10-17', Statement }));
const resourcePolicy = fc
  .array(
    fc.tuple(statement, named).map(([found, Principal]) => ({ ...found, Principal })),
    { maxLength: 4 },
  )
  .map((Statement) => parseResourcePolicy({ Version: '2012-10-17', Statement }));

const policies: fc.Arbitrary<Policies> = fc.record(
  {
    identity: fc.array(identityPolicy, { maxLength: 2 }),
    resource: resourcePolicy,
    session: identityPolicy,
    boundary: identityPolicy,
    scps: fc.array(fc.array(identityPolicy, { maxLength: 2 }), { maxLength: 2 }),
    rcps: fc.array(fc.array(resourcePolicy, { maxLength: 1 }), { maxLength: 1 }),
    resourceMustAllow: fc.boolean(),
  },
  { requiredKeys: [] },
);
const account = fc.constantFrom(...ACCOUNTS);
const principal: fc.Arbitrary<Principal> = fc.oneof(
  account.map(
    (id): Principal => ({
      kind: 'role-session',
      roleArn: `arn:aws:iam::${id}:role/r`,
      sessionName: 's',
      organization: ORGANIZATION,
    }),
  ),
  account.map((id): Principal => ({ kind: 'user', arn: `arn:aws:iam::${id}:user/u` })),
  account.map((id): Principal => ({ kind: 'root', account: id, organization: ORGANIZATION })),
  fc.constant<Principal>({ kind: 'service', service: 'events.amazonaws.com' }),
  fc.constant<Principal>({ kind: 'anonymous' }),
);
const value = fc.constantFrom('1', '12', '2', '', '10.0.0.1');
const request: fc.Arbitrary<Request> = fc.record({
  principal,
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom(...RESOURCES, '*'),
  resourceAccount: account,
  resourceOrganization: fc.constant(ORGANIZATION),
  at: fc.date(),
  context: fc.dictionary(
    fc.constantFrom('x:a', 'X:B'),
    fc.oneof(value, fc.array(value, { maxLength: 3 })),
  ),
});

/** Any strings at all: what the twin may be handed. */
const wild: fc.Arbitrary<Request> = fc.record({
  principal: fc.oneof(
    fc.record({
      kind: fc.constant('role-session' as const),
      roleArn: fc.string(),
      sessionName: fc.string(),
    }),
    fc.record({ kind: fc.constant('user' as const), arn: fc.string() }),
    fc.record({ kind: fc.constant('root' as const), account: fc.string() }),
    fc.record({ kind: fc.constant('service' as const), service: fc.string() }),
    principal,
  ),
  action: fc.string(),
  resource: fc.string(),
  resourceAccount: fc.string(),
  at: fc.date({ noInvalidDate: false }),
  context: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
});

describe('evaluation', () => {
  test('never throws and always gives a reason', () => {
    fc.assert(
      fc.property(fc.oneof(request, wild), policies, (asked, given) => {
        const decision = evaluate(asked, given);

        expect(decision.reason.length).toBeGreaterThan(0);
        if (decision.explicit) expect(decision.allowed).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('allows no more when a Deny is added anywhere', () => {
    const place = fc.constantFrom('identity', 'session', 'boundary', 'scps', 'resource', 'rcps');
    fc.assert(
      fc.property(request, policies, place, statement, named, (asked, given, where, added, who) => {
        fc.pre(!evaluate(asked, given).allowed);
        const Deny = { ...added, Effect: 'Deny' };
        const own = parsePolicy({ Version: '2012-10-17', Statement: Deny });
        const its = parseResourcePolicy({
          Version: '2012-10-17',
          Statement: { ...Deny, Principal: who },
        });

        const more: Policies = {
          ...given,
          ...(where === 'identity' && { identity: [...(given.identity ?? []), own] }),
          ...(where === 'session' && given.session && { session: plus(given.session, own) }),
          ...(where === 'boundary' && given.boundary && { boundary: plus(given.boundary, own) }),
          ...(where === 'scps' && { scps: (given.scps ?? []).map((level) => [...level, own]) }),
          ...(where === 'resource' && {
            resource: given.resource ? plus(given.resource, its) : its,
          }),
          ...(where === 'rcps' && { rcps: [...(given.rcps ?? []), [its]] }),
        };

        expect(evaluate(asked, more).allowed).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('a Deny that applies to everything stops everyone whom its policy binds', () => {
    const all = parseResourcePolicy({
      Statement: { Effect: 'Deny', Principal: '*', Action: '*' },
    });
    fc.assert(
      fc.property(request, policies, (asked, given) => {
        expect(evaluate(asked, { ...given, resource: all }).allowed).toBe(false);
      }),
    );
  });

  test('removing statements elsewhere never undoes the denial of an SCP', () => {
    fc.assert(
      fc.property(request, policies, fc.nat(3), (asked, given, removed) => {
        fc.pre(evaluate(asked, given).decidedBy === 'scp');
        const less = <T extends { readonly statements: readonly unknown[] }>(policy: T): T => ({
          ...policy,
          statements: policy.statements.filter((_, i) => i !== removed),
        });

        const thinner: Policies = {
          ...given,
          identity: (given.identity ?? []).map(less),
          ...(given.resource && { resource: less(given.resource) }),
          ...(given.session && { session: less(given.session) }),
          ...(given.boundary && { boundary: less(given.boundary) }),
          rcps: [],
        };

        expect(evaluate(asked, thinner)).toMatchObject({ allowed: false, decidedBy: 'scp' });
      }),
      { numRuns: 500 },
    );
  });

  test('an SCP or a boundary that is added allows no more', () => {
    fc.assert(
      fc.property(request, policies, identityPolicy, (asked, given, added) => {
        fc.pre(!evaluate(asked, given).allowed);

        expect(evaluate(asked, { ...given, scps: [...(given.scps ?? []), [added]] }).allowed).toBe(
          false,
        );
        if (given.boundary === undefined)
          expect(evaluate(asked, { ...given, boundary: added }).allowed).toBe(false);
        if (given.session === undefined)
          expect(evaluate(asked, { ...given, session: added }).allowed).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

const plus = <T extends { readonly statements: readonly unknown[] }>(policy: T, added: T): T => ({
  ...policy,
  statements: [...policy.statements, ...added.statements],
});
