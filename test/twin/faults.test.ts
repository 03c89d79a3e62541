import type { Decision } from '#core';
import type { Journey, Twin } from '#twin';
import { openBucket, withBuckets } from '../support/buckets';
import {
  denials,
  editPolicy,
  exampleStacks,
  fate,
  happen,
  MEMBER,
  REGION,
  resource,
  type Stacks,
} from '../support/twin';

let stacks: ReturnType<typeof exampleStacks>;
beforeAll(() => {
  stacks = exampleStacks();
});
afterAll(() => stacks.remove());

const member = (all: Stacks) => all(`member-${MEMBER}`);
const security = (all: Stacks) => all('security');
const rule = (all: Stacks) => resource(member(all), 'aws_cloudwatch_event_rule', `${REGION}_rules`);
const target = (all: Stacks) =>
  resource(member(all), 'aws_cloudwatch_event_target', `${REGION}_targets`);
const queue = (all: Stacks) => resource(security(all), 'aws_sqs_queue', 'respond-sqs_queue_queue');
const policyOf = (all: Stacks, role: string) =>
  resource(
    role.startsWith('respond') ? security(all) : member(all),
    'aws_iam_role_policy',
    `${role}_policy`,
  );
/** Takes one action from all statements of a role's policy. */
const without = (action: string) => (statements: readonly { Action: readonly string[] }[]) =>
  statements
    .map((one) => ({ ...one, Action: one.Action.filter((each) => each !== action) }))
    .filter((one) => one.Action.length > 0);

const createQueue = async (twin: Twin, input: { readonly [key: string]: string } = {}) =>
  (
    await happen(twin, 'sqs:CreateQueue', {
      QueueName: 'orders',
      Padding: 'x'.repeat(1000),
      ...input,
    })
  ).journeys;

/** A developer opens a bucket through its ACL. */
async function openIt(twin: Twin, account = MEMBER) {
  twin.accounts.set(account, withBuckets({ orders: openBucket() }));
  const { journeys } = await happen(
    twin,
    's3:PutBucketAcl',
    { Bucket: 'orders', ACL: 'public-read' },
    { account },
  );
  return { journeys, decision: decisionIn(journeys) };
}
const decisionIn = ([journey]: readonly Journey[]): Decision | undefined => {
  const [one] = journey?.handled ?? [];
  return one?.kind === 'decided' ? one.decision : undefined;
};

test('without a fault a queue is tagged, a bucket is closed, and their repairs’ events end there', async () => {
  const tagged = await createQueue(stacks.twin());
  const { journeys } = await openIt(stacks.twin());

  expect([fate(tagged), fate(journeys)]).toEqual(['repaired', 'repaired']);
  expect(tagged.slice(1).map(({ own }) => own)).toEqual(['sqs:TagQueue']);
  expect(journeys.slice(1).map((one) => [one.own, fate([one])])).toEqual([
    ['s3:PutPublicAccessBlock', 'ignored'],
    ['s3:PutBucketAcl', 'ignored'],
  ]);
  expect(denials(tagged)).toEqual([]);
});

