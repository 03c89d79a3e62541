import { sentence } from '#config';
import { load, problemsOf, replaced, SNAPSHOT, YAML } from './organization';

const TRAIL = 'arn:aws:cloudtrail:us-east-1:111111111111:trail/all';

/** What is refused where these lines follow on line 17. */
const refused = (lines: string, snapshot = SNAPSHOT) =>
  problemsOf({ 'parapet.yaml': `${YAML}${lines}\n`, 'organization.json': snapshot });

const warned = (lines: string) =>
  load(`${YAML}${lines}\n`).warnings.map((problem) =>
    sentence(problem).replace(/^.*parapet\.yaml/, 'parapet.yaml'),
  );

describe('the trail', () => {
  test('is made, or is there already, and records writes to buckets', () => {
    const { trail } = load(
      `${YAML}trail: { existing: '${TRAIL}', dataEvents: { buckets: [payments] } }\n`,
    );

    expect(trail).toEqual({
      create: false,
      existing: TRAIL,
      dataEvents: { buckets: ['payments'] },
    });
  });

  test.each([
    [
      'both made and there already',
      `trail: { existing: '${TRAIL}', create: true }`,
      `parapet.yaml:17:${`trail: { existing: '${TRAIL}', `.length + 1}: two trails would record the same management events; keep existing, or remove it and keep create: true`,
    ],
    [
      'no ARN',
      'trail: { existing: all }',
      'parapet.yaml:17:20: trail.existing is "all"; write the trail\'s ARN, e.g. arn:aws:cloudtrail:us-east-1:111111111111:trail/aws-controltower-BaselineCloudTrail',
    ],
    [
      'of another account',
      "trail: { existing: 'arn:aws:cloudtrail:us-east-1:444444444444:trail/all' }",
      'parapet.yaml:17:20: the trail belongs to account 444444444444; name the organization trail of the management account 111111111111',
    ],
    [
      'made by a word',
      'trail: { create: please }',
      'parapet.yaml:17:18: trail.create is "please"; write true or false',
    ],
    [
      'a list',
      'trail: []',
      'parapet.yaml:17:8: trail is an empty list; write { existing: <ARN of the trail> } or { create: true }',
    ],
    [
      'recording a bucket that can have no such name',
      'trail: { dataEvents: { buckets: [Payments] } }',
      'parapet.yaml:17:34: trail.dataEvents.buckets.0 is "Payments"; write the name of a bucket, e.g. example-payments',
    ],
    [
      'recording a bucket twice',
      'trail: { dataEvents: { buckets: [pay, pay] } }',
      'parapet.yaml:17:39: the bucket pay stands twice; keep one of the two',
    ],
    [
      'recording its own bucket',
      'trail: { dataEvents: { buckets: [parapet-trail-333333333333-us-east-1] } }',
      'parapet.yaml:17:34: parapet-trail-333333333333-us-east-1 is where the records of writes go; remove it: each record of a write there would be a write in turn',
    ],
    [
      'recording more buckets than a trail can',
      `trail: { dataEvents: { buckets: [${Array.from({ length: 497 }, (_, i) => `bucket-${i}`).join(', ')}] } }`,
      'parapet.yaml:17:33: trail.dataEvents.buckets is a list; write a list of at most 496 bucket names',
    ],
  ])('is refused as %s', (_, lines, problem) => {
    expect(refused(lines)).toEqual([problem]);
  });

  test('is missed where none is named', () => {
    expect(warned('trail: {}')).toEqual([
      'parapet.yaml:17:1: no trail is named: without one nothing is seen; write trail.existing with the ARN of the organization trail, or trail.create: true where there is none',
    ]);
  });
});

describe('the retention', () => {
  test('is 400 days by default, and governance for evidence', () => {
    expect(load().retention).toEqual({
      trailDays: 400,
      lakeDays: 400,
      evidence: { days: 400, mode: 'governance' },
    });
  });

  test.each([
    [
      '{ trailDays: 0 }',
      '25: retention.trailDays is the number 0; write whole days from 1 to 36500',
    ],
    [
      '{ lakeDays: 1.5 }',
      '24: retention.lakeDays is the number 1.5; write whole days from 1 to 36500',
    ],
    ["{ lakeDays: '90' }", '24: retention.lakeDays is "90"; write whole days from 1 to 36500'],
    [
      '{ evidence: { days: 40000 } }',
      '32: retention.evidence.days is the number 40000; write whole days from 1 to 36500',
    ],
    [
      '{ evidence: { mode: forever } }',
      '32: retention.evidence.mode is "forever"; choose governance or compliance',
    ],
    ['{ days: 3 }', '14: unknown key "days"; choose one of trailDays, lakeDays, evidence'],
  ])('is refused as %s', (retention, problem) => {
    expect(refused(`retention: ${retention}`)).toEqual([`parapet.yaml:17:${problem}`]);
  });

  test('is told where nobody can take it back', () => {
    expect(warned('retention: { evidence: { days: 90, mode: compliance } }')).toEqual([
      'parapet.yaml:17:42: in compliance mode nobody can delete evidence for 90 days, nor shorten that; write governance unless a rule asks for compliance',
    ]);
  });
});

describe('the organization policies', () => {
  test('are attached to the ids of OUs and of the root', () => {
    const { organizationPolicies } = load(
      `${YAML}organizationPolicies: { protect: [/Workloads/Prod, /], quarantine: [/Workloads] }\n`,
    );

    expect(organizationPolicies).toEqual({
      protect: [
        { id: 'r-exam', path: '/' },
        { id: 'ou-exam-prod00000', path: '/Workloads/Prod' },
      ],
      quarantine: [{ id: 'ou-exam-workloads', path: '/Workloads' }],
    });
  });

  test.each([
    ['protect: [/Workload]', '35: there is no OU /Workload; did you mean /Workloads?'],
    [
      'protect: [Workloads]',
      '35: organizationPolicies.protect.0 is "Workloads"; write an OU path from the root, e.g. /Workloads/Prod; the root itself is /',
    ],
    ['protect: [/Workloads, /Workloads]', '47: /Workloads stands twice; keep one of the two'],
    [
      'protect: /Workloads',
      '34: organizationPolicies.protect is "/Workloads"; write a list of OU paths, e.g. [/Workloads, /Sandbox]',
    ],
    [
      'quarantine: [/]',
      "38: the security and logArchive account is below /; quarantine an OU that holds none of Parapet's own accounts",
    ],
  ])('are refused as %s', (policies, problem) => {
    expect(refused(`organizationPolicies: { ${policies} }`)).toEqual([
      `parapet.yaml:17:${problem}`,
    ]);
  });

  test('never quarantine an OU above the security account', () => {
    const snapshot = replaced(
      SNAPSHOT,
      '"name": "security", "status": "ACTIVE", "ouPath": "/"',
      '"name": "security", "status": "ACTIVE", "ouPath": "/Workloads/Prod"',
    );

    expect(refused('organizationPolicies: { quarantine: [/Workloads] }', snapshot)).toEqual([
      "parapet.yaml:17:38: the security account is below /Workloads; quarantine an OU that holds none of Parapet's own accounts",
    ]);
  });
});

describe('Control Tower', () => {
  test('has a home Region, or is not there', () => {
    expect(load(`${YAML}controlTower: { homeRegion: eu-west-1 }\n`).controlTower).toEqual({
      homeRegion: 'eu-west-1',
    });
    expect(load().controlTower).toBeUndefined();
  });

  test.each([
    [
      '{ homeRegion: us-west-2 }',
      "29: us-west-2 is not enabled in the management account; write Control Tower's home Region, or run `parapet org sync`",
    ],
    [
      '{ homeRegion: eu-west-9 }',
      '29: controlTower.homeRegion is "eu-west-9"; did you mean eu-west-1?',
    ],
    ['{}', '1: controlTower.homeRegion is missing; write the name of a Region, e.g. eu-west-1'],
  ])('is refused as %s', (controlTower, problem) => {
    expect(refused(`controlTower: ${controlTower}`)).toEqual([`parapet.yaml:17:${problem}`]);
  });
});
