"""A caller as CloudTrail's `userIdentity`."""

from typing import Any

from parapet_localemu.trail.call import Caller
from parapet_localemu.trail.times import iso


def user_identity(caller: Caller) -> dict[str, Any]:
    identity: dict[str, Any] = {
        "type": caller.kind,
        "principalId": caller.principal_id,
        "arn": caller.arn,
        "accountId": caller.account,
        "accessKeyId": caller.access_key_id,
        "userName": caller.name if caller.kind == "IAMUser" else "",
    }
    identity = {key: value for key, value in identity.items() if value}
    if caller.kind == "AssumedRole":
        identity["sessionContext"] = session_context(caller)
    return identity


def session_context(caller: Caller) -> dict[str, Any]:
    context: dict[str, Any] = {
        "sessionIssuer": {
            "type": "Role",
            "principalId": caller.principal_id.split(":", 1)[0],
            "arn": caller.role_arn,
            "accountId": caller.account,
            "userName": caller.name,
        },
        "attributes": {
            "mfaAuthenticated": "true" if caller.session_with_mfa else "false",
        },
    }
    if caller.session_started:
        context["attributes"]["creationDate"] = iso(caller.session_started)
    if caller.source_identity:
        context["sourceIdentity"] = caller.source_identity
    return context


def seen_from_another_account(caller: Caller) -> dict[str, Any]:
    """How the owner of a resource sees a caller of another account: its account and id, nothing else."""
    return {"type": "AWSAccount", "principalId": caller.principal_id, "accountId": caller.account}
