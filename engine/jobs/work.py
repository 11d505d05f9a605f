"""Everything that a node does by itself, in one call for a scheduler or a loop; but for what leaves it (outbox.py)."""

from __future__ import annotations

from collections.abc import Callable

from engine.bus import Bus
from engine.jobs.batches import run_batches
from engine.jobs.calendars import run_calendar_changes
from engine.jobs.dispatcher import run_due


def work(bus: Bus, due: Callable[[Bus], int] = run_due) -> int:
    """Do a batch of what is due; returns how much there was (0: nothing more is due now). `due` sees to due rows of the
    job table: in a cluster it gives them to the queue."""
    return due(bus) + run_batches(bus) + run_calendar_changes(bus)
