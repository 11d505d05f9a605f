"""Write the published holidays of years into the organisation's calendar, where they can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import delete, insert, select

from engine.calendar.holidays import government_holidays
from engine.commands.calendar_entries import YEARS_AHEAD, YEARS_BACK, today
from engine.commands.calendars import ORGANISATION, SEEDED, lock_calendars, seeded_years
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import CalendarEntryInvalid
from engine.store.tables import calendar_day, setting

YEARS_BEFORE, YEARS_AFTER = 1, 2  # of the present year, which the service sees to by itself
SOURCE = "ปฏิทินวันหยุดราชการ ตามแพ็กเกจ holidays / public and government holidays of the package holidays"
REASON = "published holidays"


@dataclass(frozen=True, slots=True)
class SeedCalendar:
    """`years` by the Gregorian era; none: the present one, with one before it and two after it."""

    years: tuple[int, ...] = ()


@handles(SeedCalendar, permission="calendar:manage", event=NO_INSTANCE)
def seed_calendar(command: SeedCalendar, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Each year once: nothing that people entered or withdrew is touched, and no deadline moves, because years that are
    not written down have these days anyway. How many days were added. Raises CalendarEntryInvalid."""
    present = today(tx).year
    wanted = set(command.years or range(present - YEARS_BEFORE, present + YEARS_AFTER + 1))
    if not all(present - YEARS_BACK <= year <= present + YEARS_AHEAD for year in wanted):
        said = f"a year lies between {present - YEARS_BACK} and {present + YEARS_AHEAD}"
        raise CalendarEntryInvalid(said, field="year")
    if wanted <= seeded_years(tx.db):
        return {"added": 0}
    lock_calendars(tx.db)
    there = seeded_years(tx.db)
    years = sorted(wanted - there)
    rows = _rows(tx, years)
    if rows:
        tx.db.execute(insert(calendar_day), rows)
    tx.db.execute(delete(setting).where(setting.c.name == SEEDED))
    tx.db.execute(insert(setting), {"name": SEEDED, "value": orjson.dumps(sorted(there | wanted)).decode()})
    if years:
        tx.record_service("calendar-seeded", "calendar", years=years, days=len(rows))
    return {"added": len(rows)}


def _rows(tx: Transaction, years: Sequence[int]) -> list[dict[str, Any]]:
    """The published days of which the calendar says nothing yet, not even that somebody withdrew them."""
    c = calendar_day.c
    written = set(tx.db.execute(select(c.day).where(c.calendar == ORGANISATION)).scalars())
    entry = {"calendar": ORGANISATION, "source": SOURCE, "reason": REASON, "origin": "seed", "sessions": []}
    by = {"entered_by": tx.actor.id, "entered_at": tx.now}
    return [
        {"key": tx.key(), "day": day.day.isoformat(), "th": day.th, "en": day.en, **entry, **by}
        for day in government_holidays(years)
        if day.day.isoformat() not in written
    ]
