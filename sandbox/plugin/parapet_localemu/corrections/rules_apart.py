"""The rules of a bus work apart from each other. LocalEmu works through them in the order they were made: one waits for
the targets of all before it, and for their retries.
"""

import threading
from typing import Any


def attach() -> None:
    from localemu.services.events import provider
    from localemu.services.events.provider import EventsProvider

    process = EventsProvider._process_rules

    def process_apart(self: Any, rule: Any, region: str, account: str, event: Any, trace: Any) -> None:
        if provider.matches_event(rule.event_pattern, event):
            work = (self, rule, region, account, event, trace)
            threading.Thread(target=process, args=work, name=f"rule-{rule.name}", daemon=True).start()

    EventsProvider._process_rules = process_apart
