"""S3 Control: the account's public access block is recorded as a call of S3, under its own names."""

from typing import Any

from parapet_localemu.shapes import general
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.shapes.xml import document
from parapet_localemu.trail.call import Call

NAMESPACE = "http://awss3control.amazonaws.com/doc/2018-08-20/"
EVENT_NAMES = {
    "DeletePublicAccessBlock": "DeleteAccountPublicAccessBlock",
    "GetPublicAccessBlock": "GetAccountPublicAccessBlock",
    "PutPublicAccessBlock": "PutAccountPublicAccessBlock",
}


def shape(call: Call) -> Shaped:
    name = EVENT_NAMES.get(call.operation)
    if name is None:
        return general.shape(call)
    host = f"{call.request.get('AccountId', call.account)}.s3-control.{call.region}.amazonaws.com"
    return Shaped(name, {"publicAccessBlock": "", "Host": host, **_body(call)}, host=host)


def _body(call: Call) -> dict[str, Any]:
    configuration = call.request.get("PublicAccessBlockConfiguration")
    if configuration is None:
        return {}
    member = call.model.input_shape.members["PublicAccessBlockConfiguration"]
    return {"PublicAccessBlockConfiguration": {"xmlns": NAMESPACE, **document(configuration, member)}}
