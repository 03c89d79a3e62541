"""PutRule refuses an event pattern it cannot read; kept, it would silence the bus's later rules."""

from typing import Any


def attach() -> None:
    from localemu.services.events.event_rule_engine import EventPatternCompiler
    from localemu.services.events.provider import EventsProvider

    put = EventsProvider.put_rule

    def put_readable_rule(self: Any, context: Any, name: str, **options: Any) -> Any:
        if options.get("event_pattern"):
            # Raises AWS's InvalidEventPatternException.
            EventPatternCompiler().compile_event_pattern(options["event_pattern"])
        return put(self, context, name, **options)

    EventsProvider.put_rule = put_readable_rule
