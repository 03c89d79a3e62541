import { benchmark, MONITORING } from './cis/benchmark';

/** CIS AWS Foundations Benchmark 5.0.0: 63 controls. */
export const cis5 = benchmark('5.0.0', {
  'Identity and access': {
    '1.1': [
      'contacts',
      'securityContact',
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
    '2.2.1': ['rdsEncryption', 'rdsUpgrades', 'rdsPrivate', 'rdsMultiZone'],
    '2.3.1': ['efsEncryption'],
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
    '5.1.1': ['ebsEncryption', 'cifs'],
    '5.2': [
      'networkAcls',
      'groupsIpv4',
      'groupsIpv6',
      'defaultGroups',
      'peeringRoutes',
      'metadataV2',
    ],
  },
});
