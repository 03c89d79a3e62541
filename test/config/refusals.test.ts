import { z } from 'zod';
import { GUARDRAILS, guardrail, problemsOf, replaced, SNAPSHOT, YAML } from './organization';

interface Refusal {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly problems: readonly string[];
}

const CLOSED =
  'GovCloud and China are not supported, since cross-Region routing of events leaves them out';

const REFUSALS: readonly Refusal[] = [
  {
    name: 'an unknown guardrail, with the one that is meant',
    from: '  s3.bucket-public:',
    to: '  s3.bucket-publik:',
    problems: [
      'parapet.yaml:9:3: unknown guardrail "s3.bucket-publik"; did you mean s3.bucket-public?',
    ],
  },
  {
    name: 'an unknown guardrail that resembles none, with the choice',
    from: '  s3.bucket-public:',
    to: '  kms.key-deleted:',
    problems: [
      'parapet.yaml:9:3: unknown guardrail "kms.key-deleted"; choose one of s3.bucket-public, sqs.queue-untagged, signin.root-login',
    ],
  },
  {
    name: 'an OU path that does not exist, with the nearest',
    from: '/Workloads/Prod:',
    to: '/Workload/Prod:',
    problems: ['parapet.yaml:12:7: there is no OU /Workload/Prod; did you mean /Workloads/Prod?'],
  },
  {
    name: 'an OU path that is no path',
    from: '/Workloads/Prod:',
    to: 'Workloads/Prod:',
    problems: [
      'parapet.yaml:12:7: the key "Workloads/Prod" is not right here; write an OU path from the root, e.g. /Workloads/Prod; the root itself is /',
    ],
  },
  {
    name: 'an account that is not in the snapshot',
    from: "'444444444444': enforce",
    to: "'987654321098': enforce",
    problems: [
      "parapet.yaml:14:7: account 987654321098 is not in the organization's snapshot; run `parapet org sync` if it is new",
    ],
  },
  {
    name: 'an account with a slip of the finger',
    from: "'444444444444': enforce",
    to: "'444444444445': enforce",
    problems: [
      "parapet.yaml:14:7: account 444444444445 is not in the organization's snapshot; did you mean '444444444444'? Or run `parapet org sync` if it is new",
    ],
  },
  {
    name: 'an account id as a number, which loses its leading zero',
    from: "security: '222222222222'",
    to: 'security: 012345678901',
    problems: [
      "parapet.yaml:3:13: accounts.security is the number 012345678901, which loses leading zeros; put it in quotes: '012345678901'",
    ],
  },
  {
    name: 'a number that is no account id',
    from: "security: '222222222222'",
    to: 'security: 22',
    problems: [
      "parapet.yaml:3:13: accounts.security is the number 22; write a twelve-digit account id in quotes, e.g. '111111111111'",
    ],
  },
  {
    name: 'an account id as a key without quotes',
    from: "'444444444444': enforce",
    to: '012345678901: enforce',
    problems: [
      "parapet.yaml:14:7: the key 012345678901 is not text; put it in quotes: '012345678901'",
    ],
  },
  {
    name: 'an account id of eleven digits',
    from: "security: '222222222222'",
    to: "security: '22222222222'",
    problems: [
      'parapet.yaml:3:13: accounts.security is "22222222222"; write a twelve-digit account id in quotes, e.g. \'111111111111\'',
    ],
  },
  {
    name: 'an account in two parts',
    from: "logArchive: '333333333333'",
    to: "logArchive: '222222222222'",
    problems: [
      'parapet.yaml:4:15: account 222222222222 is security and logArchive; give each part an account of its own',
    ],
  },
  {
    name: 'the management account as security account',
    from: "security: '222222222222'",
    to: "security: '111111111111'",
    problems: [
      'parapet.yaml:3:13: account 111111111111 is management and security; give each part an account of its own',
    ],
  },
  {
    name: 'a management account that is not the organization’s',
    from: "management: '111111111111'",
    to: "management: '444444444444'",
    problems: [
      "parapet.yaml:2:15: account 444444444444 is not the organization's management account; write '111111111111', or sync the right organization",
    ],
  },
  {
    name: 'a suspended account as security account',
    from: "security: '222222222222'",
    to: "security: '555555555555'",
    problems: ['parapet.yaml:3:13: account 555555555555 is SUSPENDED; name an active account'],
  },
  {
    name: 'a part that is missing',
    from: "  logArchive: '333333333333'\n",
    to: '',
    problems: [
      "parapet.yaml:1:1: accounts.logArchive is missing; write a twelve-digit account id in quotes, e.g. '111111111111'",
    ],
  },
  {
    name: 'a part that is empty',
    from: "logArchive: '333333333333'",
    to: 'logArchive:',
    problems: [
      "parapet.yaml:4:3: accounts.logArchive is empty; write a twelve-digit account id in quotes, e.g. '111111111111'",
    ],
  },
  {
    name: 'an unknown part',
    from: 'logArchive:',
    to: 'logarchive:',
    problems: [
      "parapet.yaml:1:1: accounts.logArchive is missing; write a twelve-digit account id in quotes, e.g. '111111111111'",
      'parapet.yaml:4:3: unknown key "logarchive"; did you mean logArchive?',
    ],
  },
  {
    name: 'a home Region that is not governed',
    from: 'home: us-east-1',
    to: 'home: eu-central-1',
    problems: [
      'parapet.yaml:6:9: the home Region eu-central-1 is not governed; add eu-central-1 to regions.governed',
    ],
  },
  {
    name: 'governed Regions without us-east-1',
    from: 'home: us-east-1\n  governed: [us-east-1, eu-west-1]',
    to: 'home: eu-west-1\n  governed: [eu-west-1]',
    problems: [
      'parapet.yaml:7:13: us-east-1 is not governed; add us-east-1: global services (IAM, Organizations, root sign-ins) are seen only there',
    ],
  },
  {
    name: 'Regions that are missing',
    from: 'regions:\n  home: us-east-1\n  governed: [us-east-1, eu-west-1]\n',
    to: '',
    problems: [
      'parapet.yaml:1:1: regions is missing; write { home: us-east-1, governed: [us-east-1, eu-west-1] }',
    ],
  },
  {
    name: 'governed Regions that are missing',
    from: '  governed: [us-east-1, eu-west-1]\n',
    to: '',
    problems: [
      'parapet.yaml:5:1: regions.governed is missing; write a list of Regions, e.g. [us-east-1, eu-west-1]',
    ],
  },
  {
    name: 'a Region that does not exist',
    from: 'eu-west-1]',
    to: 'eu-wset-1]',
    problems: ['parapet.yaml:7:25: regions.governed.1 is "eu-wset-1"; did you mean eu-west-1?'],
  },
  {
    name: 'a Region of GovCloud',
    from: 'eu-west-1]',
    to: 'us-gov-west-1]',
    problems: [
      'parapet.yaml:7:25: regions.governed.1 is "us-gov-west-1"; choose a Region of the partition aws: others are not supported, since cross-Region routing of events leaves them out',
    ],
  },
  {
    name: 'a Region that stands twice',
    from: 'eu-west-1]',
    to: 'us-east-1]',
    problems: ['parapet.yaml:7:25: us-east-1 stands twice; keep one of the two'],
  },
  {
    name: 'another partition, with the reason',
    from: 'guardrails:',
    to: 'partition: aws-us-gov\nguardrails:',
    problems: [`parapet.yaml:8:12: partition is "aws-us-gov"; write aws: ${CLOSED}`],
  },
  {
    name: 'a mode that is not built yet',
    from: 'mode: shadow',
    to: 'mode: notify',
    problems: [
      'parapet.yaml:10:11: guardrails.s3.bucket-public.mode is "notify"; it is not built yet: choose one of off, observe, shadow, enforce',
    ],
  },
  {
    name: 'another mode that is not built yet, on an OU',
    from: '/Workloads/Prod: enforce',
    to: '/Workloads/Prod: approve',
    problems: [
      'parapet.yaml:12:24: guardrails.s3.bucket-public.ous./Workloads/Prod is "approve"; it is not built yet: choose one of off, observe, shadow, enforce',
    ],
  },
  {
    name: 'a mode that does not exist',
    from: "'444444444444': enforce",
    to: "'444444444444': enforced",
    problems: [
      'parapet.yaml:14:23: guardrails.s3.bucket-public.accounts.444444444444 is "enforced"; choose one of off, observe, shadow, enforce',
    ],
  },
  {
    name: 'two modes for the root',
    from: '/Workloads/Prod: enforce',
    to: '/: enforce',
    problems: [
      'parapet.yaml:12:7: s3.bucket-public has two modes for the whole organization; keep mode or the OU path /',
    ],
  },
  {
    name: 'a setting of the wrong type, by the guardrail’s own schema',
    from: 'block: true',
    to: "block: 'yes'",
    problems: [
      'parapet.yaml:16:14: guardrails.s3.bucket-public.settings.block is "yes"; expected boolean, received string',
    ],
  },
  {
    name: 'an unknown setting, though the guardrail’s schema would drop it',
    from: 'block: true',
    to: 'blok: true',
    problems: ['parapet.yaml:16:7: unknown setting "blok"; did you mean block?'],
  },
  {
    name: 'a setting deep inside that is out of range',
    from: 'block: true',
    to: 'limits: { perHour: 0 }',
    problems: [
      'parapet.yaml:16:26: guardrails.s3.bucket-public.settings.limits.perHour is the number 0; Too small: expected number to be >=1',
    ],
  },
  {
    name: 'an unknown setting deep inside',
    from: 'block: true',
    to: 'limits: { perhour: 3 }',
    problems: ['parapet.yaml:16:17: unknown setting "perhour"; did you mean perHour?'],
  },
  {
    name: 'settings under *, which belong to no guardrail',
    from: '  s3.bucket-public:',
    to: "  '*':",
    problems: ['parapet.yaml:15:5: unknown key "settings"; choose one of mode, ous, accounts'],
  },
  {
    name: 'an unknown key at the top',
    from: 'guardrails:',
    to: 'foward: all\nguardrails:',
    problems: ['parapet.yaml:8:1: unknown key "foward"; did you mean forward?'],
  },
  {
    name: 'a word for forward that means nothing',
    from: 'guardrails:',
    to: 'forward: some\nguardrails:',
    problems: ['parapet.yaml:8:10: forward is "some"; choose all or enabled'],
  },
  {
    name: 'an S3 backend without a bucket',
    from: 'guardrails:',
    to: 'state:\n  backend: s3\n  region: us-east-1\nguardrails:',
    problems: [
      'parapet.yaml:8:1: state.bucket is missing; name the bucket that holds the state, e.g. bucket: example-terraform-state',
    ],
  },
  {
    name: 'an S3 backend without a Region',
    from: 'guardrails:',
    to: 'state: { backend: s3, bucket: tfstate }\nguardrails:',
    problems: [
      'parapet.yaml:8:1: state.region is missing; write the name of a Region, e.g. eu-west-1',
    ],
  },
  {
    name: 'a bucket for a local backend',
    from: 'guardrails:',
    to: 'state: { backend: local, bucket: tfstate }\nguardrails:',
    problems: ['parapet.yaml:8:26: unknown key "bucket"; choose one of backend, folder'],
  },
  {
    name: 'a state folder without a name',
    from: 'guardrails:',
    to: "state: { backend: local, folder: '' }\nguardrails:",
    problems: ['parapet.yaml:8:34: state.folder is ""; write a folder, relative to this file'],
  },
  {
    name: 'a backend that does not exist',
    from: 'guardrails:',
    to: 'state: { backend: gcs }\nguardrails:',
    problems: [
      'parapet.yaml:8:19: state.backend is "gcs"; write { backend: local, folder: .parapet/state } or { backend: s3, bucket: …, region: … }',
    ],
  },
  {
    name: 'the ARN of a role where its name belongs',
    from: 'guardrails:',
    to: 'deployment:\n  roles:\n    member: arn:aws:iam::444444444444:role/Admin\nguardrails:',
    problems: [
      'parapet.yaml:10:13: deployment.roles.member is "arn:aws:iam::444444444444:role/Admin"; write the name of a role (not its ARN), or null for the caller\'s own credentials',
    ],
  },
  {
    name: 'a key that stands twice',
    from: '  home: us-east-1\n',
    to: '  home: us-east-1\n  home: us-east-1\n',
    problems: ['parapet.yaml:7:3: the key home stands twice; keep one of the two'],
  },
  {
    name: 'an alias of nothing',
    from: 'home: us-east-1',
    to: 'home: *home',
    problems: [
      'parapet.yaml:6:9: there is no anchor &home before this alias; write the value out, or set the anchor',
    ],
  },
  {
    name: 'a tag that means nothing',
    from: 'home: us-east-1',
    to: 'home: !Ref us-east-1',
    problems: ['parapet.yaml:6:9: unresolved tag: !Ref; correct the YAML here'],
  },
  {
    name: 'two documents in one file',
    from: 'guardrails:',
    to: '---\nguardrails:',
    problems: ['parapet.yaml:8:1: a second document begins; keep one document, without a line ---'],
  },
  {
    name: 'a tab as indentation',
    from: '  home: us-east-1\n',
    to: '\thome: us-east-1\n',
    problems: ['parapet.yaml:6:1: tabs are not allowed as indentation; indent with spaces'],
  },
  {
    name: 'a list where a mapping belongs',
    from: 'mode: shadow\n    ous:\n      /Workloads/Prod: enforce\n',
    to: 'mode: shadow\n    ous: [/Workloads/Prod]\n',
    problems: [
      'parapet.yaml:11:10: guardrails.s3.bucket-public.ous is a list; write a mapping of keys to values',
    ],
  },
  {
    name: 'a snapshot that does not exist',
    from: 'guardrails:',
    to: 'organization: snapshots/organization.json\nguardrails:',
    problems: [
      'parapet.yaml:8:15: snapshots/organization.json does not exist; make it with `parapet org sync`',
    ],
  },
];

