"""KMS: the general shape, and the key as the record's resource."""

from typing import Any

from parapet_localemu.shapes.general import request_of, response_of
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

# KMS records what a call left out as it understood it.
DEFAULTS: dict[str, dict[str, Any]] = {
    "CreateKey": {
        "bypassPolicyLockoutSafetyCheck": False,
        "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "description": "",
        "keyUsage": "ENCRYPT_DECRYPT",
        "origin": "AWS_KMS",
    },
    "PutKeyPolicy": {"bypassPolicyLockoutSafetyCheck": False},
}


def shape(call: Call) -> Shaped:
    request = DEFAULTS.get(call.operation, {}) | request_of(call)
    return Shaped(call.operation, request, response_of(call), resources=_key(call))


def _key(call: Call) -> list[dict[str, str]] | None:
    metadata = call.response.get("KeyMetadata") or {}
    key = metadata.get("Arn") or call.request.get("KeyId") or call.request.get("TargetKeyId")
    if not key or "alias/" in key:
        return None
    arn = key if key.startswith("arn:") else f"arn:aws:kms:{call.region}:{call.account}:key/{key}"
    return [{"accountId": arn.split(":")[4], "type": "AWS::KMS::Key", "ARN": arn}]
