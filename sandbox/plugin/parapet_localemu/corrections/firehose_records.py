"""Firehose gives each record an id before it hands it to a function; LocalEmu leaves it out."""

import secrets
from typing import Any


def attach() -> None:
    from localemu.services.firehose.provider import FirehoseProvider

    add_others = FirehoseProvider._add_missing_record_attributes

    def add_missing_record_attributes(self: Any, records: list[dict[str, Any]]) -> None:
        for record in records:
            record.setdefault("recordId", f"{secrets.randbelow(10**56):056d}")
        add_others(self, records)

    FirehoseProvider._add_missing_record_attributes = add_missing_record_attributes
