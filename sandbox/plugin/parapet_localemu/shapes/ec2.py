"""EC2: older operations in its internal names with lists as `{items}`, newer ones as their XML under a wrapper."""

from typing import Any

from parapet_localemu.shapes.ec2_requests import request_of
from parapet_localemu.shapes.ec2_responses import response_of
from parapet_localemu.shapes.ec2_wrapped import is_wrapped, wrapped_request, wrapped_response
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call
from parapet_localemu.trail.classes import is_read_only


def shape(call: Call) -> Shaped:
    wrapped = is_wrapped(call.operation)
    request = wrapped_request(call) if wrapped else request_of(call)
    response: dict[str, Any] | None = None
    if call.succeeded and not is_read_only(call.operation):
        response = wrapped_response(call) if wrapped else response_of(call)
    return Shaped(call.operation, request, response)