describe('a configuration is refused for', () => {
  test('a snapshot that is a folder', () => {
    const yaml = `organization: .\n${YAML}`;

    expect(problemsOf({ 'parapet.yaml': yaml })).toEqual([
      expect.stringMatching(
        /^parapet\.yaml:1:15: .* cannot be read \(EISDIR\); make it with `parapet org sync`$/,
      ),
    ]);
  });

  test.each(REFUSALS)('$name', ({ from, to, problems }) => {
    const yaml = replaced(YAML, from, to);

    const found = problemsOf({ 'parapet.yaml': yaml, 'organization.json': SNAPSHOT });

    expect(found).toEqual(problems);
  });

  test('a Region that a guardrail needs and is not governed', () => {
    const needy = guardrail('iam.user-login', z.strictObject({}), ['us-east-1', 'eu-north-1']);

    const found = problemsOf({ 'parapet.yaml': YAML, 'organization.json': SNAPSHOT }, [
      ...GUARDRAILS,
      needy,
    ]);

    expect(found).toEqual([
      'parapet.yaml:7:13: iam.user-login is blind without eu-north-1; add eu-north-1, or set the mode of iam.user-login to off',
    ]);
  });

  test('a guardrail whose settings have no defaults and are not written', () => {
    const needy = guardrail('ec2.image-shared', z.strictObject({ with: z.string() }));

    const found = problemsOf({ 'parapet.yaml': YAML, 'organization.json': SNAPSHOT }, [
      ...GUARDRAILS,
      needy,
    ]);

    expect(found).toEqual([
      'parapet.yaml:8:1: ec2.image-shared has no settings; write them under guardrails.ec2.image-shared.settings; `parapet guardrails show ec2.image-shared` tells them',
    ]);
  });

  test('being empty', () => {
    const found = problemsOf({ 'parapet.yaml': '', 'organization.json': SNAPSHOT });

    expect(found).toEqual([
      'parapet.yaml:1:1: the file is empty; write the keys accounts, regions and guardrails, as `parapet init` does',
    ]);
  });

  test('not being there', () => {
    const found = problemsOf({});

    expect(found).toEqual([
      'parapet.yaml:1:1: the file does not exist; make one with `parapet init`, or name it with --config',
    ]);
  });

  test('aliases that would fill the memory', () => {
    const bomb = [
      'a: &a [x]',
      ...[...'bcdefg'].map((name, i) => `${name}: &${name} [${`*${'abcdef'[i]}, `.repeat(9)}]`),
    ];

    const found = problemsOf({
      'parapet.yaml': `${bomb.join('\n')}\n`,
      'organization.json': SNAPSHOT,
    });

    expect(found).toEqual([
      'parapet.yaml:1:1: Excessive alias count indicates a resource exhaustion attack; write the values out instead of aliases',
    ]);
  });
});

