"""What Firehose writes to S3: folders by expressions, gzip, and what a function refused apart.

LocalEmu writes all records below `<prefix>/YYYY/MM/DD/HH/`, as they are.
https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
"""

import base64
import gzip
import json
import re
import uuid
from datetime import UTC, datetime
from typing import Any

# Java's letters in a timestamp expression, longest first.
JAVA_LETTERS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M"}
EXPRESSION = re.compile(r"!\{(timestamp|firehose):([^}]+)\}")
DEFAULT_FOLDER = "!{timestamp:yyyy/MM/dd/HH}/"


def attach() -> None:
    from localemu.services.firehose.provider import FirehoseProvider

    FirehoseProvider._put_records_to_s3_bucket = _put


def folder_of(prefix: str, at: datetime, error: str | None = None) -> str:
    """A prefix with its expressions worked out; one without a timestamp is followed by the hour."""
    written = prefix if "!{timestamp:" in prefix else prefix + DEFAULT_FOLDER

    def worked_out(match: re.Match[str]) -> str:
        space, expression = match.groups()
        if space == "timestamp":
            for letters, directive in JAVA_LETTERS.items():
                expression = expression.replace(letters, directive)
            return at.strftime(expression)
        if expression == "error-output-type":
            return error or ""
        return uuid.uuid4().hex[:11]

    return EXPRESSION.sub(worked_out, written)


def _put(_self: Any, stream_name: str, records: list[dict[str, Any]], destination: dict[str, Any]) -> None:
    now = datetime.now(tz=UTC)
    made = [_data(one) for one in records if one.get("result", "Ok") == "Ok"]
    failed = [one for one in records if one.get("result") == "ProcessingFailed"]
    name = f"{stream_name}-1-{now:%Y-%m-%d-%H-%M-%S}-{uuid.uuid4()}"
    client = _client(stream_name, destination)
    bucket = destination["BucketARN"].split(":")[-1]
    if made:
        body = b"".join(made)
        is_gzip = destination.get("CompressionFormat") == "GZIP"
        client.put_object(
            Bucket=bucket,
            Key=folder_of(destination.get("Prefix") or "", now) + name + (destination.get("FileExtension") or ""),
            Body=gzip.compress(body) if is_gzip else body,
        )
    if failed:
        prefix = destination.get("ErrorOutputPrefix") or ""
        lines = [json.dumps(_refusal(one, now)) + "\n" for one in failed]
        client.put_object(
            Bucket=bucket,
            Key=folder_of(prefix, now, "processing-failed") + name,
            Body="".join(lines).encode(),
        )


def _data(record: dict[str, Any]) -> bytes:
    return base64.b64decode(record.get("Data") or record.get("data") or b"")


def _refusal(record: dict[str, Any], now: datetime) -> dict[str, Any]:
    milliseconds = int(now.timestamp() * 1000)
    return {
        "attemptsMade": 1,
        "arrivalTimestamp": milliseconds,
        "attemptEndingTimestamp": milliseconds,
        "errorCode": "Lambda.ProcessingFailedStatus",
        "errorMessage": "ProcessingFailed status set for record",
        "rawData": base64.b64encode(_data(record)).decode(),
    }


def _client(stream_name: str, destination: dict[str, Any]) -> Any:
    from localemu.aws.connect import connect_to
    from localemu.utils.aws.client_types import ServicePrincipal

    role = destination.get("RoleARN")
    factory = (
        connect_to.with_assumed_role(role_arn=role, service_principal=ServicePrincipal.firehose)
        if role
        else connect_to()
    )
    return factory.s3.request_metadata(source_arn=stream_name, service_principal=ServicePrincipal.firehose)
