"""Times that are written down and have passed."""

from __future__ import annotations

from datetime import datetime

from engine.calendar.errors import CalendarError
from engine.calendar.timers import due_of_date
from engine.execution.expressions import is_feel
from engine.execution.lint.manual import ZONE
from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.model.diagram import Process


def advise_times(process: Process, now: datetime, faults: FaultList) -> None:
    """Note every timer whose date lies before `now`: it fires at once, each time."""
    for node in process.nodes.values():
        for event in events_of(node):
            text = event.expression
            if event.timer == "date" and text is not None and not is_feel(text) and _has_passed(text, now):
                faults.warn(
                    node.id, "timer-past", f"เวลา {text} ผ่านไปแล้ว ตัวจับเวลาจะทำงานทันทีทุกครั้ง",
                    f"{text} has passed: the timer fires at once, each time.",
                )  # fmt: skip


def _has_passed(text: str, now: datetime) -> bool:
    try:
        return due_of_date(text, now, ZONE) < now
    except CalendarError:
        return False  # its own fault
