"""One thing that happened to a process instance, before it is written to history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Event:
    """`data` is JSON-able and complete in itself."""

    type: str
    element_id: str | None = None
    element_instance_key: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
