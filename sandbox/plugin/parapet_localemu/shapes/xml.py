"""XML written as JSON the way CloudTrail does it: one element is an object, several are an array."""

from typing import Any

from botocore.model import Shape

from parapet_localemu.trail.times import in_utc


def document(value: Any, shape: Shape) -> Any:
    """An element without content is the empty string."""
    if shape.type_name == "structure":
        return _structure(value, shape)
    if shape.type_name == "list":
        items = [document(item, shape.member) for item in value]
        return items[0] if len(items) == 1 else items
    if shape.type_name == "timestamp":
        return in_utc(value).strftime("%Y-%m-%dT%H:%M:%S.000Z") if hasattr(value, "strftime") else value
    return value


def _structure(value: dict[str, Any], shape: Shape) -> Any:
    element: dict[str, Any] = {}
    for name, member in shape.members.items():
        content = value.get(name)
        if content is None:
            continue
        tag = member.serialization.get("name", name)
        if member.type_name != "list":
            element[tag] = document(content, member)
        elif not content:
            element[tag] = ""
        elif member.serialization.get("flattened"):
            element[tag] = document(content, member)
        else:
            element[tag] = {member.member.serialization.get("name", "member"): document(content, member)}
    namespace = shape.serialization.get("xmlNamespace")
    if isinstance(namespace, dict) and namespace.get("prefix"):
        element[f"xmlns:{namespace['prefix']}"] = namespace["uri"]
    return element or ""