describe('an event does not leave the member account,', () => {
  test.each<readonly [string, (all: Stacks) => void, RegExp]>([
    [
      'where the rule’s pattern is another’s',
      (all) => {
        rule(all).for_each = {
          'parapet-forward-services': { pattern: '{"source":["aws.ec2"]}', state: 'ENABLED' },
        };
      },
      /^no rule of the bus default of shop-prod in eu-west-1 matches CreateQueue$/,
    ],
    [
      'where the rule is disabled',
      (all) => {
        rule(all).state = 'DISABLED';
      },
      /^no rule of the bus default of shop-prod in eu-west-1 matches CreateQueue$/,
    ],
    [
      'where the target has no role',
      (all) => {
        delete target(all).role_arn;
      },
      /^the target of parapet-forward-services has no role; it waits in parapet-forward-dead-letters$/,
    ],
    [
      'where the role does not exist',
      (all) => {
        target(all).role_arn = `arn:aws:iam::${MEMBER}:role/parapet-forwards`;
      },
      /^there is no forwarding role arn:aws:iam::444444444444:role\/parapet-forwards; it waits in /,
    ],
    [
      'where the role may not put events',
      (all) => editPolicy(policyOf(all, 'forward'), () => []),
      /^the forwarding role may not put it on the bus: .*; it waits in parapet-forward-dead-letters$/,
    ],
    [
      'where the role trusts the rules of another account only',
      (all) =>
        editPolicy(
          resource(member(all), 'aws_iam_role', 'forward_role'),
          ([one]) => [
            { ...one, Condition: { StringEquals: { 'aws:SourceAccount': '555555555555' } } },
          ],
          'assume_role_policy',
        ),
      /^the forwarding role cannot be assumed: .*; it waits in /,
    ],
    [
      'where the role trusts Lambda instead',
      (all) =>
        editPolicy(
          resource(member(all), 'aws_iam_role', 'forward_role'),
          ([one]) => [{ ...one, Principal: { Service: 'lambda.amazonaws.com' } }],
          'assume_role_policy',
        ),
      /^the forwarding role cannot be assumed: /,
    ],
    [
      'where the target is a bus that is not there',
      (all) => {
        target(all).arn = 'arn:aws:events:us-east-1:222222222222:event-bus/other';
      },
      /^there is no bus arn:aws:events:us-east-1:222222222222:event-bus\/other; it waits in /,
    ],
    [
      'where the security bus has no policy',
      (all) => {
        delete security(all).aws_cloudwatch_event_bus_policy;
      },
      /^the forwarding role may not put it on the bus: .*; it waits in /,
    ],
    [
      'where the bus admits another organization',
      (all) =>
        editPolicy(
          resource(security(all), 'aws_cloudwatch_event_bus_policy', 'bus_policy'),
          (statements) => {
            statements[0].Condition.StringEquals['aws:PrincipalOrgID'] = 'o-other12345';
            return statements;
          },
        ),
      /^the forwarding role may not put it on the bus: .*; it waits in /,
    ],
    [
      'where an SCP denies PutEvents',
      (all) => scp(all, 'ou-exam-prod00000', { Action: 'events:PutEvents' }),
      /^the forwarding role may not put it on the bus: .*; it waits in /,
    ],
    [
      'and is lost where the dead-letter queue’s policy refuses it too',
      (all) => {
        delete target(all).role_arn;
        editPolicy(
          resource(member(all), 'aws_sqs_queue', `${REGION}_dead-letters_queue`),
          (statements) => statements.map((one) => ({ ...one, Effect: 'Deny' })),
        );
      },
      /^the target of parapet-forward-services has no role; it is lost: no dead-letter queue takes it$/,
    ],
    [
      'and is lost where there is no dead-letter queue',
      (all) => {
        delete target(all).role_arn;
        delete target(all).dead_letter_config;
      },
      /it is lost: no dead-letter queue takes it$/,
    ],
  ])('%s', async (_, change, reason) => {
    const journeys = await createQueue(stacks.twin(change));

    expect(fate(journeys)).toMatch(reason);
    expect(journeys).toHaveLength(1);
  });
});

/** Attaches an SCP that denies something on everything. */
function scp(all: Stacks, to: string, statement: object): void {
  const content = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Resource: '*', ...statement }],
  });
  const provider = 'aws.us-east-1';
  security(all).aws_organizations_policy = { deny: { provider, name: 'deny', content } };
  security(all).aws_organizations_policy_attachment = {
    deny: { provider, policy_id: '${aws_organizations_policy.deny.id}', target_id: to },
  };
}

