import type { Service } from '../section';

/** Numbers in 3.0, 5.0 and 7.0, empty where that version has no such control; title; who serves it. */
type Row = readonly [
  numbers: readonly [v3: string, v5: string, v7: string],
  title: string,
  ...services: readonly Service[],
];

/**
 * What the CIS AWS Foundations Benchmarks ask for, in our words. The versions share most controls
 * and number them differently; ids and version numbers are facts, the benchmark's prose is not ours.
 */
export const controls: readonly Row[] = [
  [['', '', '2.1.1'], 'Root access of member accounts is managed centrally'],
  [['', '', '2.1.2'], 'SCPs and RCPs bound every account of the organization'],
  [['', '', '2.1.3'], 'The management account runs no workloads'],
  [['', '', '2.1.4'], 'Organizational units follow environment and sensitivity'],
  [['', '', '2.1.5'], 'Organization policies are managed by a delegated administrator'],
  [['', '', '2.1.6'], 'Organization-wide services are run by delegated administrators'],
  [['1.1', '1.1', '2.2'], 'Contact details of the account are current'],
  [['1.2', '1.2', '2.3'], 'A security contact is registered'],
  [['1.3', '', ''], 'Security questions are registered'],
  [
    ['1.4', '1.3', '2.4'],
    'The root user has no access key',
    [
      'iam.access-key-created',
      'supporting',
      'A root key that is created is reported; decisions on the keys of users are counted with it, so it decides nothing.',
    ],
  ],
  [['1.5', '1.4', '2.5'], 'The root user has MFA'],
  [['1.6', '1.5', '2.6'], 'The root user has hardware MFA'],
  [
    ['1.7', '1.6', '2.7'],
    'The root user is not used for daily work',
    [
      'signin.root-login',
      'partial',
      'Every root sign-in to the console is judged and reported; calls with root access keys are not seen.',
    ],
  ],
  [['1.8', '1.7', '2.8'], 'Passwords have at least 14 characters'],
  [['1.9', '1.8', '2.9'], 'Old passwords cannot be used again'],
  [['1.10', '1.9', '2.10'], 'Users with a console password have MFA'],
  [
    ['1.11', '1.10', ''],
    'New console users get no access key with their creation',
    [
      'iam.access-key-created',
      'supporting',
      'Every new access key of a user is reported, whether or not the user is new.',
    ],
  ],
  [['1.12', '1.11', '2.11'], 'Credentials unused for 45 days are disabled'],
  [
    ['1.13', '1.12', ''],
    'A user has at most one active access key',
    [
      'iam.access-key-created',
      'supporting',
      'The creation of any key is reported, a second one among them; existing keys are not counted.',
    ],
  ],
  [['1.14', '1.13', '2.12'], 'Access keys are rotated every 90 days'],
  [['1.15', '1.14', '2.13'], 'Users get permissions only through groups'],
  [['1.16', '1.15', '2.14'], 'No policy grants every action on everything'],
  [['1.17', '1.16', '2.15'], 'A role exists to manage incidents with AWS Support'],
  [['1.18', '1.17', '2.16'], 'Instances use roles to reach AWS'],
  [['1.19', '1.18', '2.17'], 'Expired certificates are removed from IAM'],
  [['1.20', '1.19', '2.18'], 'IAM Access Analyzer runs in all Regions'],
  [
    ['1.21', '1.20', '2.19'],
    'People are managed centrally, not as IAM users',
    [
      'iam.user-created',
      'partial',
      'Every new IAM user is judged when it is created; users from before are not listed.',
    ],
  ],
  [['1.22', '1.21', '2.20'], 'Full access to CloudShell is restricted'],
  [
    ['', '', '2.21'],
    'No resource policy admits everyone',
    [
      's3.bucket-public',
      'partial',
      'Bucket policies are judged whenever they change; queues, topics, functions and keys are not.',
    ],
  ],
  [['2.1.1', '2.1.1', '3.1.1'], 'Buckets refuse plain HTTP'],
  [['2.1.2', '2.1.2', '3.1.2'], 'Buckets have MFA delete'],
  [['2.1.3', '2.1.3', '3.1.3'], 'Data in S3 is discovered and classified'],
  [
    ['2.1.4', '2.1.4', '3.1.4'],
    'Buckets block public access',
    [
      's3.bucket-public',
      'partial',
      'A bucket that a call makes public is judged and its block restored; buckets that no call touched, and the block of the account, are not looked at.',
    ],
  ],
  [['2.3.1', '2.2.1', '3.2.1'], 'RDS instances are encrypted'],
  [['2.3.2', '2.2.2', '3.2.2'], 'RDS instances take minor upgrades by themselves'],
  [['2.3.3', '2.2.3', '3.2.3'], 'RDS instances are not public'],
  [['', '2.2.4', '3.2.4'], 'RDS runs in more than one zone'],
  [['2.4.1', '2.3.1', '3.3.1'], 'EFS file systems are encrypted'],
  [
    ['3.1', '3.1', '4.1'],
    'CloudTrail logs in all Regions',
    [
      'cloudtrail.logging-stopped',
      'partial',
      'A trail that is stopped is seen and started again; that one exists for every Region is not proven.',
    ],
  ],
  [['3.2', '3.2', '4.2'], 'Log file validation of the trail is on'],
  [['3.3', '3.3', '4.3'], 'AWS Config records in all Regions'],
  [['3.4', '3.4', '4.4'], 'Access to the trail bucket is logged'],
  [['3.5', '3.5', '4.5'], 'Trail logs are encrypted by a KMS key of your own'],
  [['3.6', '3.6', '4.6'], 'Symmetric KMS keys are rotated'],
  [['3.7', '3.7', '4.7'], 'VPCs have flow logs'],
  [['3.8', '3.8', '4.8'], 'Writes of S3 objects are logged'],
  [['3.9', '3.9', '4.9'], 'Reads of S3 objects are logged'],
  [['', '', '4.10'], 'Managed web front ends log their access'],
  [['4.1', '4.1', '5.1'], 'Unauthorized API calls are watched'],
  [['4.2', '4.2', '5.2'], 'Console sign-ins without MFA are watched'],
  [
    ['4.3', '4.3', '5.3'],
    'Use of the root user is watched',
    [
      'signin.root-login',
      'partial',
      'Root sign-ins to the console are reported as they arrive; root API calls are not.',
      'watch',
    ],
  ],
  [['4.4', '4.4', '5.4'], 'Changes of IAM policies are watched'],
  [
    ['4.5', '4.5', '5.5'],
    'Changes of CloudTrail are watched',
    [
      'cloudtrail.logging-stopped',
      'partial',
      'Stopping and deleting a trail is judged; changes of what it selects are not.',
      'watch',
    ],
  ],
  [['4.6', '4.6', '5.6'], 'Failed console sign-ins are watched'],
  [['4.7', '4.7', '5.7'], 'Disabling and deleting of KMS keys is watched'],
  [
    ['4.8', '4.8', '5.8'],
    'Changes of bucket policies are watched',
    [
      's3.bucket-public',
      'partial',
      'Changes of policy, ACL and public access block give a decision each; CORS, lifecycle and replication do not.',
      'watch',
    ],
  ],
  [['4.9', '4.9', '5.9'], 'Changes of AWS Config are watched'],
  [
    ['4.10', '4.10', '5.10'],
    'Changes of security groups are watched',
    [
      'ec2.security-group-open',
      'partial',
      'New and changed ingress rules are judged; egress and deletions are not.',
      'watch',
    ],
  ],
  [['4.11', '4.11', '5.11'], 'Changes of network ACLs are watched'],
  [['4.12', '4.12', '5.12'], 'Changes of network gateways are watched'],
  [['4.13', '4.13', '5.13'], 'Changes of route tables are watched'],
  [['4.14', '4.14', '5.14'], 'Changes of VPCs are watched'],
  [['4.15', '4.15', '5.15'], 'Changes of the organization are watched'],
  [['4.16', '4.16', '5.16'], 'Security Hub is on'],
  [['2.2.1', '5.1.1', '6.1.1'], 'EBS volumes are encrypted by default in all Regions'],
  [['', '5.1.2', '6.1.2'], 'CIFS is open to trusted networks only'],
  [['5.1', '5.2', '6.2'], 'Network ACLs keep administration ports from the internet'],
  [
    ['5.2', '5.3', '6.3'],
    'Security groups keep administration ports from 0.0.0.0/0',
    [
      'ec2.security-group-open',
      'partial',
      'A group that a call opens is judged and the rule revoked; groups that no call touched are not looked at.',
    ],
  ],
  [
    ['5.3', '5.4', '6.4'],
    'Security groups keep administration ports from ::/0',
    [
      'ec2.security-group-open',
      'partial',
      'A group that a call opens is judged and the rule revoked; groups that no call touched are not looked at.',
    ],
  ],
  [['5.4', '5.5', '6.5'], 'Default security groups admit nothing'],
  [['5.5', '5.6', '6.6'], 'Routes of VPC peering are as narrow as can be'],
  [['5.6', '5.7', '6.7'], 'Instance metadata needs a session (IMDSv2)'],
  [['', '', '6.8'], 'AWS services are reached through VPC endpoints'],
];
