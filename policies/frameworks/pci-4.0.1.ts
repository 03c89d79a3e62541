import type { Framework } from '#core';
import { section } from './section';

const revoked = 'A group that a call opens to the internet is judged and the rule revoked.';
const restarted = 'A trail that is stopped is seen, told and started again.';

/** PCI DSS 4.0.1. Titles are ours; the standard's text is not. */
export const pci401 = {
  id: 'pci-4.0.1',
  name: 'PCI DSS',
  version: '4.0.1',
  lists:
    'Those requirements are listed that observation of API calls can bear on; the others are not in scope of this report. Which accounts hold cardholder data is for the reader to say.',
  sections: [
    section(
      'Network security controls',
      [
        '1.3.1',
        'Inbound traffic to the cardholder data environment is restricted',
        ['ec2.security-group-open', 'partial', revoked],
      ],
      ['1.3.2', 'Outbound traffic from the cardholder data environment is restricted'],
      [
        '1.4.2',
        'Inbound traffic from untrusted networks is restricted',
        ['ec2.security-group-open', 'partial', revoked],
      ],
      [
        '1.4.4',
        'Stored cardholder data is not reachable from untrusted networks',
        [
          's3.bucket-public',
          'supporting',
          'A bucket that a call makes public is closed again; other stores are not looked at.',
        ],
      ],
    ),
    section(
      'Access by need to know',
      ['7.2.1', 'An access model is defined'],
      ['7.2.2', 'Access is granted by job and least privilege'],
      ['7.2.5', 'Application and system accounts have least privilege'],
      [
        '7.3.3',
        'Access control denies by default',
        [
          's3.bucket-public',
          'supporting',
          'It restores the public access block of a bucket that a call opened.',
        ],
      ],
    ),
    section(
      'Identification and authentication',
      [
        '8.2.2',
        'Shared and generic accounts are used only as an exception',
        [
          'signin.root-login',
          'partial',
          'Every console sign-in of the shared root user is reported; other shared accounts are not known.',
        ],
      ],
      [
        '8.2.4',
        'User ids and authentication factors are added and changed only with approval',
        ['iam.user-created', 'partial', 'The creation of a user is judged; later changes are not.'],
        [
          'iam.access-key-created',
          'partial',
          'The creation of a key is judged; later changes are not.',
        ],
      ],
      ['8.3.9', 'Passwords as the only factor are changed or watched'],
      ['8.4.1', 'Administrators use more than one factor'],
      ['8.6.3', 'Secrets of application and system accounts are protected'],
    ),
    section(
      'Logging and monitoring',
      [
        '10.2.1',
        'Audit logs are on and active',
        ['cloudtrail.logging-stopped', 'partial', restarted],
      ],
      [
        '10.2.1.2',
        'Acts of administrators are logged',
        [
          'signin.root-login',
          'supporting',
          'Root sign-ins to the console are recorded apart from the trail.',
        ],
      ],
      [
        '10.2.1.5',
        'Changes of credentials are logged',
        ['iam.user-created', 'partial', 'Creations of users are recorded.', 'watch'],
        ['iam.access-key-created', 'partial', 'Creations of access keys are recorded.', 'watch'],
      ],
      [
        '10.2.1.6',
        'Stopping and pausing of audit logs is logged',
        ['cloudtrail.logging-stopped', 'partial', restarted, 'watch'],
      ],
      ['10.3.2', 'Audit logs cannot be altered'],
      ['10.4.1.1', 'Audit logs are reviewed by automated means'],
      ['10.5.1', 'Audit logs are kept for twelve months'],
      [
        '10.7.2',
        'Failures of critical security controls are found and answered',
        ['cloudtrail.logging-stopped', 'partial', restarted],
      ],
    ),
    section(
      'Testing and organization',
      ['11.5.2', 'Changes of critical files are detected'],
      [
        '12.5.1',
        'System components in scope are inventoried',
        [
          'sqs.queue-untagged',
          'supporting',
          'New queues get the tags by which an inventory knows their owner.',
        ],
      ],
      ['12.10.5', 'Incident response covers alerts of security monitoring'],
    ),
  ],
} satisfies Framework;
