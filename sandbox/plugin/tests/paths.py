"""The key paths of an event and the JSON type at each: what the contract compares."""

from typing import Any

# Content, not form: whatever policy was put. And the caller's own tags.
OPAQUE = ("requestParameters.bucketPolicy",)
# Records of 2019 have these as arrays of one, and `host` in lower case.
ONCE_ARRAYS = frozenset({"Host", "policy", "acl", "x-amz-acl", "publicAccessBlock", "encryption", "logging"})

Paths = dict[str, set[str]]


def paths_of(value: Any, prefix: str = "") -> Paths:
    """Elements of arrays are one path `[]`."""
    found: Paths = {}
    _collect(value, prefix, found)
    return found


def _collect(value: Any, path: str, found: Paths) -> None:
    if path:
        found.setdefault(path, set()).add(type_of(value))
    if path in OPAQUE:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            name = "Host" if key == "host" else key
            if name in ONCE_ARRAYS and isinstance(item, list) and item:
                item = item[0] if isinstance(item[0], str) else ""
            _collect(item, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        for item in value:
            _collect(item, f"{path}[]", found)


def type_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return {str: "string", list: "array", dict: "object"}[type(value)]


def merged(many: list[Paths]) -> Paths:
    together: Paths = {}
    for paths in many:
        for path, types in paths.items():
            together.setdefault(path, set()).update(types)
    return together
