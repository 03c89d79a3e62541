"""STS: a session's credentials without what would let a reader use them."""

from parapet_localemu.shapes.general import HIDDEN, lowered, request_of
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

HANDS_OUT_CREDENTIALS = frozenset(
    {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "GetFederationToken", "GetSessionToken"}
)


def shape(call: Call) -> Shaped:
    if call.operation not in HANDS_OUT_CREDENTIALS:
        return Shaped(call.operation, request_of(call))
    # Unlike other reads, AssumeRole shows its answer: whoever follows a session needs its access key id.
    response = lowered(call.response, call.model.output_shape) or {}
    credentials = response.get("credentials")
    if credentials:
        credentials.pop("secretAccessKey", None)
        credentials["sessionToken"] = HIDDEN
    return Shaped(call.operation, request_of(call), response, resources=_role(call))


def _role(call: Call) -> list[dict[str, str]] | None:
    arn = call.request.get("RoleArn")
    return [{"accountId": arn.split(":")[4], "type": "AWS::IAM::Role", "ARN": arn}] if arn else None
