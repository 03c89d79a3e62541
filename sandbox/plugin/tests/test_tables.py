"""Transactions on a DynamoDB table: all of one or nothing, and no copy of what they are not about."""

import copy
from typing import Any

import pytest
from moto.dynamodb.exceptions import TransactionCanceledException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item

from parapet_localemu.corrections import tables

tables.attach()

KEYS = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]


@pytest.fixture(params=[1, 2], ids=["by one key", "by two keys"])
def keys(request: pytest.FixtureRequest) -> list[dict[str, str]]:
    return KEYS[: request.param]


@pytest.fixture
def backend(keys: list[dict[str, str]]) -> DynamoDBBackend:
    made = DynamoDBBackend("us-east-1", "444444444444")
    attributes = [{"AttributeName": key["AttributeName"], "AttributeType": "S"} for key in keys]
    made.create_table(
        "things", keys, None, attributes, [], [], None, "PAY_PER_REQUEST", None, [], False, None
    )
    return made


def named(backend: DynamoDBBackend, name: str, **more: str) -> dict[str, Any]:
    key = {attribute: {"S": name} for attribute in backend.tables["things"].table_key_attrs}
    return key | {attribute: {"S": value} for attribute, value in more.items()}


def paint(backend: DynamoDBBackend, name: str, colour: str, **more: Any) -> dict[str, Any]:
    return {
        "Update": {
            "TableName": "things",
            "Key": named(backend, name),
            "UpdateExpression": "SET colour = :colour",
            "ExpressionAttributeValues": {":colour": {"S": colour}},
            **more,
        }
    }


def colour_of(backend: DynamoDBBackend, name: str) -> str | None:
    item = backend.get_item("things", named(backend, name))
    return item.to_json()["Attributes"]["colour"]["S"] if item else None


def test_a_transaction_does_all_of_its_parts(backend: DynamoDBBackend) -> None:
    backend.put_item("things", named(backend, "a", colour="red"))
    new = {"Put": {"TableName": "things", "Item": named(backend, "b", colour="blue")}}

    backend.transact_write_items([paint(backend, "a", "green"), new])

    assert (colour_of(backend, "a"), colour_of(backend, "b")) == ("green", "blue")


def test_a_transaction_that_fails_leaves_everything_as_it_was(backend: DynamoDBBackend) -> None:
    for name in ("a", "b", "c"):
        backend.put_item("things", named(backend, name, colour="red"))
    refused = paint(backend, "c", "green", ConditionExpression="attribute_not_exists(colour)")
    gone = {"Delete": {"TableName": "things", "Key": named(backend, "b")}}
    new = {"Put": {"TableName": "things", "Item": named(backend, "d", colour="blue")}}

    with pytest.raises(TransactionCanceledException):
        backend.transact_write_items([paint(backend, "a", "green"), gone, new, refused])

    assert [colour_of(backend, name) for name in "abcd"] == ["red", "red", "red", None]


def test_a_transaction_copies_only_what_it_is_about(
    backend: DynamoDBBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        backend.put_item("things", named(backend, name, colour="red"))
    other = backend.get_item("things", named(backend, "b"))

    def copied(item: Item, memo: dict[int, Any]) -> Item:
        assert item is not other
        one = copy.copy(item)
        one.attrs = copy.deepcopy(item.attrs, memo)
        return one

    monkeypatch.setattr(Item, "__deepcopy__", copied, raising=False)

    backend.transact_write_items([paint(backend, "a", "green")])

    assert colour_of(backend, "a") == "green"
