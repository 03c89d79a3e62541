"""Watches the gateway's answers and publishes each management call as a CloudTrail event."""

import logging
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from parapet_localemu.trail.bus import publish
from parapet_localemu.trail.call import Call, Failure
from parapet_localemu.trail.callers import caller_of
from parapet_localemu.trail.classes import is_data_event
from parapet_localemu.trail.record import record_for_owner, record_of

LOG = logging.getLogger(__name__)

# An emulator that fails or does not know an operation says nothing about what AWS would record.
SERVER_ERROR = 500


def attach() -> None:
    """LocalEmu's own events are a minute late and in the SDK's form: they are no longer published."""
    from localemu.aws.handlers import run_custom_response_handlers
    from localemu.services.cloudtrail import event_store, recording_hook

    create = event_store.create_event_from_context

    def create_with_our_id(*args: Any, **kwargs: Any) -> Any:
        event = create(*args, **kwargs)
        event.event_id = event_id_of(event.request_id)
        return event

    event_store.create_event_from_context = create_with_our_id
    recording_hook._emit_cloudtrail_to_eventbridge = lambda **_: None
    run_custom_response_handlers.append(record_answer)


def record_answer(_chain: Any, context: Any, response: Any) -> None:
    """A response handler. A call that cannot be recorded is still answered."""
    try:
        if not _is_recorded(context, response):
            return
        call = call_seen(context, datetime.now(UTC))
        if call is not None:
            _publish_to_all_concerned(call)
    except Exception:
        LOG.exception("no CloudTrail event for %s", getattr(context.operation, "name", "?"))


def event_id_of(request_id: str) -> str:
    """The same in `LookupEvents`, which LocalEmu fills, as on the bus."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, request_id))


def call_seen(context: Any, now: datetime) -> Call | None:
    from localemu.utils.aws.request_context import extract_access_key_id_from_auth_header

    headers = context.request.headers
    caller = caller_of(
        extract_access_key_id_from_auth_header(headers) or "", context.account_id, context.region
    )
    if caller is None:
        return None
    error = context.service_exception
    answer = context.service_response
    return Call(
        model=context.operation,
        request=dict(context.service_request or {}),
        response=dict(answer) if isinstance(answer, dict) and not error else {},
        caller=caller,
        account=context.account_id,
        region=context.region,
        time=now,
        request_id=str(context.request_id),
        event_id=event_id_of(str(context.request_id)),
        failure=Failure(str(getattr(error, "code", "") or type(error).__name__), str(error))
        if error
        else None,
        source_address=context.request.remote_addr or "127.0.0.1",
        user_agent=headers.get("User-Agent", ""),
    )


def _is_recorded(context: Any, response: Any) -> bool:
    from localemu.services.cloudtrail.recording_hook import INTERNAL_CALL_USER_AGENT_EXTRA

    if not (context.service and context.operation and context.account_id):
        return False
    if context.is_internal_call or INTERNAL_CALL_USER_AGENT_EXTRA in context.request.headers.get(
        "User-Agent", ""
    ):
        return False
    if response.status_code >= SERVER_ERROR:
        return False
    return not is_data_event(context.service.service_name, context.operation.name)


def _publish_to_all_concerned(call: Call) -> None:
    """A role assumed across accounts is recorded in both, under one `sharedEventID`."""
    owner = _role_owner(call)
    if owner in {None, call.account} or not call.succeeded:
        publish(record_of(call))
        return
    record = record_of(replace(call, shared_event_id=str(uuid.uuid4())))
    publish(record)
    publish(record_for_owner(record, call, owner, str(uuid.uuid4())))


def _role_owner(call: Call) -> str | None:
    arn = call.request.get("RoleArn", "") if call.operation == "AssumeRole" else ""
    return arn.split(":")[4] if arn.count(":") >= 5 else None
