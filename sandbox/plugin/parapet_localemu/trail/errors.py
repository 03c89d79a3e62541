"""How CloudTrail names an error that the SDK names otherwise."""

# IAM's exceptions carry their class name in CloudTrail, a shorter code on the wire.
SHORT_IN_IAM = frozenset(
    {
        "EntityAlreadyExists",
        "NoSuchEntity",
        "DeleteConflict",
        "LimitExceeded",
        "MalformedPolicyDocument",
        "InvalidInput",
    }
)

ACCESS_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})

# These show what was asked for even when the caller may not ask for it.
SHOW_DENIED_REQUESTS = frozenset({"ec2", "s3", "sts"})


def error_code(source: str, code: str) -> str:
    if source == "ec2":
        code = "UnauthorizedOperation" if code in ACCESS_DENIED else code
        return code if code.startswith(("Client.", "Server.")) else f"Client.{code}"
    if source == "iam" and code in SHORT_IN_IAM:
        return f"{code}Exception"
    return "AccessDenied" if code == "AccessDeniedException" else code


def hides_request(source: str, code: str) -> bool:
    """Most services leave `requestParameters` null in the record of a call they did not permit."""
    return source not in SHOW_DENIED_REQUESTS and code in ACCESS_DENIED
