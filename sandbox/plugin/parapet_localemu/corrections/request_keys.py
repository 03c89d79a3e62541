"""Condition keys that come from the request, and that the transport counts as encrypted.

Calls never leave this machine, and policies that demand TLS would lock everybody out.
"""

from typing import Any

POLICY_ATTACHMENTS = frozenset(
    f"{verb}{holder}Policy" for verb in ("Attach", "Detach") for holder in ("User", "Role", "Group")
)


def attach() -> None:
    from localemu.services.iam_enforcement import enforcer

    build = enforcer._build_conditions

    def build_with_request(context: Any, caller: Any) -> dict[str, Any]:
        operation = context.operation.name if context.operation else ""
        return build(context, caller) | keys_of(operation, dict(context.service_request or {}))

    enforcer._build_conditions = build_with_request


def keys_of(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    keys: dict[str, Any] = {"aws:SecureTransport": "true"}
    if operation == "PutEvents":
        entries = request.get("Entries") or []
        keys["events:source"] = [entry["Source"] for entry in entries if entry.get("Source")]
        keys["events:detail-type"] = [entry["DetailType"] for entry in entries if entry.get("DetailType")]
    if operation == "AssumeRole":
        keys["sts:SourceIdentity"] = request.get("SourceIdentity")
        keys["sts:RoleSessionName"] = request.get("RoleSessionName")
    if operation in POLICY_ATTACHMENTS:
        keys["iam:PolicyARN"] = request.get("PolicyArn")
    return keys
