import type { Framework } from '#core';
import { section } from './section';

const revoked = 'A group that a call opens to the internet is judged and the rule revoked.';
const restarted = 'A trail that is stopped is seen and started again.';
const closed = 'A bucket that a call makes public is judged and closed again.';

/** NIST SP 800-53 revision 5. Titles are NIST's, which are in the public domain. */
export const nist80053 = {
  id: 'nist-800-53-r5',
  name: 'NIST SP 800-53',
  version: 'revision 5',
  lists:
    'Of more than a thousand controls those are listed that observation of API calls can bear on; the others are not in scope of this report.',
  sections: [
    section(
      'Access control',
      [
        'AC-2',
        'Account management',
        ['iam.user-created', 'partial', 'Every user that is created is judged when it is.'],
        [
          'iam.access-key-created',
          'supporting',
          'New long-lived keys are seen; accounts are not managed by it.',
        ],
      ],
      [
        'AC-2(4)',
        'Automated audit actions',
        [
          'iam.user-created',
          'partial',
          'The creation of every IAM user gives a decision; changes and removals do not.',
          'watch',
        ],
        [
          'iam.access-key-created',
          'partial',
          'The creation of every access key gives a decision; use and removal do not.',
          'watch',
        ],
      ],
      [
        'AC-3',
        'Access enforcement',
        ['s3.bucket-public', 'supporting', 'It restores the block that keeps everyone out.'],
        ['iam.access-key-created', 'supporting', 'A key that should not be there is switched off.'],
      ],
      ['AC-3(7)', 'Role-based access control'],
      [
        'AC-4',
        'Information flow enforcement',
        ['ec2.security-group-open', 'partial', revoked],
        ['s3.bucket-public', 'supporting', closed],
      ],
      [
        'AC-6',
        'Least privilege',
        [
          'iam.access-key-created',
          'supporting',
          'Long-lived keys are seen; what they may do is not judged.',
        ],
      ],
      [
        'AC-6(9)',
        'Log use of privileged functions',
        [
          'signin.root-login',
          'partial',
          'Every root sign-in to the console gives a decision; other privileged functions do not.',
          'watch',
        ],
      ],
    ),
    section(
      'Audit and accountability',
      ['AU-2', 'Event logging', ['cloudtrail.logging-stopped', 'supporting', restarted]],
      ['AU-3', 'Content of audit records'],
      ['AU-6(1)', 'Automated process integration'],
      [
        'AU-9',
        'Protection of audit information',
        ['cloudtrail.logging-stopped', 'supporting', restarted],
      ],
      ['AU-9(2)', 'Store on separate physical systems or components'],
      ['AU-9(3)', 'Cryptographic protection'],
      ['AU-10', 'Non-repudiation', ['cloudtrail.logging-stopped', 'supporting', restarted]],
      ['AU-11', 'Audit record retention'],
      ['AU-12', 'Audit record generation', ['cloudtrail.logging-stopped', 'partial', restarted]],
    ),
    section(
      'Assessment, configuration and contingency',
      ['CA-7(4)', 'Risk monitoring'],
      [
        'CM-3(5)',
        'Automated security response',
        ['s3.bucket-public', 'partial', closed],
        ['ec2.security-group-open', 'partial', revoked],
        ['cloudtrail.logging-stopped', 'partial', restarted],
      ],
      ['CM-5(1)', 'Automated access enforcement and audit records'],
      ['CM-6(1)', 'Automated management, application, and verification'],
      ['CM-7', 'Least functionality', ['ec2.security-group-open', 'partial', revoked]],
      [
        'CM-8',
        'System component inventory',
        [
          'sqs.queue-untagged',
          'supporting',
          'New queues get the tags by which an inventory knows their owner.',
        ],
      ],
      ['CM-8(3)', 'Automated unauthorized component detection'],
    ),
    section(
      'Identification and incident response',
      [
        'IA-5',
        'Authenticator management',
        [
          'iam.access-key-created',
          'supporting',
          'New long-lived keys are seen when they are made; rotation and strength are not.',
        ],
      ],
      ['IR-4(1)', 'Automated incident handling processes'],
      ['IR-5(1)', 'Automated tracking, data collection, and analysis'],
      ['IR-6(1)', 'Automated reporting'],
    ),
    section(
      'System protection and integrity',
      [
        'SC-7',
        'Boundary protection',
        ['ec2.security-group-open', 'partial', revoked],
        ['s3.bucket-public', 'partial', closed],
      ],
      ['SC-7(5)', 'Deny by default, allow by exception'],
      ['SC-12', 'Cryptographic key establishment and management'],
      ['SC-28', 'Protection of information at rest'],
      ['SI-4(2)', 'Automated tools and mechanisms for real-time analysis'],
      [
        'SI-4(5)',
        'System-generated alerts',
        [
          'signin.root-login',
          'partial',
          'A root sign-in is told to those who subscribed; other indications are not.',
          'watch',
        ],
      ],
      [
        'SI-4(7)',
        'Automated response to suspicious events',
        ['cloudtrail.logging-stopped', 'partial', restarted],
      ],
      ['SI-7(1)', 'Integrity checks'],
    ),
  ],
} satisfies Framework;
