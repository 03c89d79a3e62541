"""What is put on a default bus: only what one of its rules may see."""

from typing import Any

import pytest

from parapet_localemu.trail import bus

ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


@pytest.mark.parametrize(
    ("name", "states", "is_put"),
    [
        ("CreateQueue", ["ENABLED"], True),
        ("CreateQueue", ["DISABLED"], False),
        ("CreateQueue", [], False),
        ("ListQueueTags", ["ENABLED"], False),
        ("ListQueueTags", ["ENABLED", ALL], True),
    ],
)
def test_an_event_is_put_on_the_bus_where_a_rule_may_see_it(
    monkeypatch: pytest.MonkeyPatch, name: str, states: list[str], is_put: bool
) -> None:
    put: list[Any] = []
    monkeypatch.setattr(bus, "_states_of_rules", lambda *_: states)
    monkeypatch.setattr(bus, "put_on_bus", lambda *entry: put.append(entry))
    record = {
        "eventSource": "sqs.amazonaws.com",
        "eventName": name,
        "eventType": "AwsApiCall",
        "eventTime": "2026-11-21T12:00:00Z",
        "recipientAccountId": "444444444444",
        "awsRegion": "eu-west-1",
    }

    bus._deliver(record)

    assert bool(put) == is_put
