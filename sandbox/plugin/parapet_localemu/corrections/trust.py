"""Whether a role's trust policy lets a caller in: actions, principals, conditions and denials. Pure."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

ACCOUNT = re.compile(r"^\d{12}$")


@dataclass(frozen=True)
class Entry:
    """What a caller asks for: the actions AWS demands for it, and the request's condition keys."""

    actions: tuple[str, ...]
    caller_arns: frozenset[str]
    caller_account: str
    conditions: dict[str, Any]


def actions_of(source_identity: str | None, tags: Any) -> tuple[str, ...]:
    """A session with a source identity or tags needs the trust policy's permission for them too."""
    actions = ["sts:AssumeRole"]
    if source_identity:
        actions.append("sts:SetSourceIdentity")
    if tags:
        actions.append("sts:TagSession")
    return tuple(actions)


def lets_in(
    document: str | dict[str, Any], entry: Entry, holds: Callable[[dict[str, Any], dict[str, Any]], bool]
) -> bool:
    """`holds` judges a statement's conditions. Every action must be allowed and none denied."""
    policy = json.loads(document) if isinstance(document, str) else document
    statements = [
        statement
        for statement in _listed(policy.get("Statement"))
        if _names_caller(statement, entry) and holds(statement, entry.conditions)
    ]
    return all(_permits(statements, action) for action in entry.actions)


def _permits(statements: list[dict[str, Any]], action: str) -> bool:
    effects = {statement.get("Effect") for statement in statements if _covers(statement, action)}
    return effects == {"Allow"}


def _covers(statement: dict[str, Any], action: str) -> bool:
    patterns = [pattern.lower() for pattern in _listed(statement.get("Action"))]
    return any(fnmatchcase(action.lower(), pattern) for pattern in patterns)


def _names_caller(statement: dict[str, Any], entry: Entry) -> bool:
    principal = statement.get("Principal")
    if principal is None:
        return False
    named = ["*"] if principal == "*" else _listed(principal.get("AWS"))
    return any(_is_caller(name, entry) for name in named)


def _is_caller(name: str, entry: Entry) -> bool:
    if name == "*" or name in entry.caller_arns:
        return True
    account = name if ACCOUNT.match(name) else _account_of_root(name)
    return account == entry.caller_account


def _account_of_root(arn: str) -> str | None:
    return arn.split(":")[4] if arn.endswith(":root") and arn.count(":") >= 5 else None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
