import type { Service } from '../section';

type Subject = readonly [title: string, ...services: readonly Service[]];

/**
 * What the CIS AWS Foundations Benchmarks ask for, in our words. The versions share most subjects
 * and number them differently; ids and version numbers are facts, the benchmark's prose is not ours.
 */
export const subjects = {
  contacts: ['Contact details of the account are current'],
  securityContact: ['A security contact is registered'],
  securityQuestions: ['Security questions are registered'],
  centralRoot: ['Root access of member accounts is managed centrally'],
  authorizationPolicies: ['SCPs and RCPs bound every account of the organization'],
  managementWithoutWorkloads: ['The management account runs no workloads'],
  unitsByEnvironment: ['Organizational units follow environment and sensitivity'],
  delegatedPolicies: ['Organization policies are managed by a delegated administrator'],
  delegatedServices: ['Organization-wide services are run by delegated administrators'],
  rootKey: [
    'The root user has no access key',
    [
      'iam.access-key-created',
      'supporting',
      'A root key that is created is reported; decisions on the keys of users are counted with it, so it decides nothing.',
    ],
  ],
  rootMfa: ['The root user has MFA'],
  rootHardwareMfa: ['The root user has hardware MFA'],
  rootAvoided: [
    'The root user is not used for daily work',
    [
      'signin.root-login',
      'partial',
      'Every root sign-in to the console is judged and reported; calls with root access keys are not seen.',
    ],
  ],
  passwordLength: ['Passwords have at least 14 characters'],
  passwordReuse: ['Old passwords cannot be used again'],
  userMfa: ['Users with a console password have MFA'],
  keysAtSetup: [
    'New console users get no access key with their creation',
    [
      'iam.access-key-created',
      'supporting',
      'Every new access key of a user is reported, whether or not the user is new.',
    ],
  ],
  unusedCredentials: ['Credentials unused for 45 days are disabled'],
  oneKey: [
    'A user has at most one active access key',
    [
      'iam.access-key-created',
      'supporting',
      'The creation of any key is reported, a second one among them; existing keys are not counted.',
    ],
  ],
  keyRotation: ['Access keys are rotated every 90 days'],
  permissionsByGroup: ['Users get permissions only through groups'],
  noFullAdmin: ['No policy grants every action on everything'],
  supportRole: ['A role exists to manage incidents with AWS Support'],
  instanceRoles: ['Instances use roles to reach AWS'],
  expiredCertificates: ['Expired certificates are removed from IAM'],
  accessAnalyzer: ['IAM Access Analyzer runs in all Regions'],
  federation: [
    'People are managed centrally, not as IAM users',
    [
      'iam.user-created',
      'partial',
      'Every new IAM user is judged when it is created; users from before are not listed.',
    ],
  ],
  cloudShell: ['Full access to CloudShell is restricted'],
  resourcePolicies: [
    'No resource policy admits everyone',
    [
      's3.bucket-public',
      'partial',
      'Bucket policies are judged whenever they change; queues, topics, functions and keys are not.',
    ],
  ],
  denyHttp: ['Buckets refuse plain HTTP'],
  mfaDelete: ['Buckets have MFA delete'],
  classifiedData: ['Data in S3 is discovered and classified'],
  bucketsBlocked: [
    'Buckets block public access',
    [
      's3.bucket-public',
      'partial',
      'A bucket that a call makes public is judged and its block restored; buckets that no call touched, and the block of the account, are not looked at.',
    ],
  ],
  ebsEncryption: ['EBS volumes are encrypted by default in all Regions'],
  rdsEncryption: ['RDS instances are encrypted'],
  rdsUpgrades: ['RDS instances take minor upgrades by themselves'],
  rdsPrivate: ['RDS instances are not public'],
  rdsMultiZone: ['RDS runs in more than one zone'],
  efsEncryption: ['EFS file systems are encrypted'],
  trailEverywhere: [
    'CloudTrail logs in all Regions',
    [
      'cloudtrail.logging-stopped',
      'partial',
      'A trail that is stopped is seen and started again; that one exists for every Region is not proven.',
    ],
  ],
  trailValidation: ['Log file validation of the trail is on'],
  configEverywhere: ['AWS Config records in all Regions'],
  trailBucketLogs: ['Access to the trail bucket is logged'],
  trailEncryption: ['Trail logs are encrypted by a KMS key of your own'],
  keyRotationKms: ['Symmetric KMS keys are rotated'],
  flowLogs: ['VPCs have flow logs'],
  objectWrites: ['Writes of S3 objects are logged'],
  objectReads: ['Reads of S3 objects are logged'],
  webLogs: ['Managed web front ends log their access'],
  watchUnauthorized: ['Unauthorized API calls are watched'],
  watchNoMfa: ['Console sign-ins without MFA are watched'],
  watchRoot: [
    'Use of the root user is watched',
    [
      'signin.root-login',
      'partial',
      'Root sign-ins to the console are reported as they arrive; root API calls are not.',
      'watch',
    ],
  ],
  watchIamPolicies: ['Changes of IAM policies are watched'],
  watchTrail: [
    'Changes of CloudTrail are watched',
    [
      'cloudtrail.logging-stopped',
      'partial',
      'Stopping and deleting a trail is judged; changes of what it selects are not.',
      'watch',
    ],
  ],
  watchFailedSignIns: ['Failed console sign-ins are watched'],
  watchKeys: ['Disabling and deleting of KMS keys is watched'],
  watchBuckets: [
    'Changes of bucket policies are watched',
    [
      's3.bucket-public',
      'partial',
      'Changes of policy, ACL and public access block give a decision each; CORS, lifecycle and replication do not.',
      'watch',
    ],
  ],
  watchConfig: ['Changes of AWS Config are watched'],
  watchSecurityGroups: [
    'Changes of security groups are watched',
    [
      'ec2.security-group-open',
      'partial',
      'New and changed ingress rules are judged; egress and deletions are not.',
      'watch',
    ],
  ],
  watchNetworkAcls: ['Changes of network ACLs are watched'],
  watchGateways: ['Changes of network gateways are watched'],
  watchRoutes: ['Changes of route tables are watched'],
  watchVpcs: ['Changes of VPCs are watched'],
  watchOrganizations: ['Changes of the organization are watched'],
  securityHub: ['Security Hub is on'],
  cifs: ['CIFS is open to trusted networks only'],
  networkAcls: ['Network ACLs keep administration ports from the internet'],
  groupsIpv4: [
    'Security groups keep administration ports from 0.0.0.0/0',
    [
      'ec2.security-group-open',
      'partial',
      'A group that a call opens is judged and the rule revoked; groups that no call touched are not looked at.',
    ],
  ],
  groupsIpv6: [
    'Security groups keep administration ports from ::/0',
    [
      'ec2.security-group-open',
      'partial',
      'A group that a call opens is judged and the rule revoked; groups that no call touched are not looked at.',
    ],
  ],
  defaultGroups: ['Default security groups admit nothing'],
  peeringRoutes: ['Routes of VPC peering are as narrow as can be'],
  metadataV2: ['Instance metadata needs a session (IMDSv2)'],
  vpcEndpoints: ['AWS services are reached through VPC endpoints'],
} satisfies Record<string, Subject>;

/** The name of a subject. */
export type SubjectName = keyof typeof subjects;
