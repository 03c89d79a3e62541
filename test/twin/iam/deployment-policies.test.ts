import type { Json } from '#core';
import {
  evaluate,
  parsePolicy,
  parseResourcePolicy,
  type Request,
  type RoleSession,
} from '#twin/iam/index';
import { ORGANIZATION } from './builders';

/** The policies of AWS-FACTS.md, written out as the deployment will have them. */
const MEMBER = '111111111111';
const SECURITY = '333333333333';
const BUS = `arn:aws:events:eu-west-1:${SECURITY}:event-bus/parapet-bus`;
const document = (...statements: readonly Json[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});

const forwarder: RoleSession = {
  kind: 'role-session',
  roleArn: `arn:aws:iam::${MEMBER}:role/parapet-forward`,
  sessionName: 'events',
  organization: ORGANIZATION,
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions.html */
describe('the bus policy', () => {
  const resource = parseResourcePolicy(
    document(
      {
        Sid: 'Forwarded',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'events:PutEvents',
        Resource: BUS,
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-1' },
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/parapet-forward' },
          Bool: { 'events:eventBusInvocation': 'true' },
          'ForAllValues:StringLike': { 'events:source': 'aws.*' },
          Null: { 'events:source': 'false' },
        },
      },
      {
        Sid: 'Decisions',
        Effect: 'Allow',
        Principal: { AWS: SECURITY },
        Action: 'events:PutEvents',
        Resource: BUS,
        Condition: {
          ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${SECURITY}:role/parapet-respond-*` },
          'ForAllValues:StringEquals': { 'events:source': 'parapet' },
          Null: { 'events:source': 'false' },
        },
      },
    ),
    'bus policy',
  );
  const identity = [
    parsePolicy(document({ Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS })),
  ];
  const responder: RoleSession = {
    ...forwarder,
    roleArn: `arn:aws:iam::${SECURITY}:role/parapet-respond-s3`,
  };
  const put = (principal: RoleSession, context: Request['context'] = {}): Request => ({
    principal,
    action: 'events:PutEvents',
    resource: BUS,
    resourceAccount: SECURITY,
    context,
  });
  const forwarded = { 'events:eventBusInvocation': 'true', 'events:source': ['aws.s3'] };
  const decided = { 'events:eventBusInvocation': 'false', 'events:source': ['parapet'] };
  const foreign = { id: 'o-2', managementAccount: '888888888888' };

  test.each([
    ['a forwarded event of the organization', put(forwarder, forwarded), true],
    ['a decision of a responder', put(responder, decided), true],
    [
      'the PutEvents call of a forwarding role',
      put(forwarder, { ...forwarded, 'events:eventBusInvocation': 'false' }),
      false,
    ],
    [
      'an event of which it is not known whether a rule sent it',
      put(forwarder, { 'events:source': 'aws.s3' }),
      false,
    ],
    [
      'a forwarded event of a foreign organization',
      put({ ...forwarder, organization: foreign }, forwarded),
      false,
    ],
    [
      'a forwarded event of an account in no organization',
      put({ kind: 'role-session', roleArn: forwarder.roleArn, sessionName: 'events' }, forwarded),
      false,
    ],
    [
      'an event forwarded by another role',
      put({ ...forwarder, roleArn: `arn:aws:iam::${MEMBER}:role/admin` }, forwarded),
      false,
    ],
    [
      'an event forwarded by a role with a path',
      put({ ...forwarder, roleArn: `arn:aws:iam::${MEMBER}:role/x/parapet-forward` }, forwarded),
      false,
    ],
    [
      'a forged decision that a member forwards',
      put(forwarder, { ...forwarded, 'events:source': ['parapet'] }),
      false,
    ],
    [
      'a forged decision among true events',
      put(forwarder, { ...forwarded, 'events:source': ['aws.s3', 'parapet'] }),
      false,
    ],
    [
      'a forwarded event without a source',
      put(forwarder, { 'events:eventBusInvocation': 'true' }),
      false,
    ],
    [
      'a forwarded event whose source is empty',
      put(forwarder, { ...forwarded, 'events:source': '' }),
      false,
    ],
    [
      'a decision of a role of that name in a member account',
      put({ ...responder, roleArn: `arn:aws:iam::${MEMBER}:role/parapet-respond-s3` }, decided),
      false,
    ],
  ])('on %s', (_, request, expected) => {
    expect(evaluate(request, { identity, resource }).allowed).toBe(expected);
  });

  test('does not need to name the role that forwards where its own policy is missing', () => {
    expect(evaluate(put(forwarder, forwarded), { resource })).toMatchObject({
      allowed: false,
      decidedBy: 'identity',
    });
  });

  test('cannot keep out a role of its own account, whose identity policy is enough', () => {
    const admin = { ...responder, roleArn: `arn:aws:iam::${SECURITY}:role/admin` };

    expect(evaluate(put(admin, decided), { identity, resource })).toMatchObject({
      allowed: true,
      decidedBy: 'identity',
    });
    expect(evaluate(put(admin, decided), { resource }).allowed).toBe(false);
  });

  test('keeps out every forged decision by a Deny', () => {
    const admin = { ...responder, roleArn: `arn:aws:iam::${SECURITY}:role/admin` };
    const guard = parseResourcePolicy(
      document({
        Sid: 'OnlyResponders',
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: BUS,
        Condition: {
          'ForAnyValue:StringEquals': { 'events:source': 'parapet' },
          ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${SECURITY}:role/parapet-respond-*` },
        },
      }),
    );
    const guarded = { ...resource, statements: [...resource.statements, ...guard.statements] };

    expect(evaluate(put(admin, decided), { identity, resource: guarded }).explicit).toBe(true);
    expect(evaluate(put(responder, decided), { identity, resource: guarded }).allowed).toBe(true);
  });

  test('tells which condition keeps a foreign organization out', () => {
    const request = put({ ...forwarder, organization: foreign }, forwarded);

    expect(evaluate(request, { identity, resource }).reason).toContain(
      'no statement of the bus policy allows events:PutEvents on ' +
        'arn:aws:events:eu-west-1:333333333333:event-bus/parapet-bus for ' +
        'arn:aws:sts::111111111111:assumed-role/parapet-forward/events; ' +
        'statement 0 (Forwarded) needs aws:PrincipalOrgID StringEquals o-1, the request has o-2',
    );
  });

  test('would let an empty source pass without Null', () => {
    const open = parseResourcePolicy(
      document({
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: BUS,
        Condition: { 'ForAllValues:StringLike': { 'events:source': 'aws.*' } },
      }),
    );

    expect(evaluate(put(forwarder), { identity, resource: open }).allowed).toBe(true);
  });
});

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html */
describe('the trust policy of the forwarding role', () => {
  const resource = parseResourcePolicy(
    document({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        ArnLike: { 'aws:SourceArn': `arn:aws:events:*:${MEMBER}:rule/parapet-*` },
        StringEquals: { 'aws:SourceAccount': MEMBER },
      },
    }),
  );
  const rule = `arn:aws:events:us-east-1:${MEMBER}:rule/parapet-forward-storage`;
  const service = (name: string) => ({ kind: 'service', service: name }) as const;

  test.each([
    [
      'a rule of ours in any Region',
      'events.amazonaws.com',
      { 'aws:SourceArn': rule, 'aws:SourceAccount': MEMBER },
      true,
    ],
    [
      'a rule of the account that is not ours',
      'events.amazonaws.com',
      {
        'aws:SourceArn': `arn:aws:events:us-east-1:${MEMBER}:rule/mine`,
        'aws:SourceAccount': MEMBER,
      },
      false,
    ],
    [
      'a rule of that name on another bus',
      'events.amazonaws.com',
      {
        'aws:SourceArn': `arn:aws:events:us-east-1:${MEMBER}:rule/bus/parapet-forward-storage`,
        'aws:SourceAccount': MEMBER,
      },
      false,
    ],
    [
      'a rule of that name in another account',
      'events.amazonaws.com',
      {
        'aws:SourceArn': 'arn:aws:events:us-east-1:222222222222:rule/parapet-forward-storage',
        'aws:SourceAccount': '222222222222',
      },
      false,
    ],
    ['a call without a source', 'events.amazonaws.com', {}, false],
    [
      'another service',
      'scheduler.amazonaws.com',
      { 'aws:SourceArn': rule, 'aws:SourceAccount': MEMBER },
      false,
    ],
  ])('on %s', (_, name, context, expected) => {
    const request = {
      principal: service(name),
      action: 'sts:AssumeRole',
      resource: forwarder.roleArn,
      resourceAccount: MEMBER,
      context,
    };

    expect(evaluate(request, { resource }).allowed).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html */
describe('the trust policy of the reader role', () => {
  const reader = `arn:aws:iam::${MEMBER}:role/parapet-reader`;
  const trust = (condition: Json) =>
    parseResourcePolicy(
      document({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${SECURITY}:root` },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: condition,
      }),
    );
  const resource = trust({
    ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${SECURITY}:role/parapet-respond-s3` },
    StringEquals: { 'aws:PrincipalOrgID': 'o-1' },
  });
  const identity = [
    parsePolicy(
      document({
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Resource: 'arn:aws:iam::*:role/parapet-reader',
      }),
    ),
  ];
  const responder: RoleSession = {
    kind: 'role-session',
    roleArn: `arn:aws:iam::${SECURITY}:role/parapet-respond-s3`,
    sessionName: 'respond',
    organization: ORGANIZATION,
  };
  const assume = (principal: RoleSession, action = 'sts:AssumeRole'): Request => ({
    principal,
    action,
    resource: reader,
    resourceAccount: MEMBER,
  });
  const elsewhere = {
    ...responder,
    organization: { id: 'o-2', managementAccount: '888888888888' },
  };

  test.each([
    ['the responder', assume(responder), true, 'resource'],
    [
      'the responder setting a source identity',
      assume(responder, 'sts:SetSourceIdentity'),
      true,
      'resource',
    ],
    ['the responder tagging its session', assume(responder, 'sts:TagSession'), false, 'resource'],
    [
      'another role of the security account',
      assume({ ...responder, roleArn: `arn:aws:iam::${SECURITY}:role/other` }),
      false,
      'resource',
    ],
    [
      'a role of that name in another account',
      assume({ ...responder, roleArn: `arn:aws:iam::${MEMBER}:role/parapet-respond-s3` }),
      false,
      'resource',
    ],
    ['a responder of another organization', assume(elsewhere), false, 'resource'],
  ])('on %s', (_, request, allowed, decidedBy) => {
    expect(evaluate(request, { identity, resource })).toMatchObject({ allowed, decidedBy });
  });

  test('leaves it to the account, whose policies must allow too', () => {
    expect(evaluate(assume(responder), { resource })).toMatchObject({
      allowed: false,
      decidedBy: 'identity',
    });
  });

  test('is stopped by a deny on the responder, which is the hard stop', () => {
    const stop = parsePolicy(document({ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' }));

    expect(evaluate(assume(responder), { identity: [...identity, stop], resource })).toMatchObject({
      allowed: false,
      explicit: true,
    });
  });

  test('is needed within the account too, whatever identity policies allow', () => {
    const own = { ...responder, roleArn: `arn:aws:iam::${MEMBER}:role/admin` };

    expect(evaluate(assume(own), { identity })).toMatchObject({
      allowed: false,
      decidedBy: 'resource',
    });
  });

  test('is enough within the account where it names the role', () => {
    const own = { ...responder, roleArn: `arn:aws:iam::${MEMBER}:role/admin` };
    const trusting = parseResourcePolicy(
      document({ Effect: 'Allow', Principal: { AWS: own.roleArn }, Action: 'sts:AssumeRole' }),
    );

    expect(evaluate(assume(own), { resource: trusting }).allowed).toBe(true);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session */
describe('the session policy of a repair', () => {
  const bucket = 'arn:aws:s3:::shelf';
  const identity = [parsePolicy(document({ Effect: 'Allow', Action: 's3:Put*', Resource: '*' }))];
  const session = parsePolicy(
    document({
      Effect: 'Allow',
      Action: 's3:PutBucketAcl',
      Resource: bucket,
      Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:15:00Z' } },
    }),
  );
  const repair = (more: Partial<Request> = {}): Request => ({
    principal: { ...forwarder, roleArn: `arn:aws:iam::${MEMBER}:role/parapet-remediate-s3` },
    action: 's3:PutBucketAcl',
    resource: bucket,
    resourceAccount: MEMBER,
    at: new Date('2026-01-01T00:14:59Z'),
    ...more,
  });

  test.each([
    ['the planned call before the end of the lease', repair(), true],
    [
      'the planned call at the end of the lease',
      repair({ at: new Date('2026-01-01T00:15:00Z') }),
      false,
    ],
    ['the planned call at an unknown time', { ...repair(), at: new Date(Number.NaN) }, false],
    ['another call', repair({ action: 's3:PutBucketPolicy' }), false],
    ['another bucket', repair({ resource: 'arn:aws:s3:::other' }), false],
  ])('on %s', (_, request, expected) => {
    expect(evaluate(request, { identity, session }).allowed).toBe(expected);
  });

  test('does not narrow what a bucket policy gives to everyone in the account', () => {
    const open = parseResourcePolicy(
      document({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }),
    );

    expect(
      evaluate(repair({ action: 's3:PutBucketPolicy' }), { identity, session, resource: open })
        .allowed,
    ).toBe(true);
  });

  test('cannot give what the role has not', () => {
    expect(evaluate(repair(), { session })).toMatchObject({
      allowed: false,
      decidedBy: 'identity',
    });
  });
});

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
describe('the policy of a queue', () => {
  const queue = `arn:aws:sqs:eu-west-1:${SECURITY}:parapet-respond-s3`;
  const rule = `arn:aws:events:eu-west-1:${SECURITY}:rule/parapet-bus/parapet-respond-s3`;
  const resource = parseResourcePolicy(
    document({
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queue,
      Condition: { ArnEquals: { 'aws:SourceArn': rule } },
    }),
  );

  test.each([
    ['its rule', rule, queue, true],
    ['another rule', `${rule}-2`, queue, false],
    ['its rule, sending to another queue', rule, `${queue}-2`, false],
  ])('on %s', (_, source, target, expected) => {
    const request = {
      principal: { kind: 'service', service: 'events.amazonaws.com' },
      action: 'sqs:SendMessage',
      resource: target,
      resourceAccount: SECURITY,
      context: { 'aws:SourceArn': source },
    } as const;

    expect(evaluate(request, { resource }).allowed).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html */
describe('a key policy', () => {
  const key = `arn:aws:kms:eu-west-1:${SECURITY}:key/1234`;
  const account = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${SECURITY}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const events = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': SECURITY } },
  };
  const responder: RoleSession = {
    ...forwarder,
    roleArn: `arn:aws:iam::${SECURITY}:role/parapet-respond-s3`,
  };
  const role = {
    Effect: 'Allow',
    Principal: { AWS: responder.roleArn },
    Action: 'kms:Decrypt',
    Resource: '*',
  };
  const identity = [
    parsePolicy(document({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: key })),
  ];
  const service = { kind: 'service', service: 'events.amazonaws.com' } as const;
  const decrypt = (principal: Request['principal'], more: Partial<Request> = {}): Request => ({
    principal,
    action: 'kms:Decrypt',
    resource: key,
    resourceAccount: SECURITY,
    ...more,
  });
  const own = { context: { 'aws:SourceAccount': SECURITY } };
  const foreign = { context: { 'aws:SourceAccount': MEMBER } };

  test.each([
    [
      'a role with an identity policy, of an account it lets decide',
      [account],
      decrypt(responder),
      true,
    ],
    [
      'a role with an identity policy, of an account it does not name',
      [events],
      decrypt(responder),
      false,
    ],
    ['a role it names', [role], decrypt(responder), true],
    [
      'a role it names, for another action',
      [role],
      decrypt(responder, { action: 'kms:Encrypt' }),
      false,
    ],
    ['the root user it names', [account], decrypt({ kind: 'root', account: SECURITY }), true],
    ['the root user it does not name', [role], decrypt({ kind: 'root', account: SECURITY }), false],
    [
      'EventBridge delivering to an encrypted queue',
      [account, events],
      decrypt(service, own),
      true,
    ],
    ['EventBridge for another account', [account, events], decrypt(service, foreign), false],
    ['EventBridge where the grant was forgotten', [account], decrypt(service, own), false],
    [
      'EventBridge encrypting itself',
      [events],
      decrypt(service, { ...own, action: 'kms:Encrypt' }),
      false,
    ],
    [
      'a role of another account that it names, with an identity policy',
      [{ ...role, Principal: { AWS: forwarder.roleArn } }],
      decrypt(forwarder),
      true,
    ],
  ])('on %s', (_, statements, request, expected) => {
    expect(
      evaluate(request, {
        identity,
        resource: parseResourcePolicy(document(...(statements as Json[]))),
      }).allowed,
    ).toBe(expected);
  });
});

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html */
describe('the SCP that protects Parapet', () => {
  const full = parsePolicy(document({ Effect: 'Allow', Action: '*', Resource: '*' }));
  const protect = parsePolicy(
    document({
      Sid: 'Protect',
      Effect: 'Deny',
      Action: ['events:PutRule', 'events:PutTargets', 'events:DisableRule', 'events:DeleteRule'],
      Resource: 'arn:aws:events:*:*:rule/parapet-*',
      Condition: {
        ArnNotLike: {
          'aws:PrincipalArn': [
            'arn:aws:iam::*:role/parapet-*',
            'arn:aws:iam::*:role/stacksets-exec-*',
            'arn:aws:iam::*:role/AWSControlTowerExecution',
          ],
        },
      },
    }),
    'protect',
  );
  const identity = [full];
  const scps = [[full], [full, protect]];
  const disable = (account: string, role: string, rule = 'parapet-forward-storage'): Request => ({
    principal: { ...forwarder, roleArn: `arn:aws:iam::${account}:role/${role}` },
    action: 'events:DisableRule',
    resource: `arn:aws:events:eu-west-1:${account}:rule/${rule}`,
    resourceAccount: account,
  });

  test.each([
    ['an administrator on our rule', disable(MEMBER, 'admin'), false],
    ['an administrator on another rule', disable(MEMBER, 'admin', 'mine'), true],
    ['the execution role of StackSets', disable(MEMBER, 'stacksets-exec-1'), true],
    [
      'a role that only looks like Control Tower',
      disable(MEMBER, 'AWSControlTowerExecution2'),
      false,
    ],
    ['an administrator of the management account', disable('999999999999', 'admin'), true],
  ])('on %s', (_, request, expected) => {
    expect(evaluate(request, { identity, scps }).allowed).toBe(expected);
  });
});
