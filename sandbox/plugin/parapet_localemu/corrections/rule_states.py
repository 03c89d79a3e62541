"""A rule's state: a disabled rule sees nothing, an enabled one no read-only CloudTrail events unless it asks."""

from typing import Any

from parapet_localemu.trail.classes import is_delivered_only_on_request
from parapet_localemu.trail.record import API_CALL

SEES_ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def attach() -> None:
    from localemu.services.events.provider import EventsProvider

    process = EventsProvider._process_rules

    def process_if_seen(
        self: Any, rule: Any, region: str, account: str, event: dict[str, Any], trace: Any
    ) -> None:
        if sees(rule.state, event):
            process(self, rule, region, account, _without_emulators_key(event), trace)

    EventsProvider._process_rules = process_if_seen


def sees(state: str | None, event: dict[str, Any]) -> bool:
    """`state` is absent on rules that were made without one: these are enabled."""
    if state == "DISABLED":
        return False
    if event.get("detail-type") != API_CALL:
        return True
    name = (event.get("detail") or {}).get("eventName", "")
    return state == SEES_ALL or not is_delivered_only_on_request(name)


def _without_emulators_key(event: dict[str, Any]) -> dict[str, Any]:
    """LocalEmu hands targets a key `event-bus-name` that no event on AWS has."""
    return {key: value for key, value in event.items() if key != "event-bus-name"}
