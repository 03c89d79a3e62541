"""A call as a CloudTrail record and as the EventBridge event that carries it. Pure."""

import json
from typing import Any

from parapet_localemu.shapes import shape
from parapet_localemu.shapes.shaped import Shaped
from parapet_localemu.trail.call import Call
from parapet_localemu.trail.classes import is_read_only
from parapet_localemu.trail.errors import error_code, hides_request
from parapet_localemu.trail.identity import seen_from_another_account, user_identity
from parapet_localemu.trail.sources import endpoint_host, event_region, event_source
from parapet_localemu.trail.times import iso

EVENT_VERSION = "1.11"
API_CALL = "AWS API Call via CloudTrail"
SERVICE_EVENT = "AWS Service Event via CloudTrail"


def record_of(call: Call) -> dict[str, Any]:
    """The record as the caller's account sees it."""
    shaped = shape(call)
    source = event_source(call.model.service_model)
    region = event_region(source, call.region)
    record: dict[str, Any] = {
        "eventVersion": EVENT_VERSION,
        "userIdentity": user_identity(call.caller),
        "eventTime": iso(call.time),
        "eventSource": f"{source}.amazonaws.com",
        "eventName": shaped.event_name,
        "awsRegion": region,
        "sourceIPAddress": call.source_address,
        "userAgent": call.user_agent,
        **_failure(call, source),
        **_elements(call, shaped, source),
        "requestID": call.request_id,
        "eventID": call.event_id,
        "readOnly": is_read_only(call.operation),
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": call.account,
        "eventCategory": "Management",
        "tlsDetails": {
            "tlsVersion": "TLSv1.3",
            "cipherSuite": "TLS_AES_128_GCM_SHA256",
            "clientProvidedHostHeader": shaped.host or endpoint_host(source, region),
        },
    }
    if call.shared_event_id:
        record["sharedEventID"] = call.shared_event_id
    return record


def record_for_owner(record: dict[str, Any], call: Call, owner: str, event_id: str) -> dict[str, Any]:
    """The same call as the account sees it that owns the resource and did not make the call."""
    return {
        **record,
        "userIdentity": seen_from_another_account(call.caller),
        "eventID": event_id,
        "recipientAccountId": owner,
    }


def entry_of(record: dict[str, Any]) -> dict[str, Any]:
    """The record as an entry for PutEvents on the recipient's default bus."""
    return {
        "Source": f"aws.{record['eventSource'].removesuffix('.amazonaws.com')}",
        "DetailType": SERVICE_EVENT if record["eventType"] == "AwsServiceEvent" else API_CALL,
        "Time": record["eventTime"],
        "Resources": [],
        "Detail": json.dumps(record),
    }


def _failure(call: Call, source: str) -> dict[str, str]:
    if call.failure is None:
        return {}
    return {"errorCode": error_code(source, call.failure.code), "errorMessage": call.failure.message}


def _elements(call: Call, shaped: Shaped, source: str) -> dict[str, Any]:
    hidden = call.failure is not None and hides_request(source, call.failure.code)
    elements: dict[str, Any] = {
        "requestParameters": None if hidden else shaped.request or None,
        "responseElements": shaped.response or None if call.succeeded else None,
    }
    if shaped.additional is not None:
        elements["additionalEventData"] = shaped.additional
    if shaped.resources and call.succeeded:
        elements["resources"] = shaped.resources
    return elements
