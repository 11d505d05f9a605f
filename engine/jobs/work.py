"""Everything that a node does by itself, in one call for a scheduler or a loop."""

from __future__ import annotations

from engine.bus import Bus
from engine.jobs.batches import run_batches
from engine.jobs.dispatcher import run_due
from engine.jobs.mail import send_mails
from engine.ports import Mailer


def work(bus: Bus, mailer: Mailer) -> int:
    """Do a batch of what is due; returns how much there was (0: nothing more is due now)."""
    return run_due(bus) + send_mails(bus, mailer) + run_batches(bus)
