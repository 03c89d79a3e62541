"""Puts records on the default bus of the account and Region they belong to, shortly after the call."""

import logging
import queue
import threading
import time
from typing import Any

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
                put_on_bus(record["recipientAccountId"], record["awsRegion"], entry_of(record))
            except Exception:
                LOG.exception("event %s was not delivered", record.get("eventName"))


def put_on_bus(account: str, region: str, entry: dict[str, Any]) -> None:
    from localemu.aws.connect import connect_to

    events = connect_to(aws_access_key_id=account, region_name=region).events
    events.put_events(Entries=[entry])


_DELIVERIES = Deliveries()
publish = _DELIVERIES.add