test('all that is wrong is told at once, in the order of the places', () => {
  const yaml = `accounts:
  management: '111111111111'
  security: 222222222222
  logArchive: '111111111111'
partition: aws-cn
regions: { home: eu-west-1, governed: [eu-west-1, mars-1] }
state: { backend: s3 }
guardrails:
  s3.bucket-publik: { mode: shadow }
  s3.bucket-public:
    mode: notify
    ous: { /Workload: enforce }
    accounts: { '999999999999': enforce }
    settings: { blok: true }
`;

  const found = problemsOf({ 'parapet.yaml': yaml, 'organization.json': SNAPSHOT });

  expect(found.map((line) => line.split(';')[0])).toEqual([
    'parapet.yaml:3:13: accounts.security is the number 222222222222, which loses leading zeros',
    'parapet.yaml:4:15: account 111111111111 is management and logArchive',
    'parapet.yaml:5:12: partition is "aws-cn"',
    'parapet.yaml:6:39: us-east-1 is not governed',
    'parapet.yaml:6:51: regions.governed.1 is "mars-1"',
    'parapet.yaml:7:1: state.bucket is missing',
    'parapet.yaml:7:1: state.region is missing',
    'parapet.yaml:9:3: unknown guardrail "s3.bucket-publik"',
    'parapet.yaml:11:11: guardrails.s3.bucket-public.mode is "notify"',
    'parapet.yaml:12:12: there is no OU /Workload',
    "parapet.yaml:13:17: account 999999999999 is not in the organization's snapshot",
    'parapet.yaml:14:17: unknown setting "blok"',
  ]);
});
