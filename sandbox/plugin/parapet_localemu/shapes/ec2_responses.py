"""Answers of EC2's older operations: the names of its XML, with the request id first."""

from typing import Any

from parapet_localemu.shapes.ec2_items import element
from parapet_localemu.trail.call import Call

# Answers that say `return` without the SDK's model saying so.
ALSO_RETURN = frozenset({"CreateSecurityGroup"})
# Sizes are strings in EC2's records.
AS_STRING = frozenset({"size", "volumeSize"})


def response_of(call: Call) -> dict[str, Any]:
    shape = call.model.output_shape
    named = element(call.response, shape) if shape else {}
    named = {key: str(value) if key in AS_STRING else value for key, value in named.items()}
    returns = shape is None or "Return" in shape.members or call.operation in ALSO_RETURN
    return {"requestId": call.request_id, **({"_return": True} if returns else {}), **named}
