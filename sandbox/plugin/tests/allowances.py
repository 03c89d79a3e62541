"""Where ours and the recorded events differ and ours is right.

The key is `<event name> <path>` as a regular expression; the value says why.
"""

NOT_RECORDED: dict[str, str] = {
    r"CreateBucket requestParameters\.Host": "both recorded calls are older than this key, which every later one has",
    r"RunInstances requestParameters\.networkInterfaceSet\.items\[\]\.associatePublicIpAddress": (
        "recorded only in an event that is cut elsewhere, and so not among the trusted"
    ),
}

NOT_IN_OURS: dict[str, str] = {
    r"DeleteBucket additionalEventData\.vpcEndpointId": "the one recorded call went through a VPC endpoint",
    r"PutBucketAcl requestParameters\.accessControlList.*": "the one recorded call sent grants, ours a canned ACL",
}
