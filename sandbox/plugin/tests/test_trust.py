"""Which callers a trust policy lets in, with LocalEmu's operators as the plugin corrects them."""

from typing import Any

import pytest
from localemu.services.iam_enforcement import condition_evaluator

from parapet_localemu.corrections.conditions import attach, conditions_hold, moment
from parapet_localemu.corrections.trust import Entry, actions_of, lets_in

ROLE = "arn:aws:iam::222222222222:role/responder"
SESSION = "arn:aws:sts::222222222222:assumed-role/responder/event"


@pytest.fixture(scope="module", autouse=True)
def corrected() -> None:
    attach()


def trusting(principal: Any, *actions: str, effect: str = "Allow", **condition: Any) -> dict[str, Any]:
    return {
        "Effect": effect,
        "Principal": {"AWS": principal},
        "Action": list(actions or ("sts:AssumeRole",)),
        "Condition": condition,
    }


def entry(source_identity: str | None = None, **keys: Any) -> Entry:
    conditions = {
        "aws:PrincipalArn": ROLE,
        "aws:PrincipalOrgID": "o-mine",
        "sts:SourceIdentity": source_identity,
        **keys,
    }
    return Entry(actions_of(source_identity, None), frozenset({ROLE, SESSION}), "222222222222", conditions)


def admitted(who: Entry, *statements: dict[str, Any]) -> bool:
    return lets_in({"Statement": list(statements)}, who, condition_evaluator.matches_conditions)


@pytest.mark.parametrize(
    "principal", ["*", "222222222222", "arn:aws:iam::222222222222:root", ROLE, SESSION, ["x", ROLE]]
)
def test_a_session_is_named_by_its_account_its_role_and_itself(principal: Any) -> None:
    assert admitted(entry(), trusting(principal))


def test_another_account_is_not_named() -> None:
    assert not admitted(entry(), trusting("arn:aws:iam::333333333333:root"))


def test_a_source_identity_needs_its_own_action() -> None:
    assert not admitted(entry("alice"), trusting(ROLE, "sts:AssumeRole"))
    assert admitted(entry("alice"), trusting(ROLE, "sts:AssumeRole", "sts:SetSourceIdentity"))
    assert admitted(entry("alice"), trusting(ROLE, "sts:*"))


def test_every_condition_must_hold() -> None:
    own = trusting(
        "arn:aws:iam::222222222222:root",
        ArnEquals={"aws:PrincipalArn": "arn:aws:iam::222222222222:role/resp*"},
        StringEquals={"aws:PrincipalOrgID": "o-mine"},
    )
    foreign = trusting("*", StringEquals={"aws:PrincipalOrgID": "o-other"})

    assert admitted(entry(), own)
    assert not admitted(entry(), foreign)


def test_a_denial_outweighs_an_allowance() -> None:
    deny = trusting("*", effect="Deny", StringNotEquals={"aws:PrincipalOrgID": "o-other"})

    assert not admitted(entry(), trusting("*"), deny)


def holds(operator: str, expected: Any, context: dict[str, Any]) -> bool:
    return conditions_hold(
        {operator: expected}, context, condition_evaluator._OPERATORS, lambda text, _: text
    )


def test_keys_are_compared_without_regard_to_case() -> None:
    assert holds("StringEquals", {"aws:principalorgid": "o"}, {"aws:PrincipalOrgID": "o"})


def test_a_negated_operator_holds_for_an_absent_key_and_for_none_of_the_values() -> None:
    assert holds("StringNotEquals", {"aws:PrincipalOrgID": "o"}, {})
    assert not holds("StringNotEquals", {"k": ["a", "b"]}, {"k": "b"})
    assert holds("StringNotEquals", {"k": ["a", "b"]}, {"k": "c"})


def test_an_absent_key_fails_unless_the_operator_allows_for_it() -> None:
    assert not holds("StringEquals", {"k": "v"}, {})
    assert holds("StringEqualsIfExists", {"k": "v"}, {})
    assert holds("Null", {"k": True}, {})
    assert holds("ForAllValues:StringEquals", {"k": "v"}, {})
    assert not holds("ForAnyValue:StringEquals", {"k": "v"}, {})


def test_a_moment_with_fractions_of_a_second_is_understood() -> None:
    assert moment("2026-01-01T00:00:00.123Z") > moment("2026-01-01T00:00:00Z")
    assert holds(
        "DateLessThan",
        {"aws:CurrentTime": "2030-01-01T00:00:00.000Z"},
        {"aws:CurrentTime": "2026-01-01T00:00:00Z"},
    )
    assert not holds(
        "DateLessThan",
        {"aws:CurrentTime": "2020-01-01T00:00:00.000Z"},
        {"aws:CurrentTime": "2026-01-01T00:00:00Z"},
    )
