"""The frame of a record: who, where, what class of event, and how failures look."""

import json
from dataclasses import replace

from calls import ACCOUNT, NOW, ROLE_ARN, USER, call, failed

from parapet_localemu.trail.account_created import created_record
from parapet_localemu.trail.callers import root_of
from parapet_localemu.trail.record import entry_of, record_for_owner, record_of


def test_a_session_is_recorded_with_its_role_and_source_identity() -> None:
    record = record_of(call("cloudtrail", "StopLogging", {"Name": "trail"}))

    assert record["userIdentity"] == {
        "type": "AssumedRole",
        "principalId": "AROAEXAMPLEEXAMPLEEXA:alice",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Operator/alice",
        "accountId": ACCOUNT,
        "accessKeyId": "ASIAEXAMPLEEXAMPLEEX",
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": "AROAEXAMPLEEXAMPLEEXA",
                "arn": ROLE_ARN,
                "accountId": ACCOUNT,
                "userName": "Operator",
            },
            "attributes": {"mfaAuthenticated": "false", "creationDate": "2026-03-02T21:18:24Z"},
            "sourceIdentity": "alice@example.com",
        },
    }


def test_a_user_is_recorded_by_name_and_without_a_session() -> None:
    identity = record_of(replace(call("iam", "CreateUser"), caller=USER))["userIdentity"]

    assert (identity["type"], identity["userName"]) == ("IAMUser", "bob")
    assert "sessionContext" not in identity


def test_bare_account_credentials_are_the_root_user_without_a_key() -> None:
    identity = record_of(replace(call("iam", "CreateUser"), caller=root_of(ACCOUNT, ACCOUNT)))["userIdentity"]

    assert identity == {
        "type": "Root",
        "principalId": ACCOUNT,
        "arn": f"arn:aws:iam::{ACCOUNT}:root",
        "accountId": ACCOUNT,
    }


def test_global_services_are_recorded_in_us_east_1_and_sts_where_it_was_called() -> None:
    def region_of(service: str, operation: str) -> str:
        return record_of(call(service, operation))["awsRegion"]

    assert region_of("iam", "CreateUser") == "us-east-1"
    assert region_of("organizations", "CreateAccount") == "us-east-1"
    assert region_of("cloudfront", "CreateDistribution") == "us-east-1"
    assert region_of("sts", "AssumeRole") == "eu-central-1"
    assert region_of("ec2", "CreateVpc") == "eu-central-1"


def test_the_event_source_is_cloudtrail_s_name_of_the_service() -> None:
    def source_of(service: str, operation: str) -> str:
        return record_of(call(service, operation))["eventSource"]

    assert source_of("cloudwatch", "DeleteAlarms") == "monitoring.amazonaws.com"
    assert source_of("stepfunctions", "CreateStateMachine") == "states.amazonaws.com"
    assert source_of("elbv2", "AddTags") == "elasticloadbalancing.amazonaws.com"
    assert source_of("ecr", "CreateRepository") == "ecr.amazonaws.com"


def test_a_refused_call_is_recorded_without_an_answer() -> None:
    record = record_of(
        failed(call("s3", "DeleteBucket", {"Bucket": "data"}), "NoSuchBucket", "no such bucket")
    )

    assert (record["errorCode"], record["errorMessage"]) == ("NoSuchBucket", "no such bucket")
    assert record["requestParameters"]["bucketName"] == "data"
    assert record["responseElements"] is None


def test_error_codes_are_those_of_cloudtrail() -> None:
    def code_of(service: str, operation: str, code: str) -> str:
        return record_of(failed(call(service, operation), code))["errorCode"]

    assert code_of("iam", "CreateUser", "EntityAlreadyExists") == "EntityAlreadyExistsException"
    assert code_of("ec2", "CreateVpc", "InvalidParameterValue") == "Client.InvalidParameterValue"
    assert code_of("ec2", "CreateVpc", "AccessDenied") == "Client.UnauthorizedOperation"
    assert code_of("kms", "CreateKey", "AccessDeniedException") == "AccessDenied"


def test_a_denied_call_hides_its_request_unless_the_service_shows_it() -> None:
    user = record_of(failed(call("iam", "CreateUser", {"UserName": "u"}), "AccessDenied"))
    route = record_of(failed(call("ec2", "CreateRoute", {"RouteTableId": "rtb-1"}), "AccessDenied"))

    assert user["requestParameters"] is None
    assert route["requestParameters"] == {"routeTableId": "rtb-1"}


def test_the_owner_of_an_assumed_role_sees_the_other_account_and_no_name() -> None:
    made = replace(
        call("sts", "AssumeRole", {"RoleArn": "arn:aws:iam::333333333333:role/r"}), shared_event_id="shared"
    )

    theirs = record_for_owner(record_of(made), made, "333333333333", "another")

    assert theirs["userIdentity"] == {
        "type": "AWSAccount",
        "principalId": "AROAEXAMPLEEXAMPLEEXA:alice",
        "accountId": ACCOUNT,
    }
    assert (theirs["recipientAccountId"], theirs["sharedEventID"]) == ("333333333333", "shared")


def test_a_created_account_is_announced_as_a_service_event() -> None:
    status = {"Id": "car-1", "State": "SUCCEEDED", "AccountId": "333333333333"}

    record = created_record("111111111111", status, NOW, "id")

    assert entry_of(record)["DetailType"] == "AWS Service Event via CloudTrail"
    assert record["serviceEventDetails"]["createAccountStatus"]["accountId"] == "333333333333"
    assert (record["awsRegion"], record["recipientAccountId"]) == ("us-east-1", "111111111111")


def test_the_event_that_carries_a_record_has_the_service_s_prefix() -> None:
    record = record_of(call("cloudwatch", "DeleteAlarms", {"AlarmNames": ["a"]}))

    entry = entry_of(record)

    assert (entry["Source"], entry["DetailType"]) == ("aws.monitoring", "AWS API Call via CloudTrail")
    assert entry["Time"] == record["eventTime"]
    assert entry["Resources"] == []
    assert json.loads(entry["Detail"]) == record
