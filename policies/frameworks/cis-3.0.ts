import { benchmark, MONITORING } from './cis/benchmark';

/** CIS AWS Foundations Benchmark 3.0.0: 62 controls. */
export const cis3 = benchmark('3.0.0', {
  'Identity and access': {
    '1.1': [
      'contacts',
      'securityContact',
      'securityQuestions',
      'rootKey',
      'rootMfa',
      'rootHardwareMfa',
      'rootAvoided',
      'passwordLength',
      'passwordReuse',
      'userMfa',
      'keysAtSetup',
      'unusedCredentials',
      'oneKey',
      'keyRotation',
      'permissionsByGroup',
      'noFullAdmin',
      'supportRole',
      'instanceRoles',
      'expiredCertificates',
      'accessAnalyzer',
      'federation',
      'cloudShell',
    ],
  },
  Storage: {
    '2.1.1': ['denyHttp', 'mfaDelete', 'classifiedData', 'bucketsBlocked'],
    '2.2.1': ['ebsEncryption'],
    '2.3.1': ['rdsEncryption', 'rdsUpgrades', 'rdsPrivate'],
    '2.4.1': ['efsEncryption'],
  },
  Logging: {
    '3.1': [
      'trailEverywhere',
      'trailValidation',
      'configEverywhere',
      'trailBucketLogs',
      'trailEncryption',
      'keyRotationKms',
      'flowLogs',
      'objectWrites',
      'objectReads',
    ],
  },
  Monitoring: { '4.1': MONITORING },
  Network: {
    '5.1': [
      'networkAcls',
      'groupsIpv4',
      'groupsIpv6',
      'defaultGroups',
      'peeringRoutes',
      'metadataV2',
    ],
  },
});
