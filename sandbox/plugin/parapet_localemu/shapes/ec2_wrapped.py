"""EC2's newer operations: the SDK's names under `<Operation>Request`, the XML under `<Operation>Response`."""

from typing import Any

from botocore.model import Shape

from parapet_localemu.shapes.ec2_items import REMOVED
from parapet_localemu.shapes.general import scalar
from parapet_localemu.trail.call import Call
from parapet_localemu.trail.times import in_utc

NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"

WRAPPED = frozenset(
    (
        "CreateDefaultVpc CreateDefaultSubnet CreateFlowLogs CreateLaunchTemplate CreateLaunchTemplateVersion"
        " CreateTransitGateway CreateTransitGatewayVpcAttachment CreateVpcEndpoint"
        " CreateVpcEndpointServiceConfiguration DeleteFlowLogs DeleteLaunchTemplate DeleteTransitGateway"
        " DeleteTransitGatewayVpcAttachment DeleteVpcEndpoints DescribeFlowLogs DisableEbsEncryptionByDefault"
        " DisableFastSnapshotRestores DisableImageBlockPublicAccess DisableSerialConsoleAccess"
        " DisableSnapshotBlockPublicAccess EnableEbsEncryptionByDefault EnableImageBlockPublicAccess"
        " EnableSerialConsoleAccess EnableSnapshotBlockPublicAccess GetEbsEncryptionByDefault"
        " GetImageBlockPublicAccessState GetSerialConsoleAccessStatus GetSnapshotBlockPublicAccessState"
        " ModifyEbsDefaultKmsKeyId ModifyInstanceMetadataDefaults ModifyInstanceMetadataOptions"
        " ModifySecurityGroupRules ModifyTransitGateway ModifyVpcEndpoint ModifyVpcEndpointServicePermissions"
    ).split()
)
# EC2 abbreviates this wrapper.
WRAPPERS = {"DeleteTransitGatewayVpcAttachment": "DelTGwVpcAttachReq"}


def is_wrapped(operation: str) -> bool:
    return operation in WRAPPED


def wrapped_request(call: Call) -> dict[str, Any]:
    wrapper = WRAPPERS.get(call.operation, f"{call.operation}Request")
    return {wrapper: _request_element(call.request, call.model.input_shape)}


def wrapped_response(call: Call) -> dict[str, Any]:
    shape = call.model.output_shape
    content = _answer_element(call.response, shape) if shape else ""
    answer = {
        "xmlns": NAMESPACE,
        "requestId": call.request_id,
        **(content if isinstance(content, dict) else {}),
    }
    return {f"{call.operation}Response": answer}


def _request_element(value: Any, shape: Shape) -> Any:
    """Each element of a list carries its place as `tag`, a plain value sits beside it as `content`."""
    if shape.metadata.get("sensitive"):
        return REMOVED
    if shape.type_name == "list":
        tagged = [_tagged(_request_element(item, shape.member), place) for place, item in enumerate(value, 1)]
        return tagged[0] if len(tagged) == 1 else tagged
    if shape.type_name != "structure":
        return scalar(value, shape)
    named = {}
    for name, member in shape.members.items():
        if value.get(name) is None or (member.type_name == "list" and not value[name]):
            continue
        tag = member.serialization.get("name", name) if member.type_name == "list" else name
        named[tag[:1].upper() + tag[1:]] = _request_element(value[name], member)
    return named or ""


def _tagged(content: Any, place: int) -> dict[str, Any]:
    return {**content, "tag": place} if isinstance(content, dict) else {"tag": place, "content": content}


def _answer_element(value: Any, shape: Shape) -> Any:
    if shape.type_name == "list":
        elements = [_answer_element(item, shape.member) for item in value]
        if not elements:
            return ""
        return {"item": elements[0] if len(elements) == 1 else elements}
    if shape.type_name == "timestamp":
        return in_utc(value).strftime("%Y-%m-%dT%H:%M:%S.000Z") if hasattr(value, "strftime") else value
    if shape.type_name != "structure":
        return scalar(value, shape)
    named = {
        member.serialization.get("name", name): _answer_element(value[name], member)
        for name, member in shape.members.items()
        if value.get(name) is not None
    }
    return named or ""
