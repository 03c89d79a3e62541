"""The plugin inside a running LocalEmu: real calls in a member account, and the events they leave."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from member import GLOBAL, REGION, Member, make_role, running_member, session

HANDLER = """
exports.handler = async (event) => {
  console.log('working');
  if (event.sleep) await new Promise((resolve) => setTimeout(resolve, event.sleep));
  if (event.exit) process.exit(1);
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
  return { id, secret, token, endpoint: process.env.AWS_ENDPOINT_URL, region: process.env.AWS_REGION };
};
"""


@pytest.fixture(scope="module")
def member() -> Iterator[Member]:
    with running_member() as started:
        yield started


def test_a_call_is_on_the_bus_promptly_with_the_caller_s_identity(member: Member) -> None:
    member.as_operator("s3").create_bucket(
        Bucket="parapet-data", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    member.as_operator("s3").put_bucket_acl(Bucket="parapet-data", ACL="public-read")

    event = member.buses[REGION].event("PutBucketAcl")

    assert set(event) == {
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "resources",
        "detail",
    }
    assert (event["source"], event["detail-type"]) == ("aws.s3", "AWS API Call via CloudTrail")
    assert (event["account"], event["region"], event["resources"]) == (member.account, REGION, [])
    assert event["detail"]["requestParameters"]["x-amz-acl"] == "public-read"
    identity = event["detail"]["userIdentity"]
    assert identity["arn"] == f"arn:aws:sts::{member.account}:assumed-role/Operator/tester"
    assert identity["sessionContext"]["sourceIdentity"] == "alice"
    assert identity["sessionContext"]["sessionIssuer"]["principalId"].startswith("AROA")


def test_the_event_history_knows_a_call_by_the_id_it_has_on_the_bus(member: Member) -> None:
    member.as_operator("sqs").create_queue(QueueName="known-by-one-id")

    event = member.buses[REGION].event("CreateQueue")

    wanted = [{"AttributeKey": "EventName", "AttributeValue": "CreateQueue"}]
    history = member.as_operator("cloudtrail").lookup_events(LookupAttributes=wanted)["Events"]
    assert event["detail"]["eventID"] in [one["EventId"] for one in history]


def test_ec2_answers_are_recorded_with_their_ids(member: Member) -> None:
    ec2 = member.as_operator("ec2")
    network = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="open", Description="open", VpcId=network)["GroupId"]
    everyone = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[everyone])

    detail = member.buses[REGION].event("AuthorizeSecurityGroupIngress")["detail"]

    assert detail["requestParameters"]["ipPermissions"]["items"][0]["ipRanges"]["items"] == [
        {"cidrIp": "0.0.0.0/0"}
    ]
    assert detail["responseElements"]["_return"] is True
    assert detail["responseElements"]["securityGroupRuleSet"]["items"][0]["securityGroupRuleId"].startswith(
        "sgr-"
    )


def test_iam_is_recorded_in_us_east_1_without_secrets_and_with_refusals(member: Member) -> None:
    iam = member.as_operator("iam")
    iam.create_user(UserName="bob")
    key = iam.create_access_key(UserName="bob")["AccessKey"]
    with pytest.raises(ClientError):
        iam.create_user(UserName="bob")
    keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    with pytest.raises(ClientError):
        member.client("iam", **keys).create_user(UserName="eve")

    bus = member.buses[GLOBAL]
    created = bus.event("CreateAccessKey")["detail"]
    refused = bus.event("CreateUser", errorCode="EntityAlreadyExistsException")["detail"]
    denied = bus.event("CreateUser", errorCode="AccessDenied")["detail"]

    assert created["awsRegion"] == GLOBAL
    assert created["responseElements"]["accessKey"]["accessKeyId"] == key["AccessKeyId"]
    assert key["SecretAccessKey"] not in json.dumps(created)
    assert refused["requestParameters"] == {"userName": "bob"}
    assert (denied["userIdentity"]["type"], denied["userIdentity"]["userName"]) == ("IAMUser", "bob")


def test_what_is_read_reaches_only_the_rule_that_asks_and_data_events_none(member: Member) -> None:
    member.as_operator("ec2").describe_vpcs()
    member.as_operator("sqs").send_message(
        QueueUrl=member.as_operator("sqs").create_queue(QueueName="other")["QueueUrl"], MessageBody="x"
    )
    member.as_operator("events").put_rule(Name="another", EventPattern='{"source": ["none"]}')

    assert member.everything.event("DescribeVpcs")["detail"]["readOnly"] is True
    assert member.everything.event(
        "PutRule", requestParameters={"name": "another", "eventPattern": '{"source": ["none"]}'}
    )
    member.buses[REGION].event("CreateQueue", requestParameters={"queueName": "other"})
    names = member.buses[REGION].names() | member.everything.names()
    assert "DescribeVpcs" not in member.buses[REGION].names()
    assert not names & {
        "SendMessage",
        "ReceiveMessage",
        "DeleteMessage",
        "PutEvents",
        "Invoke",
        "PutLogEvents",
    }


def test_an_unreadable_pattern_and_an_absent_role_are_refused(member: Member) -> None:
    with pytest.raises(ClientError) as pattern:
        member.as_operator("events").put_rule(Name="broken", EventPattern='{"source": "text"}')
    with pytest.raises(ClientError) as role:
        session(member.client("sts"), member.account, "Nobody")
    with pytest.raises(ClientError) as no_source_identity:
        session(member.client("sts"), member.account, "Operator")

    assert pattern.value.response["Error"]["Code"] == "InvalidEventPatternException"
    assert role.value.response["Error"]["Code"] == "AccessDenied"
    assert no_source_identity.value.response["Error"]["Code"] == "AccessDenied"


def test_a_session_is_bound_by_its_own_policy(member: Member) -> None:
    def session_until(moment: str) -> Any:
        statement = {
            "Effect": "Allow",
            "Action": "sqs:GetQueueUrl",
            "Resource": f"arn:aws:sqs:{REGION}:{member.account}:changes",
            "Condition": {"DateLessThan": {"aws:CurrentTime": moment}},
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        keys = session(
            member.client("sts"), member.account, "Operator", SourceIdentity="alice", Policy=policy
        )
        return member.client("sqs", **keys)

    assert session_until("2100-01-01T00:00:00.000Z").get_queue_url(QueueName="changes")["QueueUrl"]
    with pytest.raises(ClientError):
        session_until("2100-01-01T00:00:00.000Z").get_queue_url(QueueName="everything")
    with pytest.raises(ClientError):
        session_until("2020-01-01T00:00:00.000Z").get_queue_url(QueueName="changes")


def test_the_regions_of_an_account_are_listed_in_pages(member: Member) -> None:
    first = member.as_operator("account", GLOBAL).list_regions(MaxResults=10)

    assert len(first["Regions"]) == 10
    assert first["NextToken"]


def test_a_node_function_works_as_its_role_and_is_ended_in_time(member: Member) -> None:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = make_role(member.as_operator("iam"), "Function", trust, "sqs:ListQueues")
    functions = member.as_operator("lambda")
    functions.create_function(
        FunctionName="worker",
        Runtime="nodejs22.x",
        Role=role,
        Handler="index.handler",
        Timeout=1,
        Code={"ZipFile": zipped("index.js", HANDLER)},
    )

    def invoke(**event: Any) -> tuple[str | None, dict[str, Any]]:
        answer = functions.invoke(FunctionName="worker", Payload=json.dumps(event))
        return answer.get("FunctionError"), json.loads(answer["Payload"].read())

    _, own = invoke()
    keys = {
        "aws_access_key_id": own["id"],
        "aws_secret_access_key": own["secret"],
        "aws_session_token": own["token"],
    }
    assert member.client("sts", **keys).get_caller_identity()["Arn"].endswith(":assumed-role/Function/worker")
    assert member.client("sqs", **keys).list_queues()["QueueUrls"]
    with pytest.raises(ClientError):
        member.client("iam", **keys).list_users()
    error, answer = invoke(sleep=5000)
    assert (error, answer["errorType"]) == ("Unhandled", "Sandbox.Timedout")
    assert "Task timed out after 1.00 seconds" in answer["errorMessage"]
    assert invoke(exit=True)[1]["errorType"] == "Runtime.ExitError"
    assert invoke()[0] is None
    functions.update_function_configuration(FunctionName="worker", Timeout=2)
    # The version before it is taken away a moment later.
    time.sleep(3)
    assert invoke()[0] is None
    assert (
        member.buses[REGION].event("CreateFunction20150331")["detail"]["requestParameters"]["functionName"]
        == "worker"
    )


def zipped(name: str, content: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_a_trail_takes_bucket_and_key_of_another_account(member: Member) -> None:
    kms, cloudtrail = member.as_operator("kms"), member.client("cloudtrail", REGION)
    member.as_operator("s3").create_bucket(
        Bucket="parapet-logs", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    kms.create_alias(AliasName="alias/trail", TargetKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    alias = f"arn:aws:kms:{REGION}:{member.account}:alias/trail"

    cloudtrail.create_trail(Name="all", S3BucketName="parapet-logs", KmsKeyId=alias)

    (made,) = cloudtrail.describe_trails(trailNameList=["all"])["trailList"]
    assert (made["S3BucketName"], made["KmsKeyId"]) == ("parapet-logs", alias)
    with pytest.raises(ClientError, match="alias/absent"):
        cloudtrail.create_trail(Name="none", S3BucketName="parapet-logs", KmsKeyId=alias.replace("trail", "absent"))
    with pytest.raises(ClientError, match="parapet-absent does not exist"):
        cloudtrail.create_trail(Name="none", S3BucketName="parapet-absent", KmsKeyId=alias)
