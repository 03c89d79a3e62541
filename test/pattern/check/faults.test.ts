import { checkPattern } from '#pattern/check/index';

const API = '"detail-type":["AWS API Call via CloudTrail"]';
const WIDE = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const READ = 'a rule that is only ENABLED never gets read-only management events';
const STATE = `give the rule the state ${WIDE}`;

/** Name, pattern, and where, why, how it is mended. */
type Row = readonly [string, string, ...(readonly [string, string, string])];

const detail = (source: string, ...names: readonly string[]) =>
  `"detail":{"eventSource":["${source}.amazonaws.com"],"eventName":${JSON.stringify(names)}}`;

test.each<Row>([
  [
    'CloudTrail as the source of a call to S3, as many texts print it',
    `{"source":["aws.cloudtrail"],${detail('s3', 'PutBucketAcl')}}`,
    'source',
    'the events of s3.amazonaws.com have the source "aws.s3"',
    'write "source": ["aws.s3"]',
  ],
  [
    'CloudTrail as the source of a service’s call without an event source',
    `{"source":["aws.cloudtrail"],${API},"detail":{"eventName":["RunInstances"]}}`,
    'detail.eventName',
    'cloudtrail.amazonaws.com has no event "RunInstances" (as of 2026-09-26)',
    'it is one of ec2.amazonaws.com',
  ],
  [
    'an event source as the source',
    '{"source":["s3.amazonaws.com"]}',
    'source',
    '"source" begins with "aws.", it is never "s3.amazonaws.com"',
    'write "aws.s3"',
  ],
  [
    'a source instead of the event source',
    `{${API},"detail":{"eventSource":["aws.s3"]}}`,
    'detail.eventSource',
    '"eventSource" ends with ".amazonaws.com" and is in lower case, it is never "aws.s3"',
    'write "s3.amazonaws.com"',
  ],
  [
    'an event name with a slip',
    `{"source":["aws.s3"],${detail('s3', 'PutBucketPolcy')}}`,
    'detail.eventName',
    's3.amazonaws.com has no event "PutBucketPolcy" (as of 2026-09-26)',
    'write "PutBucketPolicy"',
  ],
  [
    'an event name in another case',
    `{"source":["aws.s3"],${detail('s3', 'PutBucketACL')}}`,
    'detail.eventName',
    's3.amazonaws.com has no event "PutBucketACL" (as of 2026-09-26)',
    'write "PutBucketAcl"',
  ],
  [
    'an event name of another service',
    `{${detail('s3', 'RunInstances')}}`,
    'detail.eventName',
    's3.amazonaws.com has no event "RunInstances" (as of 2026-09-26)',
    'it is one of ec2.amazonaws.com',
  ],
  [
    'an event name that no service has',
    `{${detail('ec2', 'FrobnicateQuantumGateway')}}`,
    'detail.eventName',
    'ec2.amazonaws.com has no event "FrobnicateQuantumGateway" (as of 2026-09-26)',
    'look at a recorded event for the right name',
  ],
  [
    'one wrong name among right ones',
    `{${detail('s3', 'PutBucketAcl', 'PutBucketPolcy')}}`,
    'detail.eventName',
    's3.amazonaws.com has no event "PutBucketPolcy" (as of 2026-09-26)',
    'write "PutBucketPolicy"',
  ],
  [
    'the name that the API has, where CloudTrail has another',
    `{${detail('s3', 'PutPublicAccessBlock')}}`,
    'detail.eventName',
    'CloudTrail names the call PutPublicAccessBlock of s3 otherwise',
    'write "PutBucketPublicAccessBlock"',
  ],
  [
    'a call of Lambda without the version that CloudTrail puts behind',
    `{${detail('lambda', 'CreateFunction')}}`,
    'detail.eventName',
    'CloudTrail names the call CreateFunction of lambda otherwise',
    'write "CreateFunction20150331"',
  ],
  [
    'a prefix that no event name has',
    `{${API},"detail":{"eventSource":["ec2.amazonaws.com"],"eventName":[{"prefix":"AuthoriseSecurity"}]}}`,
    'detail.eventName',
    'no event name of ec2.amazonaws.com fits (as of 2026-09-26)',
    'look at a recorded event for the right name',
  ],
  [
    'a detail-type in another case',
    `{"detail-type":["AWS API Call via Cloudtrail"],${detail('s3', 'PutBucketAcl')}}`,
    'detail-type',
    'no event from CloudTrail has the detail-type "AWS API Call via Cloudtrail"',
    'write "AWS API Call via CloudTrail"',
  ],
  [
    'a detail-type that is cut short',
    '{"detail-type":["AWS API Call"]}',
    'detail-type',
    'no event from CloudTrail has the detail-type "AWS API Call"',
    'write "AWS API Call via CloudTrail"',
  ],
  [
    'a sign-in that is spelled with a hyphen',
    '{"source":["aws.signin"],"detail-type":["AWS Console Sign-In via CloudTrail"]}',
    'detail-type',
    'no event from CloudTrail has the detail-type "AWS Console Sign-In via CloudTrail"',
    'write "AWS Console Sign In via CloudTrail"',
  ],
  [
    'the detail-type of a sign-in for a call',
    `{"detail-type":["AWS Console Sign In via CloudTrail"],${detail('s3', 'PutBucketAcl')}}`,
    'detail-type',
    'the events of s3.amazonaws.com have the detail-type "AWS API Call via CloudTrail" or "AWS Service Event via CloudTrail"',
    'write "detail-type": ["AWS API Call via CloudTrail"]',
  ],
  [
    'a part of the record beside the envelope’s keys',
    '{"eventName":["PutBucketAcl"]}',
    'eventName',
    'the envelope has no "eventName"',
    'the parts of CloudTrail\'s record are in "detail": write "detail": {"eventName": …}',
  ],
  [
    'a key that no envelope has',
    '{"bucket":["x"]}',
    'bucket',
    'the envelope has no "bucket"',
    'put it in "detail", where what a source sends stands',
  ],
  [
    'a field in another case',
    `{${API},"detail":{"userIdentity":{"username":["root"]}}}`,
    'detail.userIdentity.username',
    'CloudTrail sends no "username" in "userIdentity"',
    'write "userName"',
  ],
  [
    'a field that CloudTrail never sends',
    `{${API},"detail":{"requestParameter":{"bucketName":["x"]}}}`,
    'detail.requestParameter.bucketName',
    'CloudTrail sends no "requestParameter" in its record',
    'write "requestParameters"',
  ],
  [
    'a field deep in the session',
    `{${API},"detail":{"userIdentity":{"sessionContext":{"sessionIssuer":{"username":["x"]}}}}}`,
    'detail.userIdentity.sessionContext.sessionIssuer.username',
    'CloudTrail sends no "username" in "userIdentity.sessionContext.sessionIssuer"',
    'write "userName"',
  ],
  [
    'what is never missing',
    `{${API},"detail":{"eventName":[{"exists":false}]}}`,
    'detail.eventName',
    '"detail.eventName" is never missing',
    'leave the condition out',
  ],
  [
    'an envelope without its source',
    '{"source":[{"exists":false}]}',
    'source',
    '"source" is never missing',
    'leave the condition out',
  ],
  [
    'an account as a number',
    '{"account":[123456789012]}',
    'account',
    '"account" is a string of twelve digits, never 123456789012',
    'write the account id with its leading zeros, in quotes',
  ],
  [
    'a truth value in quotes',
    `{${API},"detail":{"readOnly":["false"]}}`,
    'detail.readOnly',
    '"detail.readOnly" is a truth value, never "false"',
    'write true or false without quotes',
  ],
  [
    'a string without quotes',
    `{${API},"detail":{"userIdentity":{"sessionContext":{"attributes":{"mfaAuthenticated":[false]}}}}}`,
    'detail.userIdentity.sessionContext.attributes.mfaAuthenticated',
    '"detail.userIdentity.sessionContext.attributes.mfaAuthenticated" is a string, never false',
    'write "false"',
  ],
  [
    'a string compared as a number',
    `{${API},"detail":{"eventVersion":[{"numeric":[">",1]}]}}`,
    'detail.eventVersion',
    '"detail.eventVersion" is a string, and "numeric" compares numbers only',
    'compare strings: with literals, "prefix" or "wildcard"',
  ],
  [
    'a global service in another Region',
    `{"region":["eu-west-1"],${detail('iam', 'CreateUser')}}`,
    'region',
    'the events of iam appear in us-east-1 only, never in "eu-west-1"',
    'write "us-east-1"',
  ],
  [
    'two Regions for one event',
    `{"region":["eu-west-1"],${API},"detail":{"awsRegion":["eu-west-2"]}}`,
    'detail.awsRegion',
    '"detail.awsRegion" is what "region" is, and "eu-west-1" is none of "eu-west-2"',
    'leave one of the two out',
  ],
  [
    'a condition that all branches of a $or set anew',
    `{${API},"detail":{"eventName":["PutBucketAcl"],"$or":[{"eventName":["DeleteBucket"]},{"eventName":["CreateBucket"]}]}}`,
    'detail.eventName',
    '"PutBucketAcl" and "DeleteBucket" or "CreateBucket" can\'t both hold, and of conditions inside and outside of a "$or" only the last one written counts',
    'leave "detail.eventName" out on one side of the "$or"',
  ],
  [
    'numbers between bounds that leave nothing',
    '{"detail":{"size":[{"numeric":[">",5,"<",3]}]}}',
    'line 1, column 44',
    'EventBridge refuses it: Bottom must be less than top',
    'correct the pattern there',
  ],
  [
    'more than a rule holds',
    `{"source":["aws.s3","${'x'.repeat(2_025)}"]}`,
    '',
    'the pattern has 2049 characters, and a rule holds 2048',
    'split it into several rules, or have the quota raised',
  ],
])('%s is refused', (_, pattern, at, reason, mend) => {
  expect(checkPattern(pattern, { state: WIDE })).toEqual([{ at, reason, mend }]);
});

