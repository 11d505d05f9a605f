"""Changes of calendars that are being carried out: which time each has to do with, whom it concerns, what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.calendar.durations import zone_info
from engine.commands.calendars import ORGANISATION, Known
from engine.store.counted import Span
from engine.store.tables import calendar_change, calendar_day

_C, _D = calendar_change.c, calendar_day.c


def span_of(change: Row[Any], zone: str) -> Span:
    """From the beginning of its first day until the end of its last, in the office's zone."""
    last = None if change.last_day is None else _midnight(change.last_day, 1, zone)
    return _midnight(change.first_day, 0, zone), last


def _midnight(day: str, later: int, zone: str) -> datetime:
    local = datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(), zone_info(zone))
    return local.astimezone(UTC)


def touches(span: Span, since: datetime, due: datetime) -> bool:
    """Whether what runs from one moment to the other has to do with a span."""
    first, end = span
    return due >= first and (end is None or since < end)


def concerns(known: Known, calendar: str, units: Iterable[str | None]) -> bool:
    """Whether a change of a calendar can have to do with what one of these units counts: it is theirs, or that of a
    unit above them, or the organisation's."""
    return calendar == ORGANISATION or any(calendar in known.above(unit) for unit in units if unit is not None)


def open_changes(db: Connection) -> list[Row[Any]]:
    """Those that are not done yet, the earliest first."""
    return list(db.execute(select(calendar_change).where(_C.ended_at.is_(None)).order_by(_C.key)))


def only_close(db: Connection, changes: Iterable[Row[Any]], now: datetime, zone: str) -> bool:
    """Whether these changes only take working time away that is still to come: days ahead on which the whole office is
    closed. Then nothing that counts in its time comes earlier, and nothing that came already comes again. (A unit's own
    first entry may part it from the calendar above it.)"""
    for change in changes:
        if change.action != "DAYS_ADDED" or change.calendar != ORGANISATION or span_of(change, zone)[0] <= now:
            return False
        between = _D.day.between(change.first_day, change.last_day)
        entries = db.execute(select(_D.sessions).where(_D.calendar == ORGANISATION, between, _D.withdrawn_at.is_(None)))
        if any(sessions != [] for sessions in entries.scalars()):
            return False
    return True


def told_of(change: Row[Any]) -> dict[str, Any]:
    """What the history of a case says of a change."""
    return {
        "change": str(change.key), "calendar": change.calendar, "action": change.action,
        "firstDay": change.first_day, "lastDay": change.last_day, "th": change.th, "en": change.en,
        "source": change.source, "reason": change.reason, "by": change.changed_by, "at": change.changed_at.isoformat(),
    }  # fmt: skip
