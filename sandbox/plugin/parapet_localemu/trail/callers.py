"""Who is behind an access key, looked up in LocalEmu's own IAM and STS."""

import re
from typing import Any

from parapet_localemu.trail.call import Caller

BARE_ACCOUNT = re.compile(r"^\d{12}$")


def caller_of(access_key_id: str, account: str, region: str) -> Caller | None:
    """None where the key belongs to nobody: AWS records no event for such a call."""
    from localemu.services.iam_enforcement.identity import resolve_caller

    identity = resolve_caller(access_key_id, account, region)
    if identity is None:
        return None
    if identity.principal_type == "AssumedRole":
        return _session(identity, region)
    if identity.principal_type == "User":
        return _user(identity)
    if identity.principal_type == "Anonymous":
        return Caller(kind="AWSAccount", account="anonymous")
    if identity.principal_type == "FederatedUser":
        name = identity.arn.rsplit("/", 1)[-1]
        return Caller("FederatedUser", account, identity.arn, f"{account}:{name}", access_key_id)
    return root_of(account, access_key_id)


def root_of(account: str, access_key_id: str) -> Caller:
    """LocalEmu takes a bare account id for an access key. It stands for the root user, and is no key to show."""
    shown = "" if BARE_ACCOUNT.match(access_key_id) else access_key_id
    return Caller("Root", account, f"arn:aws:iam::{account}:root", account, shown)


def _session(identity: Any, region: str) -> Caller:
    from localemu.services.sts.models import sts_store_lock, sts_stores

    role = role_named(identity.account_id, identity.role_name)
    with sts_store_lock:
        session = sts_stores[identity.account_id][region].sessions.get(identity.access_key_id) or {}
    return Caller(
        kind="AssumedRole",
        account=identity.account_id,
        arn=identity.arn,
        principal_id=f"{getattr(role, 'id', '')}:{identity.session_name}",
        access_key_id=identity.access_key_id,
        name=identity.role_name or "",
        role_arn=getattr(role, "arn", "") or f"arn:aws:iam::{identity.account_id}:role/{identity.role_name}",
        session_started=session.get("issued_at"),
        session_with_mfa=bool(session.get("mfa_authenticated")),
        source_identity=identity.source_identity or "",
    )


def _user(identity: Any) -> Caller:
    from moto.iam.models import iam_backends

    user = iam_backends[identity.account_id]["global"].users.get(identity.username)
    return Caller(
        kind="IAMUser",
        account=identity.account_id,
        arn=identity.arn,
        principal_id=getattr(user, "id", ""),
        access_key_id=identity.access_key_id,
        name=identity.username,
    )


def role_named(account: str, name: str | None) -> Any | None:
    from moto.iam.models import iam_backends

    roles = iam_backends[account]["global"].roles.values()
    return next((role for role in roles if role.name == name), None)