test('a read-only call is refused on a rule that leaves it out', () => {
  const pattern = `{"source":["aws.iam"],${API},${detail('iam', 'ListUsers', 'CreateUser')}}`;
  const fault = {
    at: 'detail.eventName',
    reason: `ListUsers only reads, and ${READ}`,
    mend: STATE,
  };

  expect(checkPattern(pattern)).toEqual([fault]);
  expect(checkPattern(pattern, { state: 'ENABLED' })).toEqual([fault]);
  expect(checkPattern(pattern, { state: WIDE })).toEqual([]);
});

test('only what reads is asked for of a rule that leaves it out', () => {
  const pattern = `{${API},"detail":{"readOnly":[true],"managementEvent":[true]}}`;

  expect(checkPattern(pattern)).toEqual([{ at: 'detail.readOnly', reason: READ, mend: STATE }]);
  expect(checkPattern(pattern, { state: WIDE })).toEqual([]);
});

test('a global service is refused on a bus where its events never appear', () => {
  const pattern = `{"source":["aws.iam"],${detail('iam', 'CreateUser')}}`;

  expect(checkPattern(pattern, { region: 'us-east-1' })).toEqual([]);
  expect(checkPattern(pattern, { region: 'us-gov-west-1' })).toEqual([]);
  expect(checkPattern(pattern, { region: 'eu-west-1' })).toEqual([
    {
      at: 'detail.eventSource',
      reason: 'the events of iam appear in us-east-1 only, never on a bus in eu-west-1',
      mend: 'put the rule into us-east-1',
    },
  ]);
});

