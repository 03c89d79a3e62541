"""How mappings and pipes ask their queues."""

from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from localemu.services.lambda_.event_source_mapping.pollers import sqs_poller

from parapet_localemu.corrections import long_polls

long_polls.attach()


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Stubber]:
    monkeypatch.setattr(sqs_poller, "get_queue_url", lambda _arn: "http://127.0.0.1/1/changes")
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    client = boto3.client("sqs", region_name="us-east-1", **keys)
    of = {"SqsQueueParameters": {}}
    poller = sqs_poller.SqsPoller("arn:aws:sqs:us-east-1:1:changes", of, client, processor=object())
    return poller, Stubber(client)


def test_an_empty_queue_is_asked_again_at_once_as_the_answer_took_its_time(
    queue: tuple[Any, Stubber],
) -> None:
    poller, stubber = queue
    asked = {"QueueUrl": ANY, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 5}
    more = {"MessageAttributeNames": ANY, "MessageSystemAttributeNames": ANY}
    stubber.add_response("receive_message", {}, asked | more)

    with stubber:
        poller.poll_events()

    stubber.assert_no_pending_responses()
