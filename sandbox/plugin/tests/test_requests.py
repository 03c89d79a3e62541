"""What strict mode judges a call by: its keys, its resource and the parts of a transaction."""

import re

from parapet_localemu.corrections.request_keys import keys_of
from parapet_localemu.corrections.resources import arn_of_secret, only_one, parts_of, trail_arn, user_arn


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


def test_attaching_a_policy_tells_which() -> None:
    deny = "arn:aws:iam::aws:policy/AWSDenyAll"

    assert keys_of("AttachUserPolicy", {"UserName": "bob", "PolicyArn": deny})["iam:PolicyARN"] == deny
    assert "iam:PolicyARN" not in keys_of("DeletePolicy", {"PolicyArn": deny})


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


def test_a_call_on_a_user_is_judged_by_the_arn_with_the_user_s_path() -> None:
    def path_of(account: str, name: str) -> str | None:
        return {("444444444444", "mailer"): "/service/"}.get((account, name))

    def arn(**params: str) -> str | None:
        return user_arn(params, "444444444444", path_of)

    assert arn(UserName="mailer") == "arn:aws:iam::444444444444:user/service/mailer"
    assert arn(UserName="new", Path="/people/") == "arn:aws:iam::444444444444:user/people/new"
    assert arn(UserName="nobody") == "arn:aws:iam::444444444444:user/nobody"
    assert arn(RoleName="mailer") is None


def test_a_call_on_a_secret_is_judged_by_the_arn_with_its_six_random_characters() -> None:
    from moto.secretsmanager.models import secretsmanager_backends

    secrets = secretsmanager_backends["444444444444"]["eu-west-1"]
    secrets.create_secret("parapet/siem", "s", None, None, None, None, None, [], False)

    arn = arn_of_secret("parapet/siem", "eu-west-1", "444444444444")

    assert re.fullmatch(r"arn:aws:secretsmanager:eu-west-1:444444444444:secret:parapet/siem-\w{6}", arn or "")
    assert arn_of_secret(arn, "eu-west-1", "444444444444") == arn
    assert arn_of_secret("nothing", "eu-west-1", "444444444444") is None
    assert arn_of_secret(None, "eu-west-1", "444444444444") is None
