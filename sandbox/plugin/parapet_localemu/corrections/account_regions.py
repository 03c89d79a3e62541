"""Account Management's Regions, a service LocalEmu does not have: the default Regions on, the others off."""

import json
from typing import Any

BY_DEFAULT = (
    "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1"
    " eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2"
).split()
OPT_IN = (
    "af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6"
    " ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1"
).split()
STATUS = {name: "ENABLED_BY_DEFAULT" for name in BY_DEFAULT} | {name: "DISABLED" for name in OPT_IN}

LARGEST_PAGE = 50


def attach() -> None:
    from localemu.http import Response
    from localemu.services.edge import ROUTER

    def answer_list(request: Any, **_: Any) -> Response:
        return Response(json.dumps(page_of_regions(_body(request))), mimetype="application/json")

    def answer_status(request: Any, **_: Any) -> Response:
        name = _body(request).get("RegionName", "")
        if name in STATUS:
            answer = {"RegionName": name, "RegionOptStatus": STATUS[name]}
            return Response(json.dumps(answer), mimetype="application/json")
        refusal = Response(
            json.dumps({"message": f"unknown Region {name}"}), status=400, mimetype="application/json"
        )
        refusal.headers["x-amzn-errortype"] = "ValidationException"
        return refusal

    ROUTER.add(path="/listRegions", endpoint=answer_list, methods=["POST"])
    ROUTER.add(path="/getRegionOptStatus", endpoint=answer_status, methods=["POST"])


def page_of_regions(request: dict[str, Any]) -> dict[str, Any]:
    """One page of ListRegions; the token is the place of the next Region."""
    wanted = request.get("RegionOptStatusContains") or []
    regions = [
        {"RegionName": name, "RegionOptStatus": status}
        for name, status in sorted(STATUS.items())
        if not wanted or status in wanted
    ]
    start = int(request.get("NextToken") or 0)
    end = start + min(int(request.get("MaxResults") or LARGEST_PAGE), LARGEST_PAGE)
    page: dict[str, Any] = {"Regions": regions[start:end]}
    if end < len(regions):
        page["NextToken"] = str(end)
    return page


def _body(request: Any) -> dict[str, Any]:
    return json.loads(request.get_data() or b"{}")
