"""What kind of event a call is: read or write, management or data."""

import re

# GetFederationToken and GetSessionToken hand out credentials; AWS counts them as changes.
CHANGES_NAMED_LIKE_READS = frozenset({"GetFederationToken", "GetSessionToken"})

READ_VERBS = re.compile(
    r"^(Get|List|Describe|BatchGet|BatchDescribe|Check|Detect|Discover|Download|Estimate|Filter|Head|Lookup|Preview"
    r"|Query|Scan|Search|Select|Simulate|Test|Validate|Verify(?=DomainDkim)|View|Decode|AssumeRole)"
)

DELIVERED_ONLY_ON_REQUEST = re.compile(r"^(Get|List|Describe)")

# Data events, and calls CloudTrail never records. A rule on the default bus that saw them would be woken
# by its own targets' work.
DATA_OPERATIONS = {
    "s3": re.compile(
        r"^(Get|Put|Delete|Copy|Head|Restore|Rename|Update)Object(s|Tagging|Acl|Attributes|Torrent|Retention|LegalHold"
        r"|Annotation|Encryption)?$"
        r"|^(ListObjects|ListObjectsV2|ListObjectVersions|HeadBucket|SelectObjectContent|WriteGetObjectResponse)$"
        r"|^(Create|Complete|Abort)MultipartUpload$|^UploadPart(Copy)?$|^List(Parts|MultipartUploads)$|^CreateSession$"
    ),
    "sqs": re.compile(r"^(Send|Receive|Delete)Message(Batch)?$|^ChangeMessageVisibility(Batch)?$"),
    "sns": re.compile(r"^Publish(Batch)?$"),
    "lambda": re.compile(r"^Invoke"),
    "dynamodb": re.compile(
        r"^(Put|Get|Update|Delete)Item$|^Batch(Get|Write)Item$|^Transact(Get|Write)Items$|^(Query|Scan)$"
        r"|^(BatchExecute|Execute)Statement$|^ExecuteTransaction$"
    ),
    "dynamodbstreams": re.compile(r"^Get"),
    "kinesis": re.compile(r"^(PutRecords?|GetRecords|GetShardIterator|SubscribeToShard)$"),
    "firehose": re.compile(r"^PutRecord(Batch)?$"),
    "events": re.compile(r"^PutEvents$"),
    "logs": re.compile(r"^(PutLogEvents|GetLogEvents|FilterLogEvents|StartLiveTail)$"),
    "cloudwatch": re.compile(r"^(PutMetricData|GetMetricData|GetMetricStatistics)$"),
    # Management events on AWS, and by far the noisiest: rules there have to exclude them.
    "kms": re.compile(
        r"^(Encrypt|Decrypt|ReEncrypt|GenerateDataKey.*|GenerateMac|VerifyMac|Sign|Verify|GenerateRandom)$"
    ),
    "stepfunctions": re.compile(r"^(GetActivityTask|SendTask.*|StartSyncExecution)$"),
    "xray": re.compile(r"^Put"),
    "ssm": re.compile(r"^(OpenDataChannel|UpdateInstanceInformation)$"),
}


def is_read_only(operation: str) -> bool:
    """CloudTrail's `readOnly`, by the operation's verb."""
    return operation not in CHANGES_NAMED_LIKE_READS and READ_VERBS.match(operation) is not None


def is_delivered_only_on_request(event_name: str) -> bool:
    """Whether only rules in state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS see the event.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
    """
    return (
        event_name not in CHANGES_NAMED_LIKE_READS and DELIVERED_ONLY_ON_REQUEST.match(event_name) is not None
    )


def is_data_event(service: str, operation: str) -> bool:
    pattern = DATA_OPERATIONS.get(service)
    return pattern is not None and pattern.match(operation) is not None
