"""Another node that shares the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Peer:
    """What a node says of itself (`about`: host, version, works), and when it was heard last, in seconds of this
    machine's monotonic clock."""

    node: str
    about: dict[str, Any]
    heard: float
