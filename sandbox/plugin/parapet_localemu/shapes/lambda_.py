"""Lambda: names that carry the API's date; code and environment values left out."""

from typing import Any

from parapet_localemu.shapes.general import request_of, response_of
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

# Operations that are not listed, such as the function URL's, carry no date.
DATES = {
    "20150331": (
        "CreateAlias CreateEventSourceMapping CreateFunction DeleteAlias DeleteEventSourceMapping DeleteFunction"
        " GetAlias GetEventSourceMapping ListAliases ListEventSourceMappings ListFunctions ListVersionsByFunction"
        " PublishVersion UpdateAlias UpdateEventSourceMapping"
    ),
    "20150331v2": (
        "AddPermission GetFunction GetFunctionConfiguration GetPolicy RemovePermission UpdateFunctionCode"
        " UpdateFunctionConfiguration"
    ),
    "20160819": "GetAccountSettings",
    "20170331": "ListTags",
    "20170331v2": "TagResource UntagResource",
    "20171031": "DeleteFunctionConcurrency PutFunctionConcurrency",
    "20181031": (
        "AddLayerVersionPermission DeleteLayerVersion GetLayerVersion ListLayerVersions ListLayers PublishLayerVersion"
        " RemoveLayerVersionPermission"
    ),
}
DATE_OF = {operation: date for date, operations in DATES.items() for operation in operations.split()}

LEFT_OUT = frozenset({"zipFile", "code", "content"})


def shape(call: Call) -> Shaped:
    name = call.operation + DATE_OF.get(call.operation, "")
    return Shaped(name, _public(request_of(call)), _public(response_of(call)))


def _public(elements: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in elements.items() if key not in LEFT_OUT}
    if "environment" in kept:
        kept["environment"] = {}
    return kept
