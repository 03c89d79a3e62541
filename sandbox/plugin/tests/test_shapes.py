"""What a call looks like in CloudTrail, service by service."""

import json

from calls import NOW, call, failed, service_model

from parapet_localemu.shapes import SHAPERS
from parapet_localemu.trail.record import record_of

BUCKET_HOST = "data.s3.eu-central-1.amazonaws.com"


def test_a_canned_acl_is_recorded_as_the_header_beside_an_empty_flag() -> None:
    record = record_of(call("s3", "PutBucketAcl", {"Bucket": "data", "ACL": "public-read"}))

    assert record["requestParameters"] == {
        "bucketName": "data",
        "Host": BUCKET_HOST,
        "acl": "",
        "x-amz-acl": "public-read",
    }
    assert record["responseElements"] is None
    assert record["resources"] == [
        {"accountId": "222222222222", "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::data"}
    ]


def test_one_grant_is_an_object_and_two_are_an_array() -> None:
    everyone = {
        "Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"},
        "Permission": "READ",
    }

    def grants_of(*grants: dict) -> object:
        policy = {"Grants": list(grants), "Owner": {"ID": "o"}}
        record = record_of(call("s3", "PutBucketAcl", {"Bucket": "data", "AccessControlPolicy": policy}))
        return record["requestParameters"]["AccessControlPolicy"]["AccessControlList"]["Grant"]

    one = {
        "Grantee": {
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:type": "Group",
            "URI": "http://acs.amazonaws.com/groups/global/AllUsers",
        },
        "Permission": "READ",
    }
    assert grants_of(everyone) == one
    assert grants_of(everyone, everyone) == [one, one]


def test_an_empty_body_is_recorded_only_where_it_means_something() -> None:
    acl = record_of(
        call("s3", "PutBucketAcl", {"Bucket": "data", "ACL": "private", "AccessControlPolicy": {}})
    )
    logging = record_of(call("s3", "PutBucketLogging", {"Bucket": "data", "BucketLoggingStatus": {}}))

    assert "AccessControlPolicy" not in acl["requestParameters"]
    assert logging["requestParameters"]["BucketLoggingStatus"] == {
        "xmlns": "http://s3.amazonaws.com/doc/2006-03-01/"
    }


def test_a_bucket_policy_is_an_object_beside_an_empty_flag() -> None:
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}

    record = record_of(call("s3", "PutBucketPolicy", {"Bucket": "data", "Policy": json.dumps(policy)}))

    assert record["requestParameters"]["bucketPolicy"] == policy
    assert record["requestParameters"]["policy"] == ""


def test_the_public_access_block_of_a_bucket_has_the_bucket_s_name() -> None:
    settings = {
        "BlockPublicAcls": False,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }

    put = record_of(
        call("s3", "PutPublicAccessBlock", {"Bucket": "data", "PublicAccessBlockConfiguration": settings})
    )
    deleted = record_of(call("s3", "DeletePublicAccessBlock", {"Bucket": "data"}))

    assert put["eventName"] == "PutBucketPublicAccessBlock"
    assert put["requestParameters"]["publicAccessBlock"] == ""
    assert put["requestParameters"]["PublicAccessBlockConfiguration"]["BlockPublicAcls"] is False
    assert deleted["eventName"] == "DeleteBucketPublicAccessBlock"


def test_the_public_access_block_of_an_account_is_a_call_of_s3() -> None:
    request = {"AccountId": "222222222222", "PublicAccessBlockConfiguration": {"BlockPublicAcls": False}}

    record = record_of(call("s3control", "PutPublicAccessBlock", request))

    assert (record["eventSource"], record["eventName"]) == ("s3.amazonaws.com", "PutAccountPublicAccessBlock")
    assert record["requestParameters"]["PublicAccessBlockConfiguration"]["BlockPublicAcls"] is False


def test_an_opened_security_group_shows_items_and_the_rules_that_came_of_it() -> None:
    request = {
        "GroupId": "sg-1",
        "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        ],
    }
    rule = {
        "SecurityGroupRuleId": "sgr-1",
        "GroupId": "sg-1",
        "IsEgress": False,
        "FromPort": 22,
        "CidrIpv4": "0.0.0.0/0",
    }

    record = record_of(
        call("ec2", "AuthorizeSecurityGroupIngress", request, {"Return": True, "SecurityGroupRules": [rule]})
    )

    assert record["requestParameters"] == {
        "groupId": "sg-1",
        "ipPermissions": {
            "items": [
                {
                    "ipProtocol": "tcp",
                    "fromPort": 22,
                    "toPort": 22,
                    "groups": {},
                    "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]},
                    "ipv6Ranges": {},
                    "prefixListIds": {},
                }
            ]
        },
    }
    assert record["responseElements"] == {
        "requestId": record["requestID"],
        "_return": True,
        "securityGroupRuleSet": {
            "items": [
                {
                    "groupId": "sg-1",
                    "isEgress": False,
                    "fromPort": 22,
                    "cidrIpv4": "0.0.0.0/0",
                    "securityGroupRuleId": "sgr-1",
                }
            ]
        },
    }


