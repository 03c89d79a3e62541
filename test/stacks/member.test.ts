import { configuration, LOG_ARCHIVE, MANAGEMENT, SECURITY, SHOP, sample } from './organization';
import {
  type Attributes,
  policyAt,
  readStack,
  resourcesOf,
  type StackJson,
  stackIds,
  synthesise,
} from './synthesised';

const REGION = [
  'aws_cloudwatch_event_rule._rules',
  'aws_cloudwatch_event_target._targets',
  'aws_sqs_queue._dead-letters_queue',
];

const ACCOUNT = [
  'aws_dynamodb_table_item.directory_item',
  'aws_iam_role.findings_role',
  'aws_iam_role_policy.findings_policy',
  'aws_iam_role.forward_role',
  'aws_iam_role.reader_role',
  'aws_iam_role.remediate-s3_role',
  'aws_iam_role.remediate-sqs_role',
  'aws_iam_role_policy.forward_policy',
  'aws_iam_role_policy.reader_policy',
  'aws_iam_role_policy.remediate-s3_policy',
  'aws_iam_role_policy.remediate-sqs_policy',
];

const inRegions = (regions: readonly string[]) =>
  [
    ...ACCOUNT,
    ...regions.flatMap((region) => REGION.map((address) => address.replace('._', `.${region}_`))),
  ].sort();

