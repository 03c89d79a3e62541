"""CloudFront: the general shape; its functions' operations carry the API's date."""

from parapet_localemu.shapes.general import request_of, response_of
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

DATED = frozenset({"CreateFunction", "DeleteFunction", "PublishFunction", "UpdateFunction"})


def shape(call: Call) -> Shaped:
    name = f"{call.operation}2020_05_31" if call.operation in DATED else call.operation
    return Shaped(name, request_of(call), response_of(call))
