"""Rules, pipes and Firehose inside a running LocalEmu, as the plugin corrects them."""

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from emulator import running

ACCOUNT = "222222222222"
REGION = "us-east-1"
SERVICES = "cloudwatch,events,firehose,iam,kinesis,lambda,logs,pipes,s3,sns,sqs,sts"

ENRICH = """
exports.handler = async (events) =>
  events.map(({ body }) => ({ told: JSON.parse(body).name.toUpperCase(), count: events.length }));
"""
ROWS = """
exports.handler = async ({ records }) => ({
  records: records.map(({ recordId, data }) => {
    const text = Buffer.from(data, 'base64').toString();
    const result = text.includes('bad') ? 'ProcessingFailed' : 'Ok';
    return { recordId, result, data: result === 'Ok' ? Buffer.from(`${text}\\n`).toString('base64') : data };
  }),
});
"""


class Account:
    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self._endpoint,
            region_name=REGION,
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="x",
        )

    def role(self, name: str, service: str) -> str:
        trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        return self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]

    def function(self, name: str, code: str) -> str:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as written:
            written.writestr("index.js", code)
        return self.client("lambda").create_function(
            FunctionName=name,
            Runtime="nodejs22.x",
            Handler="index.handler",
            Role=self.role(f"{name}-role", "lambda.amazonaws.com"),
            Code={"ZipFile": archive.getvalue()},
        )["FunctionArn"]

    def queue(self, name: str) -> tuple[str, str]:
        url = self.client("sqs").create_queue(QueueName=name)["QueueUrl"]
        return url, f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"

    def next_message(self, url: str) -> str:
        def received() -> str | None:
            messages = self.client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages", [])
            return messages[0]["Body"] if messages else None

        return until(received)


def until[T](ask: Callable[[], T | None], seconds: float = 30) -> T:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (answer := ask()) is not None:
            return answer
        time.sleep(0.2)
    raise AssertionError("nothing came")


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with running(SERVICES=SERVICES) as endpoint:
        yield Account(endpoint)


def test_a_pipe_hands_its_target_what_the_enrichment_answered(account: Account) -> None:
    source_url, source = account.queue("source")
    target_url, target = account.queue("target")
    account.client("pipes").create_pipe(
        Name="enriched",
        RoleArn=account.role("pipe", "pipes.amazonaws.com"),
        Source=source,
        Enrichment=account.function("enrich", ENRICH),
        Target=target,
        TargetParameters={"InputTemplate": '{"says": <$.told>, "of": <$.count>}'},
    )

    account.client("sqs").send_message(QueueUrl=source_url, MessageBody=json.dumps({"name": "orders"}))

    assert json.loads(account.next_message(target_url)) == {"says": "ORDERS", "of": 1}
    metrics = account.client("cloudwatch").list_metrics(Namespace="AWS/SQS")["Metrics"]
    assert not [name for metric in metrics if "Approximate" not in (name := metric["MetricName"])]


def test_a_rule_whose_target_is_gone_holds_up_no_other(account: Account) -> None:
    events = account.client("events")
    gone_url, gone = account.queue("gone")
    there_url, there = account.queue("there")
    for name, arn in (("a-gone", gone), ("b-there", there)):
        events.put_rule(Name=name, EventPattern=json.dumps({"source": ["tests"]}))
        events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])
    account.client("sqs").delete_queue(QueueUrl=gone_url)
    started = time.monotonic()

    events.put_events(Entries=[{"Source": "tests", "DetailType": "Test", "Detail": "{}"}])

    assert json.loads(account.next_message(there_url))["source"] == "tests"
    # The two retries of the other rule's target would take three seconds.
    assert time.monotonic() - started < 2.5


def test_firehose_compresses_rows_into_the_folder_of_the_day_and_keeps_what_failed_apart(account: Account) -> None:
    s3, firehose = account.client("s3"), account.client("firehose")
    s3.create_bucket(Bucket="lake")
    firehose.create_delivery_stream(
        DeliveryStreamName="rows",
        ExtendedS3DestinationConfiguration={
            "RoleARN": account.role("firehose", "firehose.amazonaws.com"),
            "BucketARN": "arn:aws:s3:::lake",
            "Prefix": "class=1/event_day=!{timestamp:yyyyMMdd}/",
            "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
            "CompressionFormat": "GZIP",
            "FileExtension": ".ndjson.gz",
            "ProcessingConfiguration": {
                "Enabled": True,
                "Processors": [
                    {
                        "Type": "Lambda",
                        "Parameters": [
                            {"ParameterName": "LambdaArn", "ParameterValue": account.function("rows", ROWS)}
                        ],
                    }
                ],
            },
        },
    )
    until(lambda: True if _state(firehose) == "ACTIVE" else None)
    firehose.start_delivery_stream_encryption(DeliveryStreamName="rows")

    firehose.put_record_batch(DeliveryStreamName="rows", Records=[{"Data": b"good"}, {"Data": b"bad"}])

    keys = until(lambda: _keys(s3) if len(_keys(s3)) == 2 else None)
    rows, failed = sorted(keys)
    assert rows.startswith(f"class=1/event_day={time.strftime('%Y%m%d', time.gmtime())}/rows-1-")
    assert rows.endswith(".ndjson.gz")
    assert gzip.decompress(_body(s3, rows)) == b"good\n"
    assert failed.startswith("failed/processing-failed/")
    assert json.loads(_body(s3, failed))["errorCode"] == "Lambda.ProcessingFailedStatus"
    description = firehose.describe_delivery_stream(DeliveryStreamName="rows")["DeliveryStreamDescription"]
    assert description["DeliveryStreamEncryptionConfiguration"]["Status"] == "ENABLED"


def _state(firehose: Any) -> str:
    described = firehose.describe_delivery_stream(DeliveryStreamName="rows")
    return described["DeliveryStreamDescription"]["DeliveryStreamStatus"]


def _keys(s3: Any) -> list[str]:
    return [entry["Key"] for entry in s3.list_objects_v2(Bucket="lake").get("Contents", [])]


def _body(s3: Any, key: str) -> bytes:
    return s3.get_object(Bucket="lake", Key=key)["Body"].read()


def test_a_stream_has_the_tags_that_it_was_created_with(account: Account) -> None:
    kinesis = account.client("kinesis")

    kinesis.create_stream(StreamName="tagged", ShardCount=1, Tags={"Application": "parapet"})
    kinesis.create_stream(StreamName="plain", ShardCount=1)

    assert kinesis.list_tags_for_stream(StreamName="tagged")["Tags"] == [{"Key": "Application", "Value": "parapet"}]
    assert kinesis.list_tags_for_stream(StreamName="plain")["Tags"] == []