describe('the member stacks', () => {
  let outdir: string;
  let shop: StackJson;
  beforeAll(() => {
    outdir = synthesise();
    shop = readStack(outdir, `member-${SHOP}`);
  });

  it('are made for every account, the management, security and log-archive accounts too', () => {
    const ids = stackIds(outdir);

    expect(ids.filter((id) => id.startsWith('member-'))).toEqual([
      `member-${MANAGEMENT}`,
      `member-${SECURITY}`,
      `member-${LOG_ARCHIVE}`,
      `member-${SHOP}`,
    ]);
  });

  it.each([MANAGEMENT, SECURITY, LOG_ARCHIVE])('have exactly these resources in %s', (account) => {
    const stack = readStack(outdir, `member-${account}`);

    expect(resourcesOf(stack)).toEqual(inRegions(['us-east-1', 'eu-central-1']));
  });

  it('touch only Regions that are governed and enabled in the account', () => {
    expect(resourcesOf(shop)).toEqual(inRegions(['us-east-1']));
    const own = shop.provider.aws.filter(({ alias }: Attributes) => alias !== 'security');
    expect(own.map(({ region }: Attributes) => region)).toEqual(['us-east-1']);
  });

  it('write their own entry in the directory, by the security account', () => {
    const entry = shop.resource.aws_dynamodb_table_item?.directory_item;
    const provider = shop.provider.aws.find(({ alias }: Attributes) => alias === 'security');

    expect(entry).toMatchObject({
      ...{ provider: 'aws.security', table_name: 'parapet-directory', hash_key: 'account' },
    });
    expect(JSON.parse(entry.item)).toEqual({
      account: { S: SHOP },
      name: { S: 'member' },
      ouPath: { S: '/Workloads' },
      owner: { S: 'team-shop' },
    });
    expect(provider).toMatchObject({
      region: 'eu-central-1',
      allowed_account_ids: [SECURITY],
      assume_role: [{ role_arn: `arn:aws:iam::${SECURITY}:role/Deployment` }],
    });
  });

  it('import findings of their own account only, for one function', () => {
    expect(policyAt(shop, 'aws_iam_role_policy.findings_policy.policy').Statement).toEqual([
      {
        Sid: 'ImportOwnFindings',
        Effect: 'Allow',
        Action: ['securityhub:BatchImportFindings'],
        Resource: [`arn:aws:securityhub:*:${SHOP}:product/${SHOP}/default`],
      },
    ]);
    expect(policyAt(shop, 'aws_iam_role.findings_role.assume_role_policy').Statement).toEqual([
      expect.objectContaining({
        Action: ['sts:AssumeRole'],
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
          ArnEquals: {
            'aws:PrincipalArn': `arn:aws:iam::${SECURITY}:role/parapet-security-hub`,
          },
        },
      }),
    ]);
  });

  it('forward from all Regions to the one security bus, by a role and with a net below', () => {
    const stack = readStack(outdir, `member-${SECURITY}`);
    const [rules, targets] = ['aws_cloudwatch_event_rule', 'aws_cloudwatch_event_target'].map(
      (type) => stack.resource[type],
    );

    for (const region of ['us-east-1', 'eu-central-1']) {
      expect(rules?.[`${region}_rules`]).toMatchObject({
        name: '${each.key}',
        event_pattern: '${each.value.pattern}',
        state: '${each.value.state}',
        provider: `aws.${region}`,
      });
      expect(rules?.[`${region}_rules`].event_bus_name).toBeUndefined();
      expect(targets?.[`${region}_targets`]).toMatchObject({
        rule: '${each.key}',
        arn: `arn:aws:events:eu-central-1:${SECURITY}:event-bus/parapet-bus`,
        role_arn: '${aws_iam_role.forward_role.arn}',
        dead_letter_config: { arn: `\${aws_sqs_queue.${region}_dead-letters_queue.arn}` },
        depends_on: [
          `aws_cloudwatch_event_rule.${region}_rules`,
          'aws_iam_role_policy.forward_policy',
        ],
      });
      expect(Object.keys(targets?.[`${region}_targets`].for_each)).toEqual(
        Object.keys(rules?.[`${region}_rules`].for_each),
      );
    }
  });

  it('forward no replays, and no pattern is longer than a rule can hold', () => {
    const patterns = Object.values<Attributes>(
      shop.resource.aws_cloudwatch_event_rule?.['us-east-1_rules'].for_each,
    ).map(({ pattern }) => pattern);

    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) {
      expect(pattern.length).toBeLessThanOrEqual(2048);
      expect(JSON.parse(pattern)).toMatchObject({ 'replay-name': [{ exists: false }] });
    }
  });

  it('keep for 14 days what exactly their rules could not deliver', () => {
    const rules = shop.resource.aws_cloudwatch_event_rule?.['us-east-1_rules'].for_each;
    const queue = shop.resource.aws_sqs_queue?.['us-east-1_dead-letters_queue'];

    expect(queue).toMatchObject({
      name: 'parapet-forward-dead-letters',
      sqs_managed_sse_enabled: true,
      message_retention_seconds: 14 * 86_400,
    });
    expect(policyAt(shop, 'aws_sqs_queue.us-east-1_dead-letters_queue.policy').Statement).toEqual([
      {
        Sid: 'RulesDeliver',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['sqs:SendMessage'],
        Resource: [`arn:aws:sqs:us-east-1:${SHOP}:parapet-forward-dead-letters`],
        Condition: {
          ArnEquals: {
            'aws:SourceArn': Object.keys(rules).map(
              (name) => `arn:aws:events:us-east-1:${SHOP}:rule/${name}`,
            ),
          },
          StringEquals: { 'aws:SourceAccount': SHOP },
        },
      },
    ]);
  });

  it('let EventBridge forward for rules of Parapet in this account, and put on one bus only', () => {
    expect(policyAt(shop, 'aws_iam_role.forward_role.assume_role_policy').Statement).toEqual([
      {
        Sid: 'ForwardingRules',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: ['sts:AssumeRole'],
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:events:*:${SHOP}:rule/parapet-*` },
          StringEquals: { 'aws:SourceAccount': SHOP },
        },
      },
    ]);
    expect(policyAt(shop, 'aws_iam_role_policy.forward_policy.policy').Statement).toEqual([
      {
        Sid: 'PutOnSecurityBus',
        Effect: 'Allow',
        Action: ['events:PutEvents'],
        Resource: [`arn:aws:events:eu-central-1:${SECURITY}:event-bus/parapet-bus`],
      },
    ]);
  });

  it('let exactly the responders that read, and what looks again, take the reader role', () => {
    expect(policyAt(shop, 'aws_iam_role.reader_role.assume_role_policy').Statement).toEqual([
      {
        Sid: 'RespondersRead',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${SECURITY}:root` },
        Action: ['sts:AssumeRole'],
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
          ArnEquals: {
            'aws:PrincipalArn': [
              `arn:aws:iam::${SECURITY}:role/parapet-respond-s3`,
              `arn:aws:iam::${SECURITY}:role/parapet-respond-sqs`,
              `arn:aws:iam::${SECURITY}:role/parapet-look-again`,
            ],
          },
        },
      },
    ]);
  });

  it('let one responder, for its own guardrails, take the remediation role of its service', () => {
    expect(policyAt(shop, 'aws_iam_role.remediate-s3_role.assume_role_policy').Statement).toEqual([
      {
        Sid: 'ResponderRepairs',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${SECURITY}:root` },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: {
          StringEquals: {
            'aws:PrincipalOrgID': 'o-exampleorgid',
            'sts:SourceIdentity': ['s3.bucket-public'],
          },
          ArnEquals: { 'aws:PrincipalArn': [`arn:aws:iam::${SECURITY}:role/parapet-respond-s3`] },
        },
      },
    ]);
  });

  it('assume the configured role of their account, refuse any other, and tag all they make', () => {
    const [provider] = shop.provider.aws;
    const [management] = readStack(outdir, `member-${MANAGEMENT}`).provider.aws;

    expect(provider).toEqual({
      alias: 'us-east-1',
      region: 'us-east-1',
      allowed_account_ids: [SHOP],
      assume_role: [{ role_arn: `arn:aws:iam::${SHOP}:role/Deployment`, session_name: 'parapet' }],
      default_tags: [{ tags: { Application: 'parapet', 'parapet:stack': `member-${SHOP}` } }],
    });
    expect(management.assume_role).toBeUndefined();
  });

  it('make their roles in the home Region where the account has it', () => {
    const security = readStack(outdir, `member-${SECURITY}`);

    expect(security.resource.aws_iam_role?.reader_role.provider).toBe('aws.eu-central-1');
    expect(shop.resource.aws_iam_role?.reader_role.provider).toBe('aws.us-east-1');
  });

  it('forward nothing for a guardrail that is off everywhere, if only enabled ones are asked for', () => {
    const narrowed = synthesise({
      configuration: {
        ...configuration,
        forward: 'enabled',
        modes: [{ guardrail: 'sqs.queue-untagged', on: '/', mode: 'off' }],
      },
    });
    const stack = readStack(narrowed, `member-${SHOP}`);

    const rules = JSON.stringify(stack.resource.aws_cloudwatch_event_rule);
    expect(rules).toContain('PutBucketAcl');
    expect(rules).not.toContain('CreateQueue');
    expect(resourcesOf(stack)).toContain('aws_iam_role.remediate-sqs_role');
  });

  it('refuse an account that has no governed Region', () => {
    const [first] = configuration.accounts;
    if (first === undefined) throw new Error('the organization has no account');

    const accounts = [{ ...first, regions: [] }];

    expect(() => synthesise({ configuration: { ...configuration, accounts } })).toThrow(
      'has no governed Region',
    );
  });

  it('are built for the guardrails of the sample', () => {
    expect(sample).toHaveLength(3);
  });
});
