import { restricts } from '#core/policy-condition';

/**
 * "The meaning of public", in the S3 user guide:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * A value is fixed where it has no wildcard and no policy variable.
 */
describe('a fixed value of a key that AWS names ties a statement to somebody', () => {
  test.each([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-example1234' } }],
    [{ StringEquals: { 'aws:PrincipalAccount': '444444444444' } }],
    [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::444444444444:role/reader' } }],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    [{ IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }],
    [{ IpAddress: { 'aws:SourceIp': ['203.0.113.7', '2001:db8::1'] } }],
    [{ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:444444444444:orders' } }],
    [{ StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } }],
    [{ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }],
    [{ StringEquals: { 'aws:SourceOwner': '444444444444' } }],
    [{ StringEquals: { 'aws:SourceAccount': ['444444444444', '555555555555'] } }],
    [
      {
        StringEquals: {
          's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu:4:key/a',
        },
      },
    ],
    [{ StringEquals: { 'aws:userid': 'AIDAEXAMPLE' } }],
    [{ StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }],
    [{ StringEquals: { 's3:DataAccessPointAccount': '123456789012' } }],
    // The guide's own example: a wildcard for the access point's name.
    [
      {
        StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:123456789012:accesspoint/*' },
      },
    ],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-example1234/r-exam/*' } }],
    // Keys and operators know no case.
    [{ stringequals: { 'AWS:sourcevpc': 'vpc-91237329' } }],
    // A condition beside it makes it no wider.
    [
      {
        StringEquals: { 'aws:SourceVpc': 'vpc-1', 's3:prefix': '*' },
        Bool: { 'aws:SecureTransport': 'true' },
      },
    ],
  ])('%j', (condition) => {
    expect(restricts(condition)).toBe(true);
  });
});

describe('all else leaves it open', () => {
  test.each([
    ['no condition', undefined],
    ['an empty one', {}],
    ['the guide’s example', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }],
    ['a policy variable', { StringEquals: { 'aws:SourceAccount': '${aws:PrincipalAccount}' } }],
    [
      'a policy variable in an ARN',
      { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::${aws:PrincipalAccount}:role/reader' } },
    ],
    ['an ARN that is a wildcard', { ArnLike: { 'aws:PrincipalArn': '*' } }],
    ['an ARN of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/reader' } }],
    [
      'an account that a wildcard before it can swallow',
      { StringLike: { 'aws:PrincipalArn': 'arn:*:*:*:444444444444:*' } },
    ],
    ['the broad network of the guide’s note', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }],
    ['a network broader than /8', { IpAddress: { 'aws:SourceIp': '8.0.0.0/7' } }],
    ['an IPv6 network broader than /32', { IpAddress: { 'aws:SourceIp': '2001::/31' } }],
    [
      'one broad network among narrow ones',
      { IpAddress: { 'aws:SourceIp': ['203.0.113.7', '0.0.0.0/0'] } },
    ],
    ['a wildcard for an address', { StringLike: { 'aws:SourceIp': '*' } }],
    ['a wildcard within an address', { StringLike: { 'aws:SourceIp': '2*' } }],
    ['a variable for an address', { StringLike: { 'aws:SourceIp': '${aws:SourceIp}' } }],
    ['a user id with a wildcard role', { StringLike: { 'aws:userid': '*:session' } }],
    ['a key AWS does not name', { StringLike: { 'aws:Referer': 'https://example.com/' } }],
    [
      'an access point of any account',
      { StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:*:accesspoint/x' } },
    ],
    ['a negation', { StringNotEquals: { 'aws:SourceVpc': 'vpc-91237329' } }],
    ['a negated network', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    [
      'an operator that a missing key passes',
      { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } },
    ],
    [
      'a set operator that a missing key passes',
      { 'ForAllValues:StringEquals': { 'aws:SourceVpc': 'vpc-1' } },
    ],
    ['a key that must only be there', { Null: { 'aws:SourceVpc': 'false' } }],
    ['a number for a text', { StringEquals: { 'aws:SourceAccount': 444444444444 } }],
    ['null for the keys', { StringEquals: null }],
    ['a text for the keys', { StringEquals: 'aws:SourceVpc' }],
    ['a text for a condition', 'StringEquals'],
    ['a list for a condition', [{ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }]],
  ])('%s: %j', (_, condition) => {
    expect(restricts(condition)).toBe(false);
  });
});
