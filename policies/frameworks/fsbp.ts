import type { Framework } from '#core';
import { section } from './section';

const opened =
  'A bucket that a call makes public is judged and closed again; buckets that no call touched are not looked at.';
const revoked =
  'A group that a call opens on administration ports is judged and the rule revoked; other ports and groups that no call touched are not looked at.';

/** AWS Foundational Security Best Practices, as Security Hub numbers them. Titles are ours. */
export const fsbp = {
  id: 'fsbp',
  name: 'AWS Foundational Security Best Practices',
  version: '1.0.0',
  lists:
    'Those controls are listed that concern the services Parapet guards, their logging and access; the others are not in scope of this report.',
  sections: [
    section(
      'Logging and detection',
      [
        'CloudTrail.1',
        'A trail logs management events in all Regions',
        [
          'cloudtrail.logging-stopped',
          'partial',
          'A trail that is stopped is seen and started again; that one exists for every Region is not proven.',
        ],
      ],
      ['CloudTrail.2', 'Trails are encrypted at rest'],
      ['CloudTrail.4', 'Trails validate their log files'],
      ['CloudTrail.5', 'Trails are sent to CloudWatch Logs'],
      ['Config.1', 'AWS Config records with its service-linked role'],
      ['GuardDuty.1', 'GuardDuty is on'],
    ),
    section(
      'Network',
      ['EC2.1', 'EBS snapshots are not public'],
      ['EC2.2', 'Default security groups admit nothing'],
      ['EC2.6', 'VPCs have flow logs'],
      ['EC2.7', 'EBS volumes are encrypted by default'],
      ['EC2.8', 'Instances need IMDSv2'],
      [
        'EC2.18',
        'Security groups admit the internet on authorized ports only',
        ['ec2.security-group-open', 'partial', revoked],
      ],
      [
        'EC2.19',
        'Security groups keep the internet from ports of high risk',
        ['ec2.security-group-open', 'partial', revoked],
      ],
      ['EC2.21', 'Network ACLs keep the internet from administration ports'],
    ),
    section(
      'Identity',
      ['IAM.1', 'No policy grants every action on everything'],
      ['IAM.2', 'Users have no policies of their own'],
      ['IAM.3', 'Access keys are rotated every 90 days'],
      [
        'IAM.4',
        'The root user has no access key',
        [
          'iam.access-key-created',
          'supporting',
          'A root key that is created is reported; decisions on the keys of users are counted with it, so it decides nothing.',
        ],
      ],
      ['IAM.5', 'Users with a console password have MFA'],
      ['IAM.6', 'The root user has hardware MFA'],
      ['IAM.8', 'Unused credentials are removed'],
      ['KMS.3', 'KMS keys are not deleted by mistake'],
    ),
    section(
      'Storage and queues',
      ['RDS.1', 'RDS snapshots are private'],
      ['RDS.2', 'RDS instances are not public'],
      ['S3.1', 'The account blocks public access'],
      ['S3.2', 'Buckets block public reads', ['s3.bucket-public', 'partial', opened]],
      ['S3.3', 'Buckets block public writes', ['s3.bucket-public', 'partial', opened]],
      ['S3.5', 'Buckets ask for TLS'],
      ['S3.8', 'Buckets block public access', ['s3.bucket-public', 'partial', opened]],
      ['SQS.1', 'Queues are encrypted at rest'],
      ['SQS.3', 'Queues do not admit everyone'],
    ),
  ],
} satisfies Framework;
