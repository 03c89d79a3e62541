"""The shape of most services: the SDK's members with the first letter in lower case, secrets blanked."""

from datetime import datetime
from typing import Any

from botocore.model import Shape

from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call
from parapet_localemu.trail.classes import is_read_only
from parapet_localemu.trail.times import spoken

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"


def shape(call: Call) -> Shaped:
    return Shaped(call.operation, request_of(call), response_of(call))


def request_of(call: Call) -> dict[str, Any]:
    return lowered(call.request, call.model.input_shape) or {}


def response_of(call: Call) -> dict[str, Any]:
    """Empty for a call that only reads: CloudTrail does not repeat what was read."""
    if is_read_only(call.operation):
        return {}
    return lowered(call.response, call.model.output_shape) or {}


def lowered(value: Any, shape: Shape | None) -> Any:
    """`value` with the member names of its structures lowered; the keys of maps are data and stay."""
    if shape is None:
        return None
    if shape.metadata.get("sensitive"):
        return HIDDEN
    if shape.type_name == "structure" and isinstance(value, dict):
        return {
            lower_first(name): lowered(value[name], member)
            for name, member in shape.members.items()
            if value.get(name) is not None
        }
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: lowered(item, shape.value) for key, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list | tuple):
        return [lowered(item, shape.member) for item in value]
    return scalar(value, shape)


def scalar(value: Any, shape: Shape) -> Any:
    """A value that JSON can hold. Binary content is left out by CloudTrail; its place stays empty."""
    if isinstance(value, datetime):
        return spoken(value)
    if shape.type_name == "blob" or isinstance(value, bytes):
        return ""
    if shape.type_name in {"integer", "long"} and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if shape.type_name == "boolean" and isinstance(value, str):
        return value.lower() == "true"
    if shape.type_name == "string" and not isinstance(value, str):
        return str(value)
    return value


def lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]