def test_a_rule_given_flat_stays_flat() -> None:
    flat = {"GroupId": "sg-1", "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}

    record = record_of(call("ec2", "AuthorizeSecurityGroupIngress", flat, {"Return": True}))

    assert record["requestParameters"] == {
        "ipPermissions": {},
        "groupId": "sg-1",
        "ipProtocol": "tcp",
        "fromPort": 22,
        "toPort": 22,
        "cidrIp": "0.0.0.0/0",
    }


def test_a_newer_ec2_call_is_wrapped_and_a_list_of_one_is_an_object() -> None:
    one = record_of(call("ec2", "DeleteFlowLogs", {"FlowLogIds": ["fl-1"]}))
    two = record_of(call("ec2", "DeleteFlowLogs", {"FlowLogIds": ["fl-1", "fl-2"]}))
    bare = record_of(call("ec2", "DisableEbsEncryptionByDefault", {}, {"EbsEncryptionByDefault": False}))

    assert one["requestParameters"] == {"DeleteFlowLogsRequest": {"FlowLogId": {"tag": 1, "content": "fl-1"}}}
    assert two["requestParameters"]["DeleteFlowLogsRequest"]["FlowLogId"][1] == {"tag": 2, "content": "fl-2"}
    assert bare["requestParameters"] == {"DisableEbsEncryptionByDefaultRequest": ""}
    assert (
        bare["responseElements"]["DisableEbsEncryptionByDefaultResponse"]["ebsEncryptionByDefault"] is False
    )


def test_user_data_is_removed() -> None:
    record = record_of(call("ec2", "RunInstances", {"ImageId": "ami-1", "UserData": "c2VjcmV0"}))

    assert record["requestParameters"]["userData"] == "<sensitiveDataRemoved>"
    assert record["requestParameters"]["instancesSet"] == {"items": [{"imageId": "ami-1"}]}


def test_a_subnet_attribute_keeps_its_value() -> None:
    record = record_of(
        call("ec2", "ModifySubnetAttribute", {"SubnetId": "subnet-1", "MapPublicIpOnLaunch": {"Value": True}})
    )

    assert record["requestParameters"] == {"subnetId": "subnet-1", "mapPublicIpOnLaunch": {"value": True}}


def test_a_created_key_is_recorded_without_its_secret() -> None:
    key = {"UserName": "bob", "AccessKeyId": "AKIA1", "Status": "Active", "SecretAccessKey": "secret"}

    record = record_of(call("iam", "CreateAccessKey", {"UserName": "bob"}, {"AccessKey": key}))

    assert record["responseElements"] == {
        "accessKey": {"userName": "bob", "accessKeyId": "AKIA1", "status": "Active"}
    }


def test_a_trust_policy_is_a_string_in_the_request_and_encoded_in_the_answer() -> None:
    document = '{"Version":"2012-10-17"}'

    record = record_of(
        call(
            "iam",
            "CreateRole",
            {"RoleName": "r", "AssumeRolePolicyDocument": document},
            {"Role": {"RoleName": "r", "AssumeRolePolicyDocument": document}},
        )
    )

    assert record["requestParameters"]["assumeRolePolicyDocument"] == document
    assert (
        record["responseElements"]["role"]["assumeRolePolicyDocument"]
        == "%7B%22Version%22%3A%222012-10-17%22%7D"
    )


def test_an_assumed_role_shows_the_session_s_key_and_nothing_to_use_it_with() -> None:
    credentials = {"AccessKeyId": "ASIA1", "SecretAccessKey": "secret", "SessionToken": "token"}

    record = record_of(
        call(
            "sts",
            "AssumeRole",
            {
                "RoleArn": "arn:aws:iam::333333333333:role/r",
                "RoleSessionName": "s",
                "SourceIdentity": "alice",
            },
            {"Credentials": credentials, "SourceIdentity": "alice"},
        )
    )

    assert record["requestParameters"]["sourceIdentity"] == "alice"
    assert record["responseElements"]["credentials"] == {
        "accessKeyId": "ASIA1",
        "sessionToken": "HIDDEN_DUE_TO_SECURITY_REASONS",
    }
    assert record["resources"][0]["accountId"] == "333333333333"
    assert "secret" not in json.dumps(record)


def test_lambda_names_carry_the_date_of_their_api() -> None:
    def name_of(operation: str, **request: object) -> str:
        return record_of(call("lambda", operation, request))["eventName"]

    assert name_of("CreateFunction", FunctionName="f") == "CreateFunction20150331"
    assert name_of("AddPermission", FunctionName="f") == "AddPermission20150331v2"
    assert name_of("PutFunctionConcurrency", FunctionName="f") == "PutFunctionConcurrency20171031"
    assert name_of("CreateFunctionUrlConfig", FunctionName="f") == "CreateFunctionUrlConfig"


def test_a_function_s_code_and_variables_are_left_out() -> None:
    request = {
        "FunctionName": "f",
        "Code": {"ZipFile": b"zip"},
        "Environment": {"Variables": {"TOKEN": "secret"}},
    }

    record = record_of(
        call("lambda", "CreateFunction", request, {"Environment": {"Variables": {"TOKEN": "secret"}}})
    )

    assert record["requestParameters"] == {"functionName": "f", "environment": {}}
    assert record["responseElements"] == {"environment": {}}


def test_the_keys_of_attributes_and_tags_are_data_and_keep_their_case() -> None:
    record = record_of(
        call(
            "sqs",
            "CreateQueue",
            {"QueueName": "q", "Attributes": {"Policy": "{}"}, "tags": {"Team": "red"}},
            {"QueueUrl": "https://sqs/q"},
        )
    )

    assert record["requestParameters"] == {
        "queueName": "q",
        "attributes": {"Policy": "{}"},
        "tags": {"Team": "red"},
    }
    assert record["responseElements"] == {"queueUrl": "https://sqs/q"}


def test_only_the_first_letter_of_a_member_is_lowered() -> None:
    record = record_of(call("rds", "DeleteDBSnapshot", {"DBSnapshotIdentifier": "s"}))

    assert record["requestParameters"] == {"dBSnapshotIdentifier": "s"}


def test_secrets_are_blanked_as_each_service_does() -> None:
    secret = record_of(call("secretsmanager", "CreateSecret", {"Name": "s", "SecretString": "secret"}))
    parameter = record_of(
        call("ssm", "PutParameter", {"Name": "p", "Value": "secret", "Type": "SecureString"})
    )
    database = record_of(
        call("rds", "CreateDBInstance", {"DBInstanceIdentifier": "d", "MasterUserPassword": "secret"})
    )
    account = record_of(
        call("organizations", "CreateAccount", {"Email": "secret@example.com", "AccountName": "secret"})
    )
    login = record_of(call("iam", "CreateLoginProfile", {"UserName": "bob", "Password": "secret"}))

    assert secret["requestParameters"]["secretString"] == "HIDDEN_DUE_TO_SECURITY_REASONS"
    assert database["requestParameters"]["masterUserPassword"] == "****"
    assert account["requestParameters"] == {"email": "****", "accountName": "****"}
    assert login["requestParameters"] == {"userName": "bob"}
    assert "secret@" not in json.dumps([secret, parameter, database, account, login])
    assert parameter["requestParameters"]["value"] == "HIDDEN_DUE_TO_SECURITY_REASONS"


def test_moments_are_written_as_the_service_writes_them() -> None:
    user = record_of(
        call("iam", "CreateUser", {"UserName": "u"}, {"User": {"UserName": "u", "CreateDate": NOW}})
    )
    volume = record_of(call("ec2", "CreateVolume", {"Size": 1}, {"VolumeId": "vol-1", "CreateTime": NOW}))

    assert user["responseElements"]["user"]["createDate"] == "Mar 2, 2026, 9:18:24 PM"
    assert volume["responseElements"]["createTime"] == 1772486304000


def test_a_call_without_parameters_and_answer_has_null_for_both() -> None:
    record = record_of(call("iam", "DeleteAccountPasswordPolicy"))

    assert record["requestParameters"] is None
    assert record["responseElements"] is None


def test_a_call_that_only_reads_shows_no_answer() -> None:
    record = record_of(call("iam", "ListUsers", {"MaxItems": 5}, {"Users": [{"UserName": "bob"}]}))

    assert record["requestParameters"] == {"maxItems": 5}
    assert record["responseElements"] is None


def test_every_operation_of_the_shaped_services_can_be_recorded_empty() -> None:
    for service in SHAPERS:
        for operation in service_model(service).operation_names:
            assert json.dumps(record_of(failed(call(service, operation), "AccessDenied")))
            assert json.dumps(record_of(call(service, operation)))