describe('an event does not get from the security bus to its responder,', () => {
  test.each<readonly [string, (all: Stacks) => void, RegExp]>([
    [
      'where the responder’s rule is disabled',
      (all) => {
        resource(security(all), 'aws_cloudwatch_event_rule', 'respond-sqs_rule').state = 'DISABLED';
      },
      /^no rule of the bus parapet-bus of security in us-east-1 matches CreateQueue$/,
    ],
    [
      'where the queue has no policy',
      (all) => {
        delete queue(all).policy;
      },
      /it waits in parapet-respond-sqs-dead-letters$/,
    ],
    [
      'where the queue’s policy admits another rule',
      (all) =>
        editPolicy(queue(all), (statements) => {
          statements[0].Condition.ArnEquals['aws:SourceArn'] = [
            'arn:aws:events:us-east-1:222222222222:rule/x',
          ];
          return statements;
        }),
      /it waits in parapet-respond-sqs-dead-letters$/,
    ],
    [
      'where the queue’s own key forgets EventBridge',
      (all) => {
        queue(all).kms_master_key_id = '${aws_kms_key.key_key.arn}';
      },
      /kms:GenerateDataKey.*; it waits in parapet-respond-sqs-dead-letters$/,
    ],
    [
      'where the queue takes less than the event has',
      (all) => {
        queue(all).max_message_size = 1024;
      },
      /^the event is too large for the queue parapet-respond-sqs; it waits in /,
    ],
    [
      'where nothing takes from the queue',
      (all) => {
        delete security(all).aws_lambda_event_source_mapping?.['respond-sqs_mapping'];
      },
      /^no function takes from the queue parapet-respond-sqs$/,
    ],
    [
      'where the function may not take from the queue',
      (all) => editPolicy(policyOf(all, 'respond-sqs_role'), without('sqs:ReceiveMessage')),
      /^parapet-respond-sqs cannot take messages: /,
    ],
    [
      'where the function’s role does not trust Lambda',
      (all) =>
        editPolicy(
          resource(security(all), 'aws_iam_role', 'respond-sqs_role_role'),
          ([one]) => [{ ...one, Principal: { Service: 'events.amazonaws.com' } }],
          'assume_role_policy',
        ),
      /^parapet-respond-sqs cannot take messages: /,
    ],
    ...['dynamodb:UpdateItem', 's3:PutObject', 'kms:GenerateDataKey', 'events:PutEvents'].map(
      (action) =>
        [
          `where the function may not ${action}, which the record needs`,
          (all: Stacks) => editPolicy(policyOf(all, 'respond-sqs_role'), without(action)),
          /^parapet-respond-sqs fails: /,
        ] as const,
    ),
  ])('%s', async (_, change, reason) => {
    const twin = stacks.twin(change);

    const journeys = await createQueue(twin);

    expect(fate(journeys)).toMatch(reason);
    expect(journeys.map(({ own }) => own)).toEqual([undefined]);
    expect(twin.decisions.size).toBe(0);
  });

  test('where it is larger than any queue takes; it is lost, as is its copy for the dead letters', async () => {
    const journeys = await createQueue(stacks.twin(), { Padding: 'x'.repeat(300_000) });

    expect(fate(journeys)).toBe(
      'the event is too large for the queue parapet-respond-sqs; it is lost: no dead-letter queue takes it',
    );
  });

  test('and gets there once the key remembers EventBridge', async () => {
    const twin = stacks.twin((all) => {
      queue(all).kms_master_key_id = '${aws_kms_key.key_key.arn}';
      editPolicy(resource(security(all), 'aws_kms_key', 'key_key'), (statements) => [
        ...statements,
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
          Resource: '*',
        },
      ]);
    });

    expect(fate(await createQueue(twin))).toBe('repaired');
  });
});

