import { configuration, LOG_ARCHIVE, MANAGEMENT, SECURITY } from './organization';
import {
  type Attributes,
  policyAt,
  readStack,
  resourcesOf,
  type StackJson,
  synthesise,
} from './synthesised';

const lifecycle = (region: string) => [
  `aws_cloudwatch_event_rule.lifecycle-${region}_rules`,
  `aws_cloudwatch_event_target.lifecycle-${region}_targets`,
  `aws_sqs_queue.lifecycle-${region}_dead-letters_queue`,
];

const POLICIES = [
  'aws_organizations_policy.protect_policy',
  'aws_organizations_policy.quarantine_policy',
  'aws_organizations_policy_attachment.protect_on-ou-exam-workloads',
  'aws_organizations_policy_attachment.quarantine_on-ou-exam-newcomers',
];

const EXISTING = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/aws-controltower-BaselineCloudTrail`;

const managementOf = (changes: Partial<typeof configuration>) =>
  readStack(synthesise({ configuration: { ...configuration, ...changes } }), 'management');

const rulesIn = (stack: StackJson, region: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries<Attributes>(
      stack.resource.aws_cloudwatch_event_rule?.[`lifecycle-${region}_rules`].for_each,
    ).map(([name, { pattern }]) => [name, pattern]),
  );

const TRAIL = 'aws_cloudtrail.trail_trail';

describe('the management stack', () => {
  let stack: StackJson;
  beforeAll(() => {
    stack = readStack(synthesise(), 'management');
  });

  it('has exactly the trail, the lifecycle forwarding and the policies', () => {
    expect(resourcesOf(stack)).toEqual(
      [TRAIL, ...lifecycle('us-east-1'), ...lifecycle('eu-central-1'), ...POLICIES].sort(),
    );
  });

  it('makes a trail of all accounts and Regions, validated and encrypted, in the log archive', () => {
    expect(stack.resource.aws_cloudtrail?.trail_trail).toMatchObject({
      name: 'parapet-trail',
      provider: 'aws.eu-central-1',
      s3_bucket_name: `parapet-trail-${LOG_ARCHIVE}-eu-central-1`,
      kms_key_id: `arn:aws:kms:eu-central-1:${LOG_ARCHIVE}:alias/parapet-trail`,
      is_organization_trail: true,
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_log_file_validation: true,
      advanced_event_selector: [
        {
          name: 'Management events',
          field_selector: [{ field: 'eventCategory', equals: ['Management'] }],
        },
        {
          name: 'Writes to buckets',
          field_selector: [
            { field: 'eventCategory', equals: ['Data'] },
            { field: 'resources.type', equals: ['AWS::S3::Object'] },
            { field: 'readOnly', equals: ['false'] },
            { field: 'resources.ARN', starts_with: ['arn:aws:s3:::shop-payments/'] },
          ],
        },
      ],
      lifecycle: { ignore_changes: ['kms_key_id'] },
    });
  });

  it('makes no trail beside an existing one', () => {
    const trail = { create: false, existing: EXISTING, dataEvents: { buckets: [] } };

    expect(resourcesOf(managementOf({ trail }))).not.toContain(TRAIL);
  });

  it('makes a trail of data events only where they are wanted beside an existing one', () => {
    const trail = { create: false, existing: EXISTING, dataEvents: { buckets: ['payments'] } };
    const made = managementOf({ trail }).resource.aws_cloudtrail?.trail_trail;

    expect(made).toMatchObject({
      ...{ is_organization_trail: true, is_multi_region_trail: true },
      s3_bucket_name: `parapet-trail-${LOG_ARCHIVE}-eu-central-1`,
      advanced_event_selector: [
        {
          name: 'Writes to buckets',
          field_selector: [
            { field: 'eventCategory', equals: ['Data'] },
            { field: 'resources.type', equals: ['AWS::S3::Object'] },
            { field: 'readOnly', equals: ['false'] },
            { field: 'resources.ARN', starts_with: ['arn:aws:s3:::payments/'] },
          ],
        },
      ],
    });
  });

  it('forwards who joins, departs and is created, and whom Control Tower enrols', () => {
    const pattern = (region: string, name: string) =>
      JSON.parse(rulesIn(stack, region)[name] ?? '{}');

    expect(Object.keys(rulesIn(stack, 'us-east-1'))).toEqual(['parapet-lifecycle-organizations']);
    expect(pattern('us-east-1', 'parapet-lifecycle-organizations')).toEqual({
      source: ['aws.organizations'],
      'detail-type': ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'],
      detail: {
        eventSource: ['organizations.amazonaws.com'],
        eventName: [
          'AccountDepartedOrganization',
          'AccountJoinedOrganization',
          'CreateAccountResult',
        ],
      },
      'replay-name': [{ exists: false }],
    });
    expect(Object.keys(rulesIn(stack, 'eu-central-1'))).toEqual([
      'parapet-lifecycle-control-tower',
    ]);
    expect(pattern('eu-central-1', 'parapet-lifecycle-control-tower')).toMatchObject({
      source: ['aws.controltower'],
      detail: { eventName: ['CreateManagedAccount'] },
    });
  });

  it('forwards by the role of the account’s own member stack, with a net below', () => {
    const target =
      stack.resource.aws_cloudwatch_event_target?.['lifecycle-us-east-1_targets'] ?? {};

    expect(target).toMatchObject({
      arn: `arn:aws:events:eu-central-1:${SECURITY}:event-bus/parapet-bus`,
      role_arn: `arn:aws:iam::${MANAGEMENT}:role/parapet-forward`,
      dead_letter_config: {
        arn: '${aws_sqs_queue.lifecycle-us-east-1_dead-letters_queue.arn}',
      },
    });
    const address = 'aws_sqs_queue.lifecycle-us-east-1_dead-letters_queue.policy';
    expect(policyAt(stack, address).Statement).toMatchObject([
      {
        Resource: [`arn:aws:sqs:us-east-1:${MANAGEMENT}:parapet-lifecycle-dead-letters`],
        Condition: {
          ArnEquals: {
            'aws:SourceArn': [
              `arn:aws:events:us-east-1:${MANAGEMENT}:rule/parapet-lifecycle-organizations`,
            ],
          },
        },
      },
    ]);
  });

  it('has both rules in one Region where Control Tower is at home in us-east-1', () => {
    const made = managementOf({ controlTower: { homeRegion: 'us-east-1' } });

    expect(Object.keys(rulesIn(made, 'us-east-1'))).toEqual([
      'parapet-lifecycle-control-tower',
      'parapet-lifecycle-organizations',
    ]);
  });

  it('knows nothing of Control Tower where there is none', () => {
    const made = managementOf({ controlTower: undefined });

    expect(JSON.stringify(made.resource.aws_cloudwatch_event_rule)).not.toContain('controltower');
  });

  it('attaches nothing and makes no policy where no OU is configured', () => {
    const made = managementOf({ organizationPolicies: { protect: [], quarantine: [] } });

    expect(resourcesOf(made).filter((address) => address.includes('organizations'))).toEqual([]);
  });

  it('makes policies as short as AWS takes them', () => {
    const policies = Object.values(stack.resource.aws_organizations_policy ?? {});

    expect(policies.map(({ type }) => type)).toEqual(Array(2).fill('SERVICE_CONTROL_POLICY'));
    for (const { content } of policies) expect(content.length).toBeLessThanOrEqual(10_240);
  });

  it('attaches policies only to the configured OUs, and makes none that is attached nowhere', () => {
    const made = managementOf({
      organizationPolicies: { protect: [{ id: 'r-exam', path: '/' }], quarantine: [] },
    });

    const targets = Object.values(made.resource.aws_organizations_policy_attachment ?? {}).map(
      ({ policy_id, target_id }) => [policy_id, target_id],
    );
    expect(targets).toEqual([['${aws_organizations_policy.protect_policy.id}', 'r-exam']]);
    const policies = resourcesOf(made).filter((address) => address.includes('organizations'));
    expect(policies).toEqual([
      'aws_organizations_policy.protect_policy',
      'aws_organizations_policy_attachment.protect_on-r-exam',
    ]);
  });
});
