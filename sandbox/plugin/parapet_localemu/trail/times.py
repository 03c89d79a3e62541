"""The ways CloudTrail writes a moment."""

from datetime import UTC, datetime


def in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def iso(moment: datetime) -> str:
    """`2021-01-11T09:56:30Z`, as in `eventTime`."""
    return in_utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def spoken(moment: datetime) -> str:
    """`Jan 11, 2021, 9:56:30 AM`, as in the request and response of most services."""
    moment = in_utc(moment)
    hour = moment.hour % 12 or 12
    return f"{moment:%b} {moment.day}, {moment.year}, {hour}:{moment:%M:%S %p}"


def milliseconds(moment: datetime) -> int:
    """Since 1970, as in the responses of EC2."""
    return int(in_utc(moment).timestamp() * 1000)
