"""One call for each operation that the contract test compares with recorded events."""

import json
from collections.abc import Iterator
from typing import Any

from calls import ACCOUNT, NOW, call

from parapet_localemu.trail.call import Call

POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})
KEY_ID = "f2a82583-a7d3-4c92-8787-fe2baab1cee1"
TAG = {"Key": "team", "Value": "red"}
OPEN_SSH = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
OPEN_ALL = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "all"}]}
NACL = {
    "NetworkAclId": "acl-1",
    "RuleNumber": 10,
    "Protocol": "-1",
    "RuleAction": "allow",
    "Egress": False,
    "CidrBlock": "0.0.0.0/0",
}
STOPPING = {
    "InstanceId": "i-1",
    "CurrentState": {"Code": 64, "Name": "stopping"},
    "PreviousState": {"Code": 16, "Name": "running"},
}
RULES = {"ID": "keep", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 1}}
REPLICATION = {
    "ID": "copy",
    "Priority": 0,
    "Status": "Enabled",
    "Filter": {},
    "Destination": {"Bucket": "arn:aws:s3:::other"},
    "DeleteMarkerReplication": {"Status": "Disabled"},
}
PASSWORD_POLICY = {
    "MinimumPasswordLength": 6,
    "RequireSymbols": True,
    "RequireNumbers": False,
    "RequireUppercaseCharacters": False,
    "RequireLowercaseCharacters": False,
    "AllowUsersToChangePassword": False,
    "HardExpiry": False,
}
RUN = {
    "ImageId": "ami-1",
    "MinCount": 1,
    "MaxCount": 1,
    "KeyName": "key",
    "InstanceType": "t3.micro",
    "SecurityGroupIds": ["sg-1"],
    "ClientToken": "token",
    "EbsOptimized": False,
    "InstanceInitiatedShutdownBehavior": "stop",
    "BlockDeviceMappings": [
        {
            "DeviceName": "/dev/sda1",
            "Ebs": {"VolumeSize": 8, "DeleteOnTermination": True, "VolumeType": "gp3"},
        }
    ],
    "NetworkInterfaces": [{"DeviceIndex": 0, "AssociatePublicIpAddress": True, "Groups": ["sg-1"]}],
}
INSTANCE = {
    "InstanceId": "i-1",
    "ImageId": "ami-1",
    "State": {"Code": 0, "Name": "pending"},
    "InstanceType": "t3.micro",
    "LaunchTime": NOW,
    "Placement": {"AvailabilityZone": "eu-central-1a", "Tenancy": "default"},
    "Monitoring": {"State": "disabled"},
    "SubnetId": "subnet-1",
    "VpcId": "vpc-1",
    "ProductCodes": [],
    "BlockDeviceMappings": [],
    "AmiLaunchIndex": 0,
    "KeyName": "key",
    "StateReason": {"Code": "pending", "Message": "pending"},
    "Architecture": "x86_64",
    "RootDeviceType": "ebs",
    "RootDeviceName": "/dev/sda1",
    "VirtualizationType": "hvm",
    "Hypervisor": "xen",
    "EbsOptimized": False,
    "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "default"}],
    "NetworkInterfaces": [],
}
SESSION_ANSWER = {
    "Credentials": {
        "AccessKeyId": "ASIAEXAMPLEEXAMPLEEX",
        "SecretAccessKey": "secret",
        "SessionToken": "token",
        "Expiration": NOW,
    },
    "AssumedRoleUser": {
        "AssumedRoleId": "AROAEXAMPLE:s",
        "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Operator/s",
    },
}
KEY_METADATA = {
    "AWSAccountId": ACCOUNT,
    "KeyId": KEY_ID,
    "Arn": f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/{KEY_ID}",
    "CreationDate": NOW,
    "Enabled": True,
    "Description": "",
    "KeyUsage": "ENCRYPT_DECRYPT",
    "KeyState": "Enabled",
    "Origin": "AWS_KMS",
    "KeyManager": "CUSTOMER",
    "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
    "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
}
DATABASE = {"DBInstanceIdentifier": "db", "DBInstanceStatus": "modifying", "PendingModifiedValues": {}}
ALARM = {
    "AlarmName": "cpu",
    "ActionsEnabled": True,
    "AlarmActions": ["arn:aws:sns:eu-central-1:222222222222:t"],
    "MetricName": "CPUUtilization",
    "Namespace": "AWS/EC2",
    "Statistic": "Average",
    "Dimensions": [{"Name": "AutoScalingGroupName", "Value": "g"}],
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 70,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
}
BUCKET = {"Bucket": "data"}
USER = {"UserName": "bob"}

