"""Conditions of policies, where LocalEmu refuses lawful calls or lets an unlawful one pass.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

NEGATED = frozenset(
    {
        "StringNotEquals",
        "StringNotEqualsIgnoreCase",
        "StringNotLike",
        "NumericNotEquals",
        "DateNotEquals",
        "NotIpAddress",
        "ArnNotEquals",
        "ArnNotLike",
    }
)
POSITIVE_OF = {name: name.replace("Not", "", 1) for name in NEGATED}


def attach() -> None:
    from localemu.services.iam_enforcement import condition_evaluator, evaluator

    operators = condition_evaluator._OPERATORS
    # ArnEquals knows wildcards as ArnLike does; dates come with fractions of a second from JavaScript.
    operators["ArnEquals"] = operators["ArnLike"]
    condition_evaluator._parse_date = moment
    substitute = condition_evaluator._substitute_policy_variables

    def matches(statement: dict[str, Any], context: dict[str, Any]) -> bool:
        return conditions_hold(statement.get("Condition") or {}, context, operators, substitute)

    condition_evaluator.matches_conditions = matches
    evaluator.matches_conditions = matches


def conditions_hold(
    conditions: dict[str, Any],
    context: dict[str, Any],
    operators: dict[str, Callable[[Any, Any], bool]],
    substitute: Callable[[str, dict[str, Any]], str],
) -> bool:
    """Every key of every operator must hold. Keys are compared without regard to case."""
    present = {key.lower(): value for key, value in context.items() if value is not None and value != []}
    for written, block in conditions.items():
        quantifier, _, operator = written.rpartition(":")
        if_exists = operator.endswith("IfExists")
        operator = operator.removesuffix("IfExists")
        if operator not in operators:
            return False
        for key, expected in block.items():
            values = [substitute(_text(value), context) for value in _listed(expected)]
            actual = present.get(key.lower())
            if not _key_holds(operator, quantifier, if_exists, actual, values, operators):
                return False
    return True


def _key_holds(
    operator: str,
    quantifier: str,
    if_exists: bool,
    actual: Any,
    values: list[str],
    operators: dict[str, Callable[[Any, Any], bool]],
) -> bool:
    if operator == "Null":
        return (actual is None) == (values[0].lower() == "true")
    if actual is None:
        # A negated operator holds for a key that is not there, and so does "for all values" of none.
        return if_exists or operator in NEGATED or quantifier == "ForAllValues"

    def one_holds(item: Any) -> bool:
        compare = operators[POSITIVE_OF.get(operator, operator)]
        found = any(_safely(compare, item, value) for value in values)
        return not found if operator in NEGATED else found

    return (all if quantifier == "ForAllValues" else any)(one_holds(item) for item in _listed(actual))


def moment(text: str) -> datetime:
    """An ISO 8601 moment or seconds since 1970. Raises ValueError for anything else."""
    if str(text).replace(".", "", 1).isdigit():
        return datetime.fromtimestamp(float(text), UTC)
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _safely(compare: Callable[[Any, Any], bool], actual: Any, expected: str) -> bool:
    try:
        return compare(actual, expected)
    except (TypeError, ValueError):
        return False


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
