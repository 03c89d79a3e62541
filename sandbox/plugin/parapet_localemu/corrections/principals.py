"""A session as principal: policies that name its role mean it, and `aws:PrincipalArn` is the role's ARN."""

from typing import Any

from parapet_localemu.trail.callers import role_named


def attach() -> None:
    from localemu.services.iam_enforcement import enforcer, evaluator

    matches = evaluator._arn_or_account_matches
    build = enforcer._build_conditions

    def matches_role_too(principal: str, caller: Any) -> bool:
        return matches(principal, caller) or principal == role_arn_of(caller)

    def build_with_role(context: Any, caller: Any) -> dict[str, Any]:
        return build(context, caller) | keys_of(caller)

    evaluator._arn_or_account_matches = matches_role_too
    enforcer._build_conditions = build_with_role


def keys_of(caller: Any) -> dict[str, Any]:
    """The condition keys that say who calls, as AWS fills them."""
    keys = {"aws:PrincipalArn": role_arn_of(caller) or caller.arn}
    if caller.principal_type == "Root":
        keys["aws:PrincipalType"] = "Account"
    if caller.source_identity:
        keys["aws:SourceIdentity"] = caller.source_identity
    return keys


def role_arn_of(caller: Any) -> str | None:
    if caller.principal_type != "AssumedRole":
        return None
    role = role_named(caller.account_id, caller.role_name)
    return getattr(role, "arn", None) or f"arn:aws:iam::{caller.account_id}:role/{caller.role_name}"
