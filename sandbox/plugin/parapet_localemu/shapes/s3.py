"""S3: the request as it went over the wire - query flags, headers, and the body's XML as JSON."""

import json
from typing import Any
from urllib.parse import parse_qsl

from parapet_localemu.shapes.s3_names import EVENT_NAMES
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.shapes.xml import document
from parapet_localemu.trail.call import Call

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
SHOWN_HEADERS = frozenset({"x-amz-acl", "x-amz-object-ownership", "x-amz-bucket-object-lock-enabled"})
# An empty body that says something: logging is turned off with it. Elsewhere the parser found no body.
MEANT_WHEN_EMPTY = frozenset({"BucketLoggingStatus"})
GRANT_HEADER = "x-amz-grant-"
# What AWS adds to every S3 record. Nothing here is measured, only its form is AWS's.
ADDITIONAL = {
    "SignatureVersion": "SigV4",
    "CipherSuite": "TLS_AES_128_GCM_SHA256",
    "bytesTransferredIn": 0,
    "AuthenticationMethod": "AuthHeader",
    "x-amz-id-2": "local",
    "bytesTransferredOut": 0,
}


def shape(call: Call) -> Shaped:
    """Writes answer with headers only, so there never are response elements."""
    bucket = call.request.get("Bucket", "")
    host = f"{bucket}.s3.{call.region}.amazonaws.com" if bucket else f"s3.{call.region}.amazonaws.com"
    request = {
        **({"bucketName": bucket} if bucket else {}),
        "Host": host,
        **query_flags(call),
        **_headers(call),
        **_body(call),
    }
    resources = [{"accountId": call.account, "type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}"}]
    return Shaped(
        EVENT_NAMES.get(call.operation, call.operation),
        request,
        resources=resources if bucket else None,
        additional=ADDITIONAL,
        host=host,
    )


def query_flags(call: Call) -> dict[str, str]:
    """`?acl` is recorded as `"acl": ""`."""
    query = call.model.http["requestUri"].partition("?")[2]
    return {name: value for name, value in parse_qsl(query, keep_blank_values=True) if name != "x-id"}


def _headers(call: Call) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    grants: dict[str, str] = {}
    for name, member in call.model.input_shape.members.items():
        header = member.serialization.get("name", "")
        value = call.request.get(name)
        if value is None or member.serialization.get("location") != "header":
            continue
        if header.startswith(GRANT_HEADER):
            grants[header] = str(value)
        elif header in SHOWN_HEADERS:
            shown[header] = value
    return {**shown, **({"accessControlList": grants} if grants else {})}


def _body(call: Call) -> dict[str, Any]:
    payload = call.model.input_shape.serialization.get("payload")
    content = call.request.get(payload) if payload else None
    if content is None or (content == {} and payload not in MEANT_WHEN_EMPTY):
        return {}
    member = call.model.input_shape.members[payload]
    if payload == "Policy":
        return {"bucketPolicy": _parsed(content)}
    if member.type_name != "structure":
        return {}
    body = document(content, member)
    root = member.serialization.get("name", payload)
    return {root: {"xmlns": NAMESPACE, **(body if isinstance(body, dict) else {})}}


def _parsed(policy: Any) -> Any:
    """A bucket policy is recorded as an object; one that is no JSON as nothing."""
    try:
        return json.loads(policy)
    except (TypeError, ValueError):
        return {}
