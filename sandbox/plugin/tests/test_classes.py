"""Which calls read, which are data events, and which events only some rules see."""

import pytest
from corpus import recorded

from parapet_localemu.corrections.rule_states import sees
from parapet_localemu.trail.classes import is_data_event, is_read_only

# Recorded as a read by AWS although it sends mail.
SURPRISES = frozenset({"SendEmail"})


def test_read_only_agrees_with_every_recorded_event() -> None:
    wrong = {
        event["eventName"]
        for event in recorded()
        if event.get("eventType") == "AwsApiCall"
        and isinstance(event.get("readOnly"), bool)
        and event["eventName"] not in SURPRISES
        and is_read_only(event["eventName"]) != event["readOnly"]
    }

    assert wrong <= {"GetSigninToken"}


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("s3", "PutObject"),
        ("s3", "GetObject"),
        ("s3", "DeleteObjects"),
        ("s3", "ListObjectsV2"),
        ("s3", "UploadPart"),
        ("sqs", "SendMessage"),
        ("sqs", "ReceiveMessage"),
        ("sqs", "DeleteMessageBatch"),
        ("sns", "Publish"),
        ("lambda", "Invoke"),
        ("dynamodb", "UpdateItem"),
        ("dynamodb", "Query"),
        ("kinesis", "PutRecords"),
        ("firehose", "PutRecordBatch"),
        ("events", "PutEvents"),
        ("logs", "PutLogEvents"),
        ("kms", "Decrypt"),
        ("kms", "GenerateDataKeyWithoutPlaintext"),
    ],
)
def test_work_on_data_is_no_management_event(service: str, operation: str) -> None:
    assert is_data_event(service, operation)


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("s3", "PutBucketAcl"),
        ("s3", "PutObjectLockConfiguration"),
        ("sqs", "PurgeQueue"),
        ("lambda", "AddPermission"),
        ("dynamodb", "UpdateTable"),
        ("events", "PutRule"),
        ("kms", "DisableKey"),
        ("logs", "DeleteLogGroup"),
    ],
)
def test_work_on_resources_is_a_management_event(service: str, operation: str) -> None:
    assert not is_data_event(service, operation)


def test_only_a_rule_that_asks_sees_what_is_read() -> None:
    event = {
        "detail-type": "AWS API Call via CloudTrail",
        "detail": {"eventName": "DescribeVpcs", "readOnly": True},
    }

    assert not sees("ENABLED", event)
    assert not sees(None, event)
    assert sees("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", event)


def test_every_enabled_rule_sees_changes_and_reads_named_otherwise() -> None:
    for name in ("AssumeRole", "GetSessionToken", "LookupEvents", "PutBucketAcl"):
        assert sees("ENABLED", {"detail-type": "AWS API Call via CloudTrail", "detail": {"eventName": name}})
    assert sees("ENABLED", {"detail-type": "GuardDuty Finding", "detail": {}})


def test_a_disabled_rule_sees_nothing() -> None:
    assert not sees("DISABLED", {"detail-type": "GuardDuty Finding", "detail": {}})