# service, operation, request, response
ROWS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("s3", "CreateBucket", {**BUCKET, "CreateBucketConfiguration": {"LocationConstraint": "us-west-2"}}, {}),
    ("s3", "DeleteBucket", BUCKET, {}),
    ("s3", "DeleteBucketEncryption", BUCKET, {}),
    ("s3", "DeletePublicAccessBlock", BUCKET, {}),
    ("s3", "DeleteBucketPolicy", BUCKET, {}),
    ("s3", "DeleteBucketReplication", BUCKET, {}),
    ("s3", "PutBucketAcl", {**BUCKET, "ACL": "public-read"}, {}),
    (
        "s3",
        "PutBucketAcl",
        {**BUCKET, "GrantWriteACP": "uri=http://acs.amazonaws.com/groups/global/AllUsers"},
        {},
    ),
    ("s3", "PutBucketPolicy", {**BUCKET, "Policy": POLICY}, {}),
    ("s3", "PutBucketVersioning", {**BUCKET, "VersioningConfiguration": {"Status": "Suspended"}}, {}),
    (
        "s3",
        "PutBucketLogging",
        {**BUCKET, "BucketLoggingStatus": {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "l/"}}},
        {},
    ),
    ("s3", "PutBucketLifecycleConfiguration", {**BUCKET, "LifecycleConfiguration": {"Rules": [RULES]}}, {}),
    (
        "s3",
        "PutBucketReplication",
        {
            **BUCKET,
            "ReplicationConfiguration": {"Role": "arn:aws:iam::222222222222:role/r", "Rules": [REPLICATION]},
        },
        {},
    ),
    ("iam", "AttachUserPolicy", {**USER, "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, {}),
    (
        "iam",
        "CreateAccessKey",
        USER,
        {
            "AccessKey": {
                **USER,
                "AccessKeyId": "AKIA",
                "Status": "Active",
                "SecretAccessKey": "s",
                "CreateDate": NOW,
            }
        },
    ),
    (
        "iam",
        "CreateLoginProfile",
        {**USER, "Password": "p", "PasswordResetRequired": False},
        {"LoginProfile": {**USER, "CreateDate": NOW, "PasswordResetRequired": False}},
    ),
    (
        "iam",
        "CreatePolicyVersion",
        {"PolicyArn": "arn:aws:iam::222222222222:policy/p", "PolicyDocument": POLICY, "SetAsDefault": True},
        {"PolicyVersion": {"VersionId": "v2", "IsDefaultVersion": True, "CreateDate": NOW}},
    ),
    (
        "iam",
        "CreateVirtualMFADevice",
        {"Path": "/", "VirtualMFADeviceName": "m"},
        {"VirtualMFADevice": {"SerialNumber": "arn:aws:iam::222222222222:mfa/m", "Base32StringSeed": b"s"}},
    ),
    ("iam", "DeactivateMFADevice", {**USER, "SerialNumber": "arn:aws:iam::222222222222:mfa/m"}, {}),
    ("iam", "DeleteAccountPasswordPolicy", {}, {}),
    ("iam", "DeleteVirtualMFADevice", {"SerialNumber": "arn:aws:iam::222222222222:mfa/m"}, {}),
    ("iam", "PutUserPolicy", {**USER, "PolicyName": "p", "PolicyDocument": POLICY}, {}),
    (
        "iam",
        "SetDefaultPolicyVersion",
        {"PolicyArn": "arn:aws:iam::222222222222:policy/p", "VersionId": "v1"},
        {},
    ),
    ("iam", "UpdateAccountPasswordPolicy", PASSWORD_POLICY, {}),
    ("iam", "UpdateLoginProfile", {**USER, "Password": "p"}, {}),
    (
        "iam",
        "UpdateSAMLProvider",
        {"SAMLMetadataDocument": "<xml/>", "SAMLProviderArn": "arn:aws:iam::222222222222:saml-provider/p"},
        {"SAMLProviderArn": "arn:aws:iam::222222222222:saml-provider/p"},
    ),
    (
        "ec2",
        "AuthorizeSecurityGroupEgress",
        {"GroupId": "sg-1", "IpPermissions": [OPEN_ALL]},
        {"Return": True},
    ),
    (
        "ec2",
        "AuthorizeSecurityGroupIngress",
        {"GroupId": "sg-1", "IpPermissions": [OPEN_SSH]},
        {"Return": True},
    ),
    (
        "ec2",
        "CreateSecurityGroup",
        {"GroupName": "g", "Description": "d", "VpcId": "vpc-1"},
        {"GroupId": "sg-1"},
    ),
    ("ec2", "CreateNetworkAclEntry", NACL, {}),
    ("ec2", "ReplaceNetworkAclEntry", NACL, {}),
    ("ec2", "DeleteNetworkAclEntry", {"NetworkAclId": "acl-1", "RuleNumber": 10, "Egress": False}, {}),
    ("ec2", "CreateTags", {"Resources": ["i-1"], "Tags": [TAG]}, {}),
    (
        "ec2",
        "CreateSnapshot",
        {"VolumeId": "vol-1", "TagSpecifications": [{"ResourceType": "snapshot", "Tags": [TAG]}]},
        {
            "SnapshotId": "snap-1",
            "VolumeId": "vol-1",
            "State": "pending",
            "StartTime": NOW,
            "OwnerId": ACCOUNT,
            "VolumeSize": 1,
            "Encrypted": False,
            "Tags": [TAG],
        },
    ),
    (
        "ec2",
        "CreateVolume",
        {"SnapshotId": "snap-1", "AvailabilityZone": "eu-central-1a"},
        {
            "State": "creating",
            "AvailabilityZone": "eu-central-1a",
            "Encrypted": True,
            "VolumeType": "standard",
            "VolumeId": "vol-1",
            "SnapshotId": "snap-1",
            "CreateTime": NOW,
            "Size": 100,
        },
    ),
    ("ec2", "DeleteSnapshot", {"SnapshotId": "snap-1"}, {}),
    (
        "ec2",
        "ModifySnapshotAttribute",
        {
            "SnapshotId": "snap-1",
            "Attribute": "createVolumePermission",
            "CreateVolumePermission": {"Add": [{"UserId": "111111111111"}]},
        },
        {},
    ),
    (
        "ec2",
        "ModifyImageAttribute",
        {"ImageId": "ami-1", "LaunchPermission": {"Add": [{"Group": "all"}]}},
        {},
    ),
    ("ec2", "StopInstances", {"InstanceIds": ["i-1"]}, {"StoppingInstances": [STOPPING]}),
    ("ec2", "TerminateInstances", {"InstanceIds": ["i-1"]}, {"TerminatingInstances": [STOPPING]}),
    (
        "ec2",
        "RunInstances",
        RUN,
        {"ReservationId": "r-1", "OwnerId": ACCOUNT, "Groups": [], "Instances": [INSTANCE]},
    ),
    (
        "ec2",
        "CreateRoute",
        {"RouteTableId": "rtb-1", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"},
        {},
    ),
    ("ec2", "DeleteFlowLogs", {"FlowLogIds": ["fl-1"]}, {}),
    ("ec2", "EnableSerialConsoleAccess", {}, {}),
    ("ec2", "CreateDefaultVpc", {}, {}),
    (
        "ec2",
        "CreateLaunchTemplate",
        {
            "LaunchTemplateName": "t",
            "LaunchTemplateData": {"ImageId": "ami-1", "InstanceType": "t3.micro"},
            "ClientToken": "c",
        },
        {
            "LaunchTemplate": {
                "LaunchTemplateId": "lt-1",
                "LaunchTemplateName": "t",
                "CreateTime": NOW,
                "CreatedBy": "arn:aws:iam::222222222222:root",
                "DefaultVersionNumber": 1,
                "LatestVersionNumber": 1,
                "Operator": {"Managed": False},
            }
        },
    ),
    ("ec2", "DescribeInstances", {"InstanceIds": ["i-1"]}, {}),
    ("ec2", "DescribeVpcs", {}, {}),
    (
        "ec2",
        "DeleteTransitGatewayVpcAttachment",
        {"TransitGatewayAttachmentId": "tgw-attach-1"},
        {
            "TransitGatewayVpcAttachment": {
                "TransitGatewayAttachmentId": "tgw-attach-1",
                "TransitGatewayId": "tgw-1",
                "VpcId": "vpc-1",
                "VpcOwnerId": ACCOUNT,
                "State": "deleting",
                "CreationTime": NOW,
            }
        },
    ),
    ("cloudtrail", "StopLogging", {"Name": "trail"}, {}),
    ("cloudtrail", "DeleteTrail", {"Name": "trail"}, {}),
    (
        "cloudtrail",
        "UpdateTrail",
        {"Name": "trail", "IncludeGlobalServiceEvents": True, "IsMultiRegionTrail": True},
        {
            "Name": "trail",
            "S3BucketName": "logs",
            "IncludeGlobalServiceEvents": True,
            "IsMultiRegionTrail": True,
            "TrailARN": "arn:aws:cloudtrail:eu-central-1:222222222222:trail/trail",
            "LogFileValidationEnabled": False,
            "IsOrganizationTrail": False,
        },
    ),
    (
        "sts",
        "AssumeRole",
        {"RoleArn": "arn:aws:iam::222222222222:role/r", "RoleSessionName": "s"},
        SESSION_ANSWER,
    ),
    ("sts", "GetCallerIdentity", {}, {"Account": ACCOUNT}),
    ("lambda", "GetFunction", {"FunctionName": "f"}, {}),
    ("lambda", "GetFunctionConfiguration", {"FunctionName": "f"}, {}),
    ("lambda", "ListFunctions", {}, {}),
    ("lambda", "CreateFunctionUrlConfig", {"FunctionName": "f", "AuthType": "NONE"}, {}),
    ("kms", "CreateKey", {"Policy": POLICY, "Tags": []}, {"KeyMetadata": KEY_METADATA}),
    ("kms", "PutKeyPolicy", {"KeyId": KEY_ID, "PolicyName": "default", "Policy": POLICY}, {}),
    (
        "rds",
        "ModifyDBInstance",
        {"DBInstanceIdentifier": "db", "ApplyImmediately": True},
        {"DBInstance": DATABASE},
    ),
    (
        "rds",
        "ModifyDBSnapshotAttribute",
        {"DBSnapshotIdentifier": "s", "AttributeName": "restore", "ValuesToAdd": ["all"]},
        {
            "DBSnapshotAttributesResult": {
                "DBSnapshotIdentifier": "s",
                "DBSnapshotAttributes": [{"AttributeName": "restore", "AttributeValues": ["all"]}],
            }
        },
    ),
    ("sns", "SetTopicAttributes", {"TopicArn": "t", "AttributeName": "Policy", "AttributeValue": POLICY}, {}),
    ("logs", "DeleteLogGroup", {"logGroupName": "g"}, {}),
    ("logs", "DeleteLogStream", {"logGroupName": "g", "logStreamName": "s"}, {}),
    ("config", "DeleteDeliveryChannel", {"DeliveryChannelName": "default"}, {}),
    ("cloudwatch", "PutMetricAlarm", ALARM, {}),
    ("cloudwatch", "DeleteAlarms", {"AlarmNames": ["cpu"]}, {}),
    ("elbv2", "AddTags", {"ResourceArns": ["arn"], "Tags": [TAG]}, {}),
    ("glue", "PutResourcePolicy", {"PolicyInJson": POLICY, "PolicyHashCondition": "h"}, {"PolicyHash": "h"}),
]


def samples() -> Iterator[Call]:
    for service, operation, request, response in ROWS:
        yield call(service, operation, request, response)
