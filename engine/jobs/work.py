"""Everything that a node does by itself, in one call for a scheduler or a loop; but for what leaves it (outbox.py)."""

from __future__ import annotations

from engine.bus import Bus
from engine.jobs.batches import run_batches
from engine.jobs.calendars import run_calendar_changes
from engine.jobs.dispatcher import run_due


def work(bus: Bus) -> int:
    """Do a batch of what is due; returns how much there was (0: nothing more is due now)."""
    return run_due(bus) + run_batches(bus) + run_calendar_changes(bus)
