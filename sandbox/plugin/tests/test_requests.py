"""What strict mode judges a call by: its keys, its resource and the parts of a transaction."""

from parapet_localemu.corrections.request_keys import keys_of
from parapet_localemu.corrections.resources import only_one, parts_of, trail_arn


def test_every_call_counts_as_encrypted() -> None:
    assert keys_of("GetObject", {})["aws:SecureTransport"] == "true"


def test_put_events_tells_the_sources_of_all_its_entries() -> None:
    keys = keys_of("PutEvents", {"Entries": [{"Source": "parapet", "DetailType": "Parapet Decision"}, {"Source": "x"}]})

    assert keys["events:source"] == ["parapet", "x"]
    assert keys["events:detail-type"] == ["Parapet Decision"]


def test_assuming_a_role_tells_the_source_identity_that_is_asked_for() -> None:
    keys = keys_of("AssumeRole", {"RoleSessionName": "d-1", "SourceIdentity": "s3.bucket-public"})

    assert keys["sts:SourceIdentity"] == "s3.bucket-public"
    assert keys["sts:RoleSessionName"] == "d-1"


def test_a_transaction_has_the_kinds_and_tables_of_its_parts() -> None:
    params = {"TransactItems": [{"Update": {"TableName": "a"}}, {"Delete": {"TableName": "a"}}]}

    assert parts_of(params) == [("Update", {"TableName": "a"}), ("Delete", {"TableName": "a"})]


def test_a_call_about_several_things_is_about_no_single_one() -> None:
    assert only_one(["a", "a"]) == "a"
    assert only_one(["a", "b"]) is None


def test_a_call_on_a_trail_is_judged_by_that_trail() -> None:
    assert (
        trail_arn({"Name": "audit"}, "eu-west-1", "444444444444")
        == "arn:aws:cloudtrail:eu-west-1:444444444444:trail/audit"
    )
    assert trail_arn({"Name": "arn:aws:cloudtrail:x"}, "eu-west-1", "444444444444") == "arn:aws:cloudtrail:x"
    assert trail_arn({"trailNameList": []}, "eu-west-1", "444444444444") == "*"
