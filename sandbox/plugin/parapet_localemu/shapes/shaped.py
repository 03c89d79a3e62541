"""What a service's shaper says about a call."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shaped:
    """Empty `request` and `response` become null. `host` is empty where the endpoint's usual host serves."""

    event_name: str
    request: dict[str, Any] | None
    response: dict[str, Any] | None = None
    resources: list[dict[str, str]] | None = None
    additional: dict[str, Any] | None = None
    host: str = ""
