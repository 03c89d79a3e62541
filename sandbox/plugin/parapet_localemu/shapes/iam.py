"""IAM: policies stay the strings they were sent as, passwords and keys are left out."""

from typing import Any
from urllib.parse import quote

from parapet_localemu.shapes.general import request_of, response_of
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

LEFT_OUT_OF_REQUEST = frozenset(
    {"password", "oldPassword", "newPassword", "authenticationCode1", "authenticationCode2"}
)
LEFT_OUT_OF_RESPONSE = frozenset(
    {"secretAccessKey", "base32StringSeed", "qRCodePNG", "servicePassword", "serviceCredentialSecret"}
)

# The record of a created trust policy repeats it URL-encoded.
ENCODED = "assumeRolePolicyDocument"


def shape(call: Call) -> Shaped:
    request = {key: value for key, value in request_of(call).items() if key not in LEFT_OUT_OF_REQUEST}
    response = {key: _public(value) for key, value in response_of(call).items()}
    return Shaped(call.operation, request, response)


def _public(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {key: item for key, item in value.items() if key not in LEFT_OUT_OF_RESPONSE}
    if isinstance(kept.get(ENCODED), str) and kept[ENCODED].startswith("{"):
        kept[ENCODED] = quote(kept[ENCODED], safe="")
    return kept
