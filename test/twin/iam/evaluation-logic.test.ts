import { evaluate, type Policies, type PolicyKind, type Request } from '#twin/iam/index';
import { allow, deny, ORGANIZATION, policy, reading, resourcePolicy, worker } from './builders';

type Row = readonly [
  when: string,
  policies: Policies,
  allowed: boolean,
  decidedBy: PolicyKind,
  request?: Partial<Request>,
];

const ACROSS = { resourceAccount: '222222222222' };
const OWN = [policy(allow())];
const OTHER = [policy(allow({ Action: 's3:PutObject' }))];
const grants = (AWS: string) => resourcePolicy(allow({ Principal: { AWS } }));
const ROLE = 'arn:aws:iam::111111111111:role/worker';
const SESSION = 'arn:aws:sts::111111111111:assumed-role/worker/monday';
const ACCOUNT = '111111111111';
const EVERYONE = '*';

const judge = (rows: readonly Row[]) => {
  for (const [when, policies, allowed, decidedBy, request] of rows)
    test(when, () => {
      expect(evaluate(reading(request), policies)).toMatchObject({ allowed, decidedBy });
    });
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */
describe('within one account', () => {
  judge([
    ['nothing allows by default', {}, false, 'identity'],
    ['an identity policy allows', { identity: OWN }, true, 'identity'],
    ['any one of the identity policies allows', { identity: [...OTHER, ...OWN] }, true, 'identity'],
    ['an identity policy about another action does not', { identity: OTHER }, false, 'identity'],
    [
      'a resource policy that names the session allows',
      { resource: grants(SESSION) },
      true,
      'resource',
    ],
    ['a resource policy that names the role allows', { resource: grants(ROLE) }, true, 'resource'],
    ['a resource policy for everyone allows', { resource: grants(EVERYONE) }, true, 'resource'],
    [
      'a resource policy that names the account delegates, and nobody takes it up',
      { resource: grants(ACCOUNT) },
      false,
      'identity',
    ],
    [
      'a resource policy that names the account and an identity policy allow',
      { resource: grants(ACCOUNT), identity: OWN },
      true,
      'resource',
    ],
    [
      'a resource policy that names another does not take away',
      { resource: grants('222222222222'), identity: OWN },
      true,
      'identity',
    ],
  ]);
});

/** The table "Resource-based policies and implicit denies in other policy types (same account)" of the same page. */
describe('an implicit deny of boundary or session policy, within one account', () => {
  const boundary = policy(allow({ Action: 's3:PutObject' }));
  const session = boundary;
  const user = { kind: 'user', arn: 'arn:aws:iam::111111111111:user/ada' } as const;

  judge([
    ['of a boundary limits the identity policy', { identity: OWN, boundary }, false, 'boundary'],
    [
      'of a session policy limits the identity policy',
      { identity: OWN, session },
      false,
      'session',
    ],
    [
      'of a boundary limits a grant to the role',
      { resource: grants(ROLE), boundary },
      false,
      'boundary',
    ],
    [
      'of a session policy limits a grant to the role',
      { resource: grants(ROLE), session },
      false,
      'session',
    ],
    [
      'does not limit a grant to the session',
      { resource: grants(SESSION), boundary, session },
      true,
      'resource',
    ],
    [
      'does not limit a grant to everyone',
      { resource: grants(EVERYONE), boundary, session },
      true,
      'resource',
    ],
    [
      'does not limit a grant to everyone with a condition on the role',
      {
        resource: resourcePolicy(
          allow({ Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } }),
        ),
        session,
      },
      true,
      'resource',
    ],
    [
      'of a boundary does not limit a grant to the user',
      { resource: grants(user.arn), boundary },
      true,
      'resource',
      { principal: user },
    ],
    [
      'of a boundary limits what the account was given',
      { resource: grants(ACCOUNT), identity: OWN, boundary },
      false,
      'boundary',
    ],
    [
      'is none where both allow',
      { identity: OWN, boundary: policy(allow()), session: policy(allow({ Action: 's3:*' })) },
      true,
      'identity',
    ],
    [
      'is everything where the boundary alone allows',
      { boundary: policy(allow()), session: policy(allow()) },
      false,
      'identity',
    ],
  ]);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html */
describe('an explicit deny', () => {
  const no = policy(deny());
  const noResource = resourcePolicy(deny({ Principal: '*' }));

  judge([
    ['of an identity policy wins', { identity: [...OWN, no] }, false, 'identity'],
    ['in the same policy wins', { identity: [policy(allow(), deny())] }, false, 'identity'],
    [
      'of an identity policy wins over a resource policy',
      { identity: [no], resource: grants(SESSION) },
      false,
      'identity',
    ],
    ['of a resource policy wins', { identity: OWN, resource: noResource }, false, 'resource'],
    ['of a boundary wins', { resource: grants(SESSION), boundary: no }, false, 'boundary'],
    ['of a session policy wins', { resource: grants(SESSION), session: no }, false, 'session'],
    ['of an SCP wins', { identity: OWN, scps: [[policy(allow()), no]] }, false, 'scp'],
    ['of an RCP wins', { identity: OWN, rcps: [[noResource]] }, false, 'rcp'],
    [
      'whose condition is unmet is none',
      {
        identity: [
          policy(allow(), deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
        ],
      },
      true,
      'identity',
    ],
    [
      'of another account is none',
      { identity: OWN, resource: resourcePolicy(deny({ Principal: { AWS: '222222222222' } })) },
      true,
      'identity',
    ],
  ]);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html */
describe('across accounts', () => {
  judge([
    ['an identity policy alone is not enough', { identity: OWN }, false, 'resource', ACROSS],
    [
      'a resource policy alone is not enough',
      { resource: grants(ROLE) },
      false,
      'identity',
      ACROSS,
    ],
    [
      'a grant to the session alone is not enough',
      { resource: grants(SESSION) },
      false,
      'identity',
      ACROSS,
    ],
    [
      'a grant to everyone alone is not enough',
      { resource: grants(EVERYONE) },
      false,
      'identity',
      ACROSS,
    ],
    ['both together allow', { identity: OWN, resource: grants(ROLE) }, true, 'resource', ACROSS],
    [
      'the account may be named',
      { identity: OWN, resource: grants(ACCOUNT) },
      true,
      'resource',
      ACROSS,
    ],
    [
      'another account may not',
      { identity: OWN, resource: grants('222222222222') },
      false,
      'resource',
      ACROSS,
    ],
    [
      'a boundary limits even a grant to the session',
      { identity: OWN, resource: grants(SESSION), boundary: OTHER[0] as never },
      false,
      'boundary',
      ACROSS,
    ],
    [
      'a session policy limits even a grant to the session',
      { identity: OWN, resource: grants(SESSION), session: OTHER[0] as never },
      false,
      'session',
      ACROSS,
    ],
    [
      'the root user needs no identity policy',
      { resource: grants(ACCOUNT) },
      true,
      'resource',
      { ...ACROSS, principal: { kind: 'root', account: ACCOUNT } },
    ],
    [
      'the root user needs the resource policy',
      {},
      false,
      'resource',
      { ...ACROSS, principal: { kind: 'root', account: ACCOUNT } },
    ],
  ]);
});

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html */
describe('a service control policy', () => {
  const full = policy(allow({ Action: '*' }));
  const no = policy(deny());
  const linked = worker({
    roleArn: 'arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/X',
  });
  const manager = worker({ roleArn: 'arn:aws:iam::999999999999:role/worker' });
  const root = { kind: 'root', account: ACCOUNT, organization: ORGANIZATION } as const;

  judge([
    ['that allows grants nothing', { scps: [[full]] }, false, 'identity'],
    [
      'that allows on every level lets through',
      { identity: OWN, scps: [[full], [full], [full]] },
      true,
      'identity',
    ],
    ['missing on one level stops', { identity: OWN, scps: [[full], [], [full]] }, false, 'scp'],
    [
      'about other actions on one level stops',
      { identity: OWN, scps: [[full], OTHER] },
      false,
      'scp',
    ],
    [
      'is one of several on its level',
      { identity: OWN, scps: [[full], [...OTHER, full]] },
      true,
      'identity',
    ],
    ['limits resource policies too', { resource: grants(SESSION), scps: [OTHER] }, false, 'scp'],
    ['binds the root user', { scps: [[full, no]] }, false, 'scp', { principal: root }],
    [
      'does not bind the management account',
      { identity: OWN, scps: [[no]] },
      true,
      'identity',
      { principal: manager, resourceAccount: '999999999999' },
    ],
    [
      'does not bind service-linked roles',
      { identity: OWN, scps: [[no]] },
      true,
      'identity',
      { principal: linked },
    ],
    [
      'does not bind services',
      {
        resource: resourcePolicy(allow({ Principal: { Service: 'x.amazonaws.com' } })),
        scps: [[no]],
      },
      true,
      'resource',
      { principal: { kind: 'service', service: 'x.amazonaws.com' } },
    ],
    [
      'spares whom it exempts by ARN',
      {
        identity: OWN,
        scps: [
          [
            full,
            policy(
              deny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/w*' } } }),
            ),
          ],
        ],
      },
      true,
      'identity',
    ],
  ]);
});

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html */
describe('a resource control policy', () => {
  const foreign = [
    [
      resourcePolicy(
        deny({
          Principal: '*',
          Action: 's3:*',
          Condition: {
            StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      ),
    ],
  ];
  const linked = worker({
    roleArn: 'arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/X',
  });
  const stranger = worker({ organization: { id: 'o-2', managementAccount: '888888888888' } });
  const service = { kind: 'service', service: 'x.amazonaws.com' } as const;
  const toAll = resourcePolicy(allow({ Principal: { AWS: EVERYONE } }));

  judge([
    [
      'denies strangers',
      { identity: OWN, resource: toAll, rcps: foreign },
      false,
      'rcp',
      { ...ACROSS, principal: stranger },
    ],
    [
      'spares the organization',
      { identity: OWN, resource: toAll, rcps: foreign },
      true,
      'resource',
      ACROSS,
    ],
    [
      'spares services where it says so',
      { resource: toAll, rcps: foreign },
      true,
      'resource',
      { principal: service },
    ],
    [
      'binds services where it does not',
      { resource: toAll, rcps: [[resourcePolicy(deny({ Principal: '*' }))]] },
      false,
      'rcp',
      { principal: service },
    ],
    [
      'does not bind service-linked roles',
      { identity: OWN, rcps: [[resourcePolicy(deny({ Principal: '*' }))]] },
      true,
      'identity',
      { principal: linked },
    ],
    [
      'does not bind the resources of the management account',
      { identity: OWN, resource: toAll, rcps: foreign },
      true,
      'resource',
      { principal: stranger, resourceAccount: '999999999999', resourceOrganization: ORGANIZATION },
    ],
  ]);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
describe('who else asks', () => {
  const provider = 'arn:aws:iam::111111111111:saml-provider/corp';
  const trusts = (Principal: object) =>
    resourcePolicy({ Effect: 'Allow', Action: '*', Principal: Principal as never });

  judge([
    [
      'the root user has full access',
      {},
      true,
      'identity',
      { principal: { kind: 'root', account: ACCOUNT } },
    ],
    [
      'the root user is denied by the resource policy',
      { resource: resourcePolicy(deny({ Principal: { AWS: ACCOUNT } })) },
      false,
      'resource',
      { principal: { kind: 'root', account: ACCOUNT } },
    ],
    [
      'an anonymous caller gets in by the resource policy',
      { resource: grants(EVERYONE) },
      true,
      'resource',
      { principal: { kind: 'anonymous' } },
    ],
    [
      'an anonymous caller is in no account',
      { resource: grants(ACCOUNT) },
      false,
      'resource',
      { principal: { kind: 'anonymous' } },
    ],
    [
      'a service needs the resource policy, whatever identity policies say',
      { identity: OWN },
      false,
      'resource',
      { principal: { kind: 'service', service: 'events.amazonaws.com' } },
    ],
    [
      'a service is another service',
      { resource: trusts({ Service: 'sns.amazonaws.com' }) },
      false,
      'resource',
      { principal: { kind: 'service', service: 'events.amazonaws.com' } },
    ],
    [
      'an identity provider is trusted by its ARN',
      { resource: trusts({ Federated: provider }) },
      true,
      'resource',
      { principal: { kind: 'identity-provider', provider } },
    ],
    [
      'a canonical user stands for its account',
      { identity: OWN, resource: trusts({ CanonicalUser: 'abc123' }) },
      true,
      'resource',
      { ...ACROSS, principal: worker({ canonicalUser: 'abc123' }) },
    ],
    [
      'a role recreated is not the role that was named by its unique id',
      { resource: trusts({ AWS: 'AROAOLDOLDOLDOLD1' }) },
      false,
      'identity',
      { principal: worker({ uniqueId: 'AROANEWNEWNEWNEW1' }) },
    ],
    [
      'a role with a path is named with it, its session without',
      { resource: trusts({ AWS: 'arn:aws:sts::111111111111:assumed-role/deep/monday' }) },
      true,
      'resource',
      { principal: worker({ roleArn: 'arn:aws:iam::111111111111:role/a/b/deep' }) },
    ],
    [
      'a session is not another session',
      { resource: trusts({ AWS: SESSION }) },
      false,
      'identity',
      { principal: worker({ sessionName: 'tuesday' }) },
    ],
  ]);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
describe('NotPrincipal with Deny', () => {
  const except = (...AWS: readonly string[]) => resourcePolicy(deny({ NotPrincipal: { AWS } }));

  judge([
    [
      'denies whoever is not named',
      { identity: OWN, resource: except('222222222222') },
      false,
      'resource',
    ],
    [
      'spares a session named with role and account',
      { identity: OWN, resource: except(SESSION, ROLE, ACCOUNT) },
      true,
      'identity',
    ],
    [
      'may deny a session named without its role',
      { identity: OWN, resource: except(SESSION, ACCOUNT) },
      false,
      'resource',
    ],
    [
      'may deny a session named without its account',
      { identity: OWN, resource: except(SESSION, ROLE) },
      false,
      'resource',
    ],
    [
      'always denies whoever has a boundary',
      { identity: OWN, boundary: policy(allow()), resource: except(SESSION, ROLE, ACCOUNT) },
      false,
      'resource',
    ],
  ]);
});

describe('the reason', () => {
  test('of an implicit deny names the statement that came nearest and what it lacks', () => {
    const identity = [
      policy(
        allow({ Action: 'sqs:*' }),
        allow({ Sid: 'Home', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-2' } } }),
      ),
    ];

    expect(evaluate(reading(), { identity }).reason).toBe(
      'no statement of the identity policy allows s3:GetObject on arn:aws:s3:::shelf/book.txt for ' +
        'arn:aws:sts::111111111111:assumed-role/worker/monday; ' +
        'statement 1 (Home) needs aws:PrincipalOrgID StringEquals o-2, the request has o-1',
    );
  });

  test('of an explicit deny names the level', () => {
    const scps = [[policy(allow())], [policy(deny({ Sid: 'Protect' }))]];

    expect(evaluate(reading(), { identity: OWN, scps })).toEqual({
      allowed: false,
      explicit: true,
      decidedBy: 'scp',
      reason:
        'statement 0 (Protect) of the service control policy at level 1 denies s3:GetObject on ' +
        'arn:aws:s3:::shelf/book.txt for arn:aws:sts::111111111111:assumed-role/worker/monday',
    });
  });

  test('of an allow names every policy that had to allow', () => {
    const policies = { identity: OWN, session: policy(allow({ Action: 's3:*' })) };

    expect(evaluate(reading(), policies).reason).toContain(
      'statement 0 of the identity policy and statement 0 of the session policy allow s3:GetObject',
    );
  });

  test('says that there is no policy where there is none', () => {
    expect(evaluate(reading(), {}).reason).toContain('there is no identity policy to allow');
  });
});
