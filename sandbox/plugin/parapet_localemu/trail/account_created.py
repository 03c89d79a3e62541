"""CreateAccountResult: the event by which an organization learns that a new account is ready."""

import uuid
from datetime import UTC, datetime
from typing import Any

from parapet_localemu.trail.bus import publish
from parapet_localemu.trail.record import EVENT_VERSION
from parapet_localemu.trail.sources import GLOBAL_REGION
from parapet_localemu.trail.times import iso, spoken

SOURCE = "organizations.amazonaws.com"


def attach() -> None:
    """After the recorder, so that the call is published before its result."""
    from localemu.aws.handlers import run_custom_response_handlers

    run_custom_response_handlers.append(announce)


def announce(_chain: Any, context: Any, _response: Any) -> None:
    if not context.operation or context.operation.name not in {"CreateAccount", "CreateGovCloudAccount"}:
        return
    status = (context.service_response or {}).get("CreateAccountStatus") or {}
    if context.service_exception or status.get("State") != "SUCCEEDED":
        return
    publish(created_record(context.account_id, status, datetime.now(UTC), str(uuid.uuid4())))


def created_record(management: str, status: dict[str, Any], now: datetime, event_id: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/organizations/latest/userguide/orgs_security_incident-response.html"""
    return {
        "eventVersion": EVENT_VERSION,
        "userIdentity": {"accountId": management, "invokedBy": SOURCE},
        "eventTime": iso(now),
        "eventSource": SOURCE,
        "eventName": "CreateAccountResult",
        "awsRegion": GLOBAL_REGION,
        "sourceIPAddress": SOURCE,
        "userAgent": SOURCE,
        "requestParameters": None,
        "responseElements": None,
        "eventID": event_id,
        "readOnly": False,
        "eventType": "AwsServiceEvent",
        "managementEvent": True,
        "serviceEventDetails": {
            "createAccountStatus": {
                "id": status.get("Id"),
                "state": status.get("State"),
                "accountName": "****",
                "accountId": status.get("AccountId"),
                "requestedTimestamp": spoken(now),
                "completedTimestamp": spoken(now),
            }
        },
        "recipientAccountId": management,
        "eventCategory": "Management",
    }