test('an event goes to another account only once: a rule of the security bus cannot pass it on', async () => {
  const twin = stacks.twin((all) => {
    const third = all('member-333333333333');
    third.aws_cloudwatch_event_bus = { third: { provider: 'aws.us-east-1', name: 'third' } };
    const provider = 'aws.us-east-1';
    const bus = 'parapet-bus';
    const arn = 'arn:aws:events:us-east-1:333333333333:event-bus/third';
    Object.assign(security(all).aws_cloudwatch_event_rule ?? {}, {
      on: { provider, name: 'on', event_bus_name: bus, event_pattern: '{"source":["aws.sqs"]}' },
    });
    Object.assign(security(all).aws_cloudwatch_event_target ?? {}, {
      on: {
        provider,
        rule: 'on',
        event_bus_name: bus,
        arn,
        role_arn: 'arn:aws:iam::222222222222:role/x',
      },
    });
  });

  expect(denials(await createQueue(twin))).toEqual([
    'EventBridge passes an event on to another account only once; it is lost: no dead-letter queue takes it',
  ]);
});

describe('who is not of the organization', () => {
  const stranger = {
    roleArn: 'arn:aws:iam::999999999999:role/parapet-forward',
    sessionName: 'events',
  };
  const mayPut = (twin: Twin) => {
    const [bus, { policy } = {}] = [...twin.deployed.buses][0] ?? [];
    const context = { 'events:source': ['aws.s3'], 'events:eventBusInvocation': 'true' };
    const asked = {
      action: 'events:PutEvents',
      resource: bus ?? '',
      resourceAccount: '222222222222',
      context,
    };
    return twin.authority.administrator(stranger, asked, policy).allowed;
  };

  test('cannot put events on the security bus; without the organization in its policy he could', () => {
    const open = (all: Stacks) =>
      editPolicy(
        resource(security(all), 'aws_cloudwatch_event_bus_policy', 'bus_policy'),
        (statements) => {
          delete statements[0].Condition.StringEquals;
          return statements;
        },
      );

    expect(mayPut(stacks.twin())).toBe(false);
    expect(mayPut(stacks.twin(open))).toBe(true);
  });
});

describe('read-only events', () => {
  const reads =
    (states: { readonly member: string; readonly security: string }) => (all: Stacks) => {
      const pattern = '{"source":["aws.sqs"],"detail":{"eventName":["ListQueueTags"]}}';
      Object.assign(rule(all), {
        for_each: { 'parapet-forward-services': { pattern, state: states.member } },
      });
      Object.assign(resource(security(all), 'aws_cloudwatch_event_rule', 'respond-sqs_rule'), {
        event_pattern: pattern,
        state: states.security,
      });
    };
  const ALL = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  const list = async (states: { readonly member: string; readonly security: string }) =>
    fate(
      (await happen(stacks.twin(reads(states)), 'sqs:ListQueueTags', { QueueUrl: 'x' })).journeys,
    );

  test.each([
    [
      { member: 'ENABLED', security: ALL },
      /^no rule of the bus default of shop-prod in eu-west-1 matches ListQueueTags$/,
    ],
    [
      { member: ALL, security: 'ENABLED' },
      /^no rule of the bus parapet-bus of security in us-east-1 matches ListQueueTags$/,
    ],
    [{ member: ALL, security: ALL }, /^ignored$/],
  ])('reach only rules that ask for all of them: %j', async (states, reason) => {
    expect(await list(states)).toMatch(reason);
  });
});

