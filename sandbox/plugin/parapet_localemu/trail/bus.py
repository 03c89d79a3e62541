"""Puts records on the default bus of the account and Region they belong to, shortly after the call."""

import logging
import queue
import threading
import time
from typing import Any

from parapet_localemu.corrections.rule_states import sees
from parapet_localemu.trail.record import entry_of

LOG = logging.getLogger(__name__)

# AWS takes seconds. A moment is enough for the caller to have its answer before anyone reacts to it.
DELAY_SECONDS = 0.1


class Deliveries:
    """One thread delivers in the order of the calls, so that a caller never waits for a bus."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, record: dict[str, Any]) -> None:
        with self._start:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._deliver_all, name="cloudtrail-delivery", daemon=True
                )
                self._thread.start()
        self._waiting.put((time.monotonic() + DELAY_SECONDS, record))

    def _deliver_all(self) -> None:
        while True:
            due, record = self._waiting.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                _deliver(record)
            except Exception:
                LOG.exception("event %s was not delivered", record.get("eventName"))


def _deliver(record: dict[str, Any]) -> None:
    """What is read is seen by hardly any rule, and would keep the bus busier than all else."""
    account, region = record["recipientAccountId"], record["awsRegion"]
    entry = entry_of(record)
    event = {"detail-type": entry["DetailType"], "detail": record}
    if any(sees(state, event) for state in _states_of_rules(account, region)):
        put_on_bus(account, region, entry)


def _states_of_rules(account: str, region: str) -> list[str | None]:
    from localemu.services.events.models import events_stores

    bus = events_stores[account][region].event_buses.get("default")
    return [rule.state for rule in list(bus.rules.values())] if bus else []


def put_on_bus(account: str, region: str, entry: dict[str, Any]) -> None:
    from localemu.aws.connect import connect_to

    events = connect_to(aws_access_key_id=account, region_name=region).events
    events.put_events(Entries=[entry])


_DELIVERIES = Deliveries()
publish = _DELIVERIES.add
