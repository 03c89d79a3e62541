"""RDS: passwords as asterisks, and the answer without the element that wraps it."""

from typing import Any

from parapet_localemu.shapes.general import request_of, response_of
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

PASSWORDS = frozenset({"masterUserPassword", "tdeCredentialPassword"})
ASTERISKS = "****"


def shape(call: Call) -> Shaped:
    return Shaped(call.operation, _masked(request_of(call)), _masked(_unwrapped(response_of(call))))


def _masked(elements: dict[str, Any]) -> dict[str, Any]:
    return {key: ASTERISKS if key in PASSWORDS else value for key, value in elements.items()}


def _unwrapped(response: dict[str, Any]) -> dict[str, Any]:
    values = list(response.values())
    return values[0] if len(values) == 1 and isinstance(values[0], dict) else response