describe('a decision is undetermined, and nothing is written,', () => {
  test.each<readonly [string, (all: Stacks) => void]>([
    [
      'where the reader trusts nobody of us',
      (all) =>
        editPolicy(
          resource(member(all), 'aws_iam_role', 'reader_role'),
          ([one]) => [{ ...one, Principal: { AWS: 'arn:aws:iam::333333333333:root' } }],
          'assume_role_policy',
        ),
    ],
    [
      'where there is no reader',
      (all) => {
        delete member(all).aws_iam_role?.reader_role;
        delete member(all).aws_iam_role_policy?.reader_policy;
      },
    ],
    [
      'where the responder may not assume it',
      (all) => editPolicy(policyOf(all, 'respond-s3_role'), without('sts:AssumeRole')),
    ],
    [
      'where the reader may not read',
      (all) => editPolicy(policyOf(all, 'reader'), without('s3:GetBucketAcl')),
    ],
    ['where an SCP denies the read', (all) => scp(all, 'r-exam', { Action: 's3:GetBucketAcl' })],
  ])('%s', async (_, change) => {
    const twin = stacks.twin(change);

    const { journeys, decision } = await openIt(twin);

    expect(decision).toMatchObject({
      outcome: 'undetermined',
      verdict: {
        verdict: 'undetermined',
        reason: 's3:GetBucketAcl was refused: denied (AccessDenied)',
      },
      made: [],
    });
    expect(denials(journeys)).toEqual([
      expect.stringMatching(/^s3:GetBucketAcl is denied: .{10,}/),
    ]);
    expect(twin.accounts.get(MEMBER)).toMatchObject({
      s3: { orders: { acl: { Grants: [{}, { Permission: 'READ' }] } } },
    });
    expect(twin.accounts.get(MEMBER)).not.toHaveProperty('s3.orders.block');
  });
});

describe('a repair does not succeed, and its decision says why,', () => {
  const first = 's3:PutPublicAccessBlock was refused: denied (AccessDenied)';
  const second = 's3:PutBucketAcl was refused: denied (AccessDenied)';

  test.each<readonly [string, string, string, (all: Stacks) => void]>([
    [
      'where the role lacks the first action',
      'failed',
      first,
      (all) => editPolicy(policyOf(all, 'remediate-s3'), without('s3:PutBucketPublicAccessBlock')),
    ],
    [
      'where the role lacks a later action',
      'partly',
      second,
      (all) => editPolicy(policyOf(all, 'remediate-s3'), without('s3:PutBucketAcl')),
    ],
    [
      'where the role demands another source identity',
      'failed',
      first,
      (all) =>
        editPolicy(
          resource(member(all), 'aws_iam_role', 'remediate-s3_role'),
          ([one]) => {
            one.Condition.StringEquals['sts:SourceIdentity'] = ['s3.other'];
            return [one];
          },
          'assume_role_policy',
        ),
    ],
    [
      'where the role takes no source identity',
      'failed',
      first,
      (all) =>
        editPolicy(
          resource(member(all), 'aws_iam_role', 'remediate-s3_role'),
          ([one]) => [{ ...one, Action: ['sts:AssumeRole'] }],
          'assume_role_policy',
        ),
    ],
    [
      'where an SCP of the OU denies the ACL to our role',
      'partly',
      second,
      (all) =>
        scp(all, 'ou-exam-prod00000', {
          Action: 's3:PutBucketAcl',
          Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/parapet-*' } },
        }),
    ],
    [
      'where an SCP of the OU above denies everything in the Region',
      'failed',
      first,
      (all) =>
        scp(all, 'ou-exam-workloads', {
          Action: 's3:Put*',
          Condition: { StringEquals: { 'aws:RequestedRegion': REGION } },
        }),
    ],
  ])('%s', async (_, outcome, because, change) => {
    const { journeys, decision } = await openIt(stacks.twin(change));

    expect(decision).toMatchObject({ outcome, because: expect.stringContaining(because) });
    expect(denials(journeys)).toEqual([expect.stringMatching(/^s3:Put\w+ is denied: .{10,}/)]);
  });

  test('but an SCP of another OU denies nothing', async () => {
    const twin = stacks.twin((all) => scp(all, 'ou-exam-test00000', { Action: 's3:*' }));

    expect((await openIt(twin)).decision?.outcome).toBe('repaired');
  });
});

test('what the twin cannot resolve it does not guess', () => {
  expect(() =>
    stacks.twin((all) => {
      target(all).arn = '${aws_cloudwatch_event_bus.nowhere.arn}';
    }),
  ).toThrow('the twin cannot resolve ${aws_cloudwatch_event_bus.nowhere.arn}');
  expect(() =>
    stacks.twin((all) => {
      target(all).arn = '${join("", ["a"])}';
    }),
  ).toThrow('the twin cannot resolve');
});
