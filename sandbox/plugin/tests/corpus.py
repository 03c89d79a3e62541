"""Recorded CloudTrail events: the shared corpus where it is, else the few carried as fixtures."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARED = HERE.parents[2].parent / "shared" / "cloudtrail"
FIXTURES = HERE / "fixtures" / "recorded.ndjson"
# Events written or cut by hand say nothing about what AWS does.
TRUSTED = frozenset({"recorded", "recorded-redacted", "well-formed"})

Event = dict[str, Any]


def is_shared() -> bool:
    return (SHARED / "manifest.json").is_file()


def recorded() -> list[Event]:
    return list(_shared_events() if is_shared() else _lines(FIXTURES))


def _shared_events() -> Iterator[Event]:
    for path in sorted((SHARED / "events").glob("*.ndjson")):
        labels = _lines(SHARED / "labels" / path.name)
        for event, label in zip(_lines(path), labels, strict=True):
            if label["quality"] in TRUSTED:
                yield event


def _lines(path: Path) -> Iterator[Event]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line_event = json.loads(line)
            line_event.pop("_source", None)
            yield line_event