test('every reason is told once, whatever number of branches has it', () => {
  const pattern = `{"$or":[{"source":["s3.amazonaws.com"],"account":["1"]},{"source":["s3.amazonaws.com"]},{"bucket":["x"]}]}`;

  expect(checkPattern(pattern).map(({ at }) => at)).toEqual(['account', 'source', 'bucket']);
});

test.each([
  ['a call with its source', `{"source":["aws.s3"],${detail('s3', 'PutBucketAcl')}}`],
  ['a prefix of the source', `{"source":[{"prefix":"aws."}],${detail('s3', 'PutBucketAcl')}}`],
  [
    'CloudTrail’s own calls',
    `{"source":["aws.cloudtrail"],${detail('cloudtrail', 'StopLogging')}}`,
  ],
  [
    'a source more than is needed',
    `{"source":["aws.cloudtrail","aws.s3"],${detail('s3', 'PutBucketAcl')}}`,
  ],
  ['an account and no replay', '{"replay-name":[{"exists":false}],"account":["123456789012"]}'],
  ['what may be missing anywhere', '{"eventName":[{"exists":false}]}'],
  ['one branch that can match', '{"$or":[{"source":["s3.amazonaws.com"]},{"source":["aws.iam"]}]}'],
  ['calls that did not fail', '{"detail":{"errorCode":[{"exists":false}]}}'],
  [
    'branches that only fit crosswise',
    '{"$or":[{"source":["aws.s3"]},{"source":["aws.iam"]}],"detail":{"$or":[{"eventSource":["s3.amazonaws.com"],"eventName":["PutBucketAcl"]},{"eventSource":["iam.amazonaws.com"],"eventName":["CreateUser"]}]}}',
  ],
  [
    'names of two services in one list',
    `{"source":["aws.s3","aws.iam"],${API},"detail":{"eventName":["PutBucketAcl","CreateUser"]}}`,
  ],
  [
    'a call with a version behind',
    `{${detail('lambda', 'CreateFunction20150331', 'UpdateFunctionCode20150331v2', 'CreateFunctionUrlConfig')}}`,
  ],
  ['a version of CloudFront’s', `{${detail('cloudfront', 'CreateDistribution2020_05_31')}}`],
  [
    'a prefix with a version',
    `{${API},"detail":{"eventSource":["lambda.amazonaws.com"],"eventName":[{"prefix":"UpdateFunctionCode2015"}]}}`,
  ],
  [
    'an event of a service nobody listed',
    `{"detail-type":["AWS Service Event via CloudTrail"],${detail('kms', 'SomethingRotated')}}`,
  ],
  [
    'a service that is not known',
    `{"source":["aws.quantumledger"],${detail('quantumledger', 'MakeEntangledPair')}}`,
  ],
  [
    'calls of API Gateway',
    `{"source":["aws.apigateway"],${detail('apigateway', 'CreateRestApi')}}`,
  ],
  [
    'each spelling of a sign-in',
    '{"source":["aws.signin"],"detail-type":["AWS Console Sign In via CloudTrail","AWS Console Signin via CloudTrail"],"detail":{"eventName":["ConsoleLogin"]}}',
  ],
  [
    'an Insight about another service',
    '{"source":["aws.cloudtrail"],"detail-type":["AWS Insight via CloudTrail"],"detail":{"eventSource":["ssm.amazonaws.com"]}}',
  ],
  ['a read of data, which reaches every rule', `{${detail('s3', 'GetObject')}}`],
  ['tokens that are delivered to every rule', `{${detail('sts', 'GetFederationToken')}}`],
  [
    'an event that is not CloudTrail’s',
    '{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":["stopped"]}}',
  ],
  [
    'an event of one’s own',
    '{"source":["my.shop"],"detail-type":["Order"],"detail":{"eventTypo":[1]}}',
  ],
  [
    'a branch of a $or that keeps the condition outside',
    '{"detail":{"eventName":["PutBucketAcl"],"$or":[{"eventName":["DeleteBucket"]},{"errorCode":["x"]}]}}',
  ],
  [
    'what a request may hold',
    `{${API},"detail":{"requestParameters":{"bucketName":["x"]},"responseElements":{"ConsoleLogin":["Failure"]}}}`,
  ],
  [
    'numbers where a request has them',
    `{${API},"detail":{"requestParameters":{"size":[{"numeric":[">",1]}]}}}`,
  ],
  [
    'all but some numbers, for strings are among the rest',
    `{${API},"detail":{"errorCode":[{"anything-but":[1]}]}}`,
  ],
  [
    'names of calls in an event of one’s own',
    '{"source":["my.shop"],"detail":{"eventName":["OrderPlaced"],"eventSource":["till"],"recipientAccountId":[1]}}',
  ],
  [
    'an event of one’s own by its type',
    '{"detail-type":["Order"],"detail":{"eventName":["OrderPlaced"],"eventSource":["till"],"recipientAccountId":[1]}}',
  ],
  [
    'calls beside other events',
    '{"source":["aws.ec2"],"detail-type":["AWS API Call via CloudTrail","EC2 Instance State-change Notification"],"detail":{"state":["stopped"]}}',
  ],
  ['text behind the closing brace', '{"source":["aws.s3"]} and more'],
])('nothing speaks against %s', (_, pattern) => {
  expect(checkPattern(pattern)).toEqual([]);
});
