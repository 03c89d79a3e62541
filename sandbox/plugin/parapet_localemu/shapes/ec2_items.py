"""EC2 values: lists as `{items: [...]}`, an empty list as `{}`, moments in milliseconds."""

from datetime import datetime
from typing import Any

from botocore.model import Shape

from parapet_localemu.shapes.general import lower_first, scalar
from parapet_localemu.trail.times import milliseconds

REMOVED = "<sensitiveDataRemoved>"

# Lists EC2 records as empty where the caller gave none.
EMPTY_WHEN_ABSENT = {
    "IpPermission": ("groups", "ipRanges", "ipv6Ranges", "prefixListIds"),
}
# Members for which EC2's own word differs from the one in the SDK's model.
RENAMED = {
    ("IpPermission", "UserIdGroupPairs"): "groups",
    ("Volume", "AvailabilityZone"): "zone",
}

# Lists of plain ids within a structure: the list's name and the name of the id in each item.
ID_LISTS_WITHIN = {
    ("InstanceNetworkInterfaceSpecification", "Groups"): ("groupSet", "groupId"),
}


def items(values: list[Any]) -> dict[str, Any]:
    return {"items": values} if values else {}


def element(value: Any, shape: Shape) -> Any:
    """`value` under the names of EC2's own XML, as its answers have them and most requests too."""
    if shape.metadata.get("sensitive"):
        return REMOVED
    if shape.type_name == "structure" and isinstance(value, dict):
        return structure(value, shape)
    if shape.type_name == "list" and isinstance(value, list | tuple):
        return items([element(item, shape.member) for item in value])
    if isinstance(value, datetime):
        return milliseconds(value)
    return scalar(value, shape)


def structure(value: dict[str, Any], shape: Shape) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for name, member in shape.members.items():
        content = value.get(name)
        if content is None:
            continue
        if (shape.name, name) in ID_LISTS_WITHIN:
            list_name, id_name = ID_LISTS_WITHIN[shape.name, name]
            named[list_name] = items([{id_name: item} for item in content])
        else:
            named[name_of(shape, name, member)] = element(content, member)
    return named | {name: {} for name in EMPTY_WHEN_ABSENT.get(shape.name, ()) if name not in named}


def name_of(parent: Shape, name: str, member: Shape) -> str:
    own = RENAMED.get((parent.name, name)) or member.serialization.get("name") or name
    # `return` is a word of Java, in which EC2 builds its records.
    return "_return" if own == "return" else lower_first(own)
