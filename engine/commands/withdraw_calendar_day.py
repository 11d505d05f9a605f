"""Withdraw the entry of a day: the office works again as it usually does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.commands.calendar_entries import open_change, today, withdraw
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.store.tables import calendar_day


@dataclass(frozen=True, slots=True)
class WithdrawCalendarDay:
    """`source` is the document that says so, `reason` why it is withdrawn."""

    key: int
    source: str
    reason: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"source": self.source, "reason": self.reason}


@handles(
    WithdrawCalendarDay, permission="calendar:manage",
    event=OfService("calendar-day-withdrawn", lambda command, _: command.key),
)  # fmt: skip
def withdraw_calendar_day(command: WithdrawCalendarDay, _target: Target, tx: Transaction) -> dict[str, Any]:
    """The entry stays to be read; a day that was seeded is not seeded again. The open deadlines that depend on the day
    are computed anew after the commit; `past` says that it is over.

    Raises NotFound, InvalidState when it was withdrawn already, ReasonNeeded, CalendarEntryInvalid.
    """
    row = withdraw(tx, calendar_day, command.key, command.source, command.reason, "calendarDayKey")
    day = date.fromisoformat(row.day)
    said = {"th": row.th, "en": row.en, "source": command.source.strip(), "reason": command.reason.strip()}
    key = open_change(tx, row.calendar, "DAY_WITHDRAWN", (day, day), said)
    return {"calendarChangeKey": str(key), "past": day < today(tx)}
