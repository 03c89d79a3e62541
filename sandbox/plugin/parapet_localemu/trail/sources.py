"""Which event source a call has in CloudTrail, and which Region and host it is recorded under."""

from botocore.model import ServiceModel

GLOBAL_REGION = "us-east-1"

# The endpoint prefix of most services is their event source; these differ.
SOURCE_BY_ENDPOINT_PREFIX = {
    "api.ecr": "ecr",
    "api.ecr-public": "ecr-public",
    "api.sagemaker": "sagemaker",
    "email": "ses",
    "s3-control": "s3",
    "streams.dynamodb": "dynamodb",
}

# Recorded in us-east-1 whatever Region the caller's client names. STS is not among them: its calls are recorded
# in the Region of the endpoint they were made to.
GLOBAL_SOURCES = frozenset(
    {
        "account",
        "budgets",
        "ce",
        "cloudfront",
        "ecr-public",
        "globalaccelerator",
        "health",
        "iam",
        "organizations",
        "route53",
        "route53domains",
        "shield",
        "support",
        "trustedadvisor",
        "waf",
    }
)


def event_source(service: ServiceModel) -> str:
    """The service prefix: `monitoring` for CloudWatch, `states` for Step Functions."""
    return SOURCE_BY_ENDPOINT_PREFIX.get(service.endpoint_prefix, service.endpoint_prefix)


def event_region(source: str, called_region: str) -> str:
    return GLOBAL_REGION if source in GLOBAL_SOURCES else called_region


def endpoint_host(source: str, region: str) -> str:
    if source in GLOBAL_SOURCES:
        return f"{source}.amazonaws.com"
    return f"{source}.{region}.amazonaws.com"
