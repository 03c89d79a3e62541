"""Organizations: who owns an account is shown as asterisks."""

from typing import Any

from parapet_localemu.shapes.general import HIDDEN, request_of, response_of
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

ASTERISKS = "****"


def shape(call: Call) -> Shaped:
    return Shaped(call.operation, _masked(request_of(call)), _masked(response_of(call)))


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return ASTERISKS if value == HIDDEN else value
