"""What is to come due for a task or a deadline, and what has to change in the table of jobs when that changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Alarm:
    """A row of the table of jobs as it should be: its kind, when it is due, what it is about."""

    kind: str
    due_at: datetime
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the table of jobs that waits; `of` is the task or deadline that it belongs to."""

    key: int
    of: int
    kind: str
    due_at: datetime
    payload: dict[str, Any]


Owner = tuple[int, int, str | None]  # the task or deadline, its case, and of a task the element


@dataclass(slots=True)
class Rearming:
    """The least that makes the waiting rows what they should be: which of them move and to when, which are called off,
    and what is missing."""

    moves: dict[int, datetime] = field(default_factory=dict)
    cancels: list[int] = field(default_factory=list)
    missing: list[tuple[Owner, Alarm]] = field(default_factory=list)

    def plan(self, of: Owner, waiting: Iterable[Waiting], wanted: Sequence[Alarm]) -> None:
        """Take note of what becomes of the rows of one task or deadline."""
        left = list(waiting)
        for alarm in wanted:
            same = next((w for w in left if w.kind == alarm.kind and w.payload == alarm.payload), None)
            if same is None:
                self.missing.append((of, alarm))
                continue
            left.remove(same)
            if same.due_at != alarm.due_at:
                self.moves[same.key] = alarm.due_at
        self.cancels += [w.key for w in left]
