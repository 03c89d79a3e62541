import { benchmark, MONITORING } from './cis/benchmark';

/** CIS AWS Foundations Benchmark 7.0.0: 70 controls. */
export const cis7 = benchmark('7.0.0', {
  'Identity and access': {
    '2.1.1': [
      'centralRoot',
      'authorizationPolicies',
      'managementWithoutWorkloads',
      'unitsByEnvironment',
      'delegatedPolicies',
      'delegatedServices',
    ],
    '2.2': [
      'contacts',
      'securityContact',
      'rootKey',
      'rootMfa',
      'rootHardwareMfa',
      'rootAvoided',
      'passwordLength',
      'passwordReuse',
      'userMfa',
      'unusedCredentials',
      'keyRotation',
      'permissionsByGroup',
      'noFullAdmin',
      'supportRole',
      'instanceRoles',
      'expiredCertificates',
      'accessAnalyzer',
      'federation',
      'cloudShell',
      'resourcePolicies',
    ],
  },
  Storage: {
    '3.1.1': ['denyHttp', 'mfaDelete', 'classifiedData', 'bucketsBlocked'],
    '3.2.1': ['rdsEncryption', 'rdsUpgrades', 'rdsPrivate', 'rdsMultiZone'],
    '3.3.1': ['efsEncryption'],
  },
  Logging: {
    '4.1': [
      'trailEverywhere',
      'trailValidation',
      'configEverywhere',
      'trailBucketLogs',
      'trailEncryption',
      'keyRotationKms',
      'flowLogs',
      'objectWrites',
      'objectReads',
      'webLogs',
    ],
  },
  Monitoring: { '5.1': MONITORING },
  Network: {
    '6.1.1': ['ebsEncryption', 'cifs'],
    '6.2': [
      'networkAcls',
      'groupsIpv4',
      'groupsIpv6',
      'defaultGroups',
      'peeringRoutes',
      'metadataV2',
      'vpcEndpoints',
    ],
  },
});
