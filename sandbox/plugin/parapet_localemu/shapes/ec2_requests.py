"""Requests of EC2's older operations."""

import re
from collections.abc import Callable
from typing import Any

from botocore.model import Shape

from parapet_localemu.shapes.ec2_items import REMOVED, element, items
from parapet_localemu.shapes.general import lower_first, scalar
from parapet_localemu.trail.call import Call

# Lists of plain ids: the SDK's member -> the list's name and the name of the id in each item.
ID_LISTS = {
    "AllocationIds": ("allocationIdsSet", "allocationId"),
    "GroupIds": ("securityGroupIdSet", "groupId"),
    "ImageIds": ("imagesSet", "imageId"),
    "InstanceIds": ("instancesSet", "instanceId"),
    "InternetGatewayIds": ("internetGatewayIdSet", "internetGatewayId"),
    "KeyNames": ("keySet", "keyName"),
    "NetworkAclIds": ("networkAclIdSet", "networkAclId"),
    "NetworkInterfaceIds": ("networkInterfaceIdSet", "networkInterfaceId"),
    "Resources": ("resourcesSet", "resourceId"),
    "RouteTableIds": ("routeTableIdSet", "routeTableId"),
    "SecurityGroupIds": ("groupSet", "groupId"),
    "SecurityGroupRuleIds": ("securityGroupRuleIds", "securityGroupRuleId"),
    "SnapshotIds": ("snapshotSet", "snapshotId"),
    "SubnetIds": ("subnetSet", "subnetId"),
    "UserIds": ("userIds", "userId"),
    "VolumeIds": ("volumeSet", "volumeId"),
    "VpcIds": ("vpcSet", "vpcId"),
    "VpcPeeringConnectionIds": ("vpcPeeringConnectionIdSet", "vpcPeeringConnectionId"),
}

RENAMED_MEMBERS = {
    "BlockDeviceMappings": "blockDeviceMapping",
    "NetworkInterfaces": "networkInterfaceSet",
    "TagSpecifications": "tagSpecificationSet",
    "Tags": "tagSet",
}
RENAMED_IN_OPERATION = {
    ("CreateNetworkAclEntry", "Protocol"): "aclProtocol",
    ("CreateSecurityGroup", "Description"): "groupDescription",
    ("CreateVolume", "AvailabilityZone"): "zone",
    ("ModifyImageAttribute", "Attribute"): "attributeType",
    ("ModifySnapshotAttribute", "Attribute"): "attributeType",
    ("ReplaceNetworkAclEntry", "Protocol"): "aclProtocol",
}
# What EC2 records although the caller left it out.
DEFAULTS: dict[str, dict[str, Any]] = {
    "AuthorizeSecurityGroupEgress": {"ipPermissions": {}},
    "AuthorizeSecurityGroupIngress": {"ipPermissions": {}},
    "CreateNetworkAclEntry": {"icmpTypeCode": {}, "portRange": {}, "egress": False},
    "DeleteSnapshot": {"force": False},
    "ReplaceNetworkAclEntry": {"icmpTypeCode": {}, "portRange": {}, "egress": False},
    "RunInstances": {
        "blockDeviceMapping": {},
        "disableApiStop": False,
        "disableApiTermination": False,
        "monitoring": {"enabled": False},
    },
    "StopInstances": {"force": False},
}
IN_EACH_INSTANCE = ("imageId", "minCount", "maxCount", "keyName")


def request_of(call: Call) -> dict[str, Any]:
    request = {**DEFAULTS.get(call.operation, {}), **_described(call)}
    for name, member in call.model.input_shape.members.items():
        value = call.request.get(name)
        if value is not None:
            request |= _member(call.operation, name, value, member)
    return SPECIAL.get(call.operation, lambda request: request)(request)


def _member(operation: str, name: str, value: Any, member: Shape) -> dict[str, Any]:
    if name in ID_LISTS and member.type_name == "list":
        list_name, id_name = ID_LISTS[name]
        return {list_name: items([{id_name: item} for item in value])}
    if name == "Filters":
        return {"filterSet": items([_filter(item) for item in value])}
    if name == "TagSpecifications":
        return {"tagSpecificationSet": items([_tag_specification(item) for item in value])}
    if name == "UserData" or member.metadata.get("sensitive"):
        return {lower_first(name): REMOVED}
    key = RENAMED_IN_OPERATION.get((operation, name)) or RENAMED_MEMBERS.get(name) or lower_first(name)
    return {key: _permission_change(value, member) if name.endswith("Permission") else element(value, member)}


def _described(call: Call) -> dict[str, Any]:
    """A describing call shows empty lists for the ids and filters it was not given."""
    if not call.operation.startswith("Describe"):
        return {}
    members = call.model.input_shape.members
    ids = {ID_LISTS[name][0]: {} for name in members if name in ID_LISTS}
    return ids | ({"filterSet": {}} if "Filters" in members else {})


def _filter(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": value.get("Name"),
        "valueSet": items([{"value": item} for item in value.get("Values", [])]),
    }


def _tag_specification(value: dict[str, Any]) -> dict[str, Any]:
    tags = [{"key": tag.get("Key"), "value": tag.get("Value")} for tag in value.get("Tags", [])]
    return {"resourceType": value.get("ResourceType"), "tags": tags}


def _permission_change(value: dict[str, Any], member: Shape) -> dict[str, Any]:
    """Sharing: `{add: {items: [{userId}]}}`; `group` and `userId` are the names the SDK has too."""
    return {
        lower_first(name): items(
            [
                {lower_first(key): scalar(item, change.member) for key, item in entry.items()}
                for entry in value[name]
            ]
        )
        for name, change in member.members.items()
        if value.get(name) is not None
    }


def _run_instances(request: dict[str, Any]) -> dict[str, Any]:
    instance = {key: request.pop(key) for key in IN_EACH_INSTANCE if key in request}
    return {"instancesSet": items([instance]), **request}


def _snapshot_attribute(request: dict[str, Any]) -> dict[str, Any]:
    attribute = re.sub(
        r"(?<!^)(?=[A-Z])", "_", request.get("attributeType", "createVolumePermission")
    ).upper()
    return {**request, "attributeType": attribute}


def _image_attribute(request: dict[str, Any]) -> dict[str, Any]:
    return {"attributeType": "launchPermission", **request} if "launchPermission" in request else request


SPECIAL: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "ModifyImageAttribute": _image_attribute,
    "ModifySnapshotAttribute": _snapshot_attribute,
    "RunInstances": _run_instances,
}
