"""How each service writes a request and a response into CloudTrail: SDK members in, record elements out. Pure."""

from collections.abc import Callable

from parapet_localemu.shapes import (
    cloudfront,
    ec2,
    general,
    iam,
    kms,
    lambda_,
    organizations,
    rds,
    s3,
    s3control,
    sts,
)
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call

SHAPERS: dict[str, Callable[[Call], Shaped]] = {
    "cloudfront": cloudfront.shape,
    "ec2": ec2.shape,
    "iam": iam.shape,
    "kms": kms.shape,
    "lambda": lambda_.shape,
    "organizations": organizations.shape,
    "rds": rds.shape,
    "s3": s3.shape,
    "s3control": s3control.shape,
    "sts": sts.shape,
}


def shape(call: Call) -> Shaped:
    return SHAPERS.get(call.service, general.shape)(call)
