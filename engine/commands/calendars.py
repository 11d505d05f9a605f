"""The office's calendars as the database has them: of the organisation, and of units over it.

Known once per server process. The database changes a stamp with every change (tables/calendars.py), and the stamp comes
with the rows that a command loads: knowing costs no statement, and another stamp means reading again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, literal, select

from engine.calendar.holidays import government_holidays
from engine.calendar.hours import CalendarDay, OfficeHours, Sessions
from engine.calendar.working import WorkingCalendar
from engine.errors import Busy
from engine.store.batch import Batch
from engine.store.instances import setting_now
from engine.store.locks import lock_name, share_name
from engine.store.prepared import Prepared
from engine.store.tables import calendar_day, group_, office_hours, setting
from engine.store.tables.calendars import STAMP

ORGANISATION = ""  # the name of its calendar; those of units are called as the unit is
SEEDED = "calendar-years"  # the setting that lists the years whose published holidays were written down
LOCK = "calendar"
FIRST_YEAR, LAST_YEAR = 1940, 2200  # for which holidays are looked up at all
YEARS_BEFORE, YEARS_AFTER = 1, 4  # of published holidays, around the year in which something is counted
_D, _H = calendar_day.c, office_hours.c
_STAMP = Prepared(select(setting.c.value).where(setting.c.name == STAMP))
_UNCHANGED = Prepared(select(literal(1)).where(setting_now(STAMP) == bindparam("b_stamp")))


@dataclass(frozen=True, slots=True)
class Known:
    """At one stamp. `days` and `hours` hold, by calendar; `written` are the days of the organisation of which the table
    says something, if only that it was withdrawn; `seeded` the years that it holds."""

    stamp: str
    zone: str
    days: Mapping[str, Sequence[CalendarDay]]
    hours: Mapping[str, Sequence[OfficeHours]]
    written: frozenset[date]
    seeded: frozenset[int]
    parents: Mapping[str, str | None]
    _made: dict[tuple[str, int], WorkingCalendar] = field(default_factory=dict)

    def of_unit(self, unit: str | None) -> str:
        """The calendar that counts for a unit: its own, else that of the nearest unit above it that has one, else the
        organisation's."""
        return self._own(unit) or ORGANISATION

    def of_task(self, groups: Iterable[str], owner_unit: str | None) -> str:
        """The calendar that counts for a task: that of the first of its candidate groups for which a unit's own counts,
        else that of the unit that owns the process."""
        return next(filter(None, map(self._own, groups)), None) or self.of_unit(owner_unit)

    def _own(self, unit: str | None) -> str | None:
        units = () if unit is None else self.above(unit)
        return next((found for found in units if found in self.days or found in self.hours), None)

    def above(self, unit: str) -> tuple[str, ...]:
        """A unit and those above it, the nearest first."""
        found: dict[str, None] = {}
        at: str | None = unit
        while at is not None and at not in found:
            found[at] = None
            at = self.parents.get(at)
        return tuple(found)

    def working(self, calendar: str, year: int) -> WorkingCalendar:
        """A calendar for what is counted from a moment of that year on. Years that nobody has written down have the
        published holidays. Shared between threads; it is not changed."""
        year = min(max(year, FIRST_YEAR), LAST_YEAR)
        found = self._made.get((calendar, year))
        if found is None:
            found = self._made[calendar, year] = self._make(calendar, year)
        return found

    def _make(self, calendar: str, year: int) -> WorkingCalendar:
        years = set(range(year - YEARS_BEFORE, year + YEARS_AFTER)) - self.seeded
        published = (entry for entry in government_holidays(years) if entry.day not in self.written)
        days = {entry.day: entry for entry in (*published, *self.days.get(ORGANISATION, ()))}
        hours = self.hours.get(ORGANISATION, ())
        if calendar != ORGANISATION:
            days |= {entry.day: entry for entry in self.days.get(calendar, ())}
            hours = over(hours, self.hours.get(calendar, ()))
        return WorkingCalendar(days.values(), self.zone, hours)


def over(hours: Sequence[OfficeHours], own: Sequence[OfficeHours]) -> Sequence[OfficeHours]:
    """The hours of the organisation until the first of a unit's own begin, and these from then on."""
    if not own:
        return hours
    first = min(entry.valid_from or date.min for entry in own)
    return [*(entry for entry in hours if (entry.valid_from or date.min) < first), *own]


class Calendars:
    """The cache. Two threads that read it at once do the work twice, no more."""

    def __init__(self) -> None:
        self._known: Known | None = None

    def known(self, db: Connection, zone: str, stamp: str | None) -> Known:
        """What holds in this transaction; `stamp` if it was read in it already."""
        if stamp is None:
            stamp = stamp_now(db)
        known = self._known
        if known is None or known.stamp != stamp or known.zone != zone:
            known = self._known = _read(db, zone, stamp)
        return known


def stamp_now(db: Connection) -> str:
    """The stamp; empty before the first change."""
    rows = _STAMP.rows(db, {})
    return str(rows[0][0]) if rows else ""


def settle(batch: Batch, db: Connection, stamp: str) -> None:
    """The batch writes what was counted under this stamp: from then until the commit nobody changes a calendar, so that
    who changes it next finds what was counted. The batch raises Busy when it was changed since, and all is to be
    counted anew.

    On SQLite whoever writes is alone from the beginning.
    """
    if db.dialect.name == "sqlite":
        return

    def unchanged(rows: int) -> None:
        if not rows:
            raise Busy("the office's calendar was changed meanwhile")

    batch.first(_UNCHANGED, {"b_stamp": stamp}, unchanged)
    share_name(batch, LOCK)  # before that is looked at


def lock_calendars(db: Connection) -> None:
    """Whoever changes a calendar is alone with it, and comes after those who have counted by it and not committed."""
    lock_name(db, LOCK)


def _read(db: Connection, zone: str, stamp: str) -> Known:
    days: dict[str, list[CalendarDay]] = {}
    written: set[date] = set()
    for row in db.execute(select(_D.calendar, _D.day, _D.sessions, _D.th, _D.en, _D.withdrawn_at)):
        day = date.fromisoformat(row.day)
        if row.calendar == ORGANISATION:
            written.add(day)
        if row.withdrawn_at is None:
            days.setdefault(row.calendar, []).append(CalendarDay(day, sessions_of(row.sessions), row.th, row.en))
    hours: dict[str, list[OfficeHours]] = {}
    query = select(_H.calendar, _H.valid_from, _H.week).where(_H.withdrawn_at.is_(None)).order_by(_H.valid_from)
    for calendar, first, stored in db.execute(query):
        week = tuple(sessions_of(sessions) or () for sessions in stored)
        hours.setdefault(calendar, []).append(OfficeHours(date.fromisoformat(first), week))
    parents = {row.key: row.parent for row in db.execute(select(group_.c.key, group_.c.parent))}
    return Known(stamp, zone, days, hours, frozenset(written), seeded_years(db), parents)


def seeded_years(db: Connection) -> frozenset[int]:
    """The years whose published holidays the table has, as far as nobody withdrew them."""
    stored = db.execute(select(setting.c.value).where(setting.c.name == SEEDED)).scalar()
    return frozenset(orjson.loads(stored) if stored else ())


def sessions_of(stored: Any) -> Sessions | None:
    """Sessions as the arithmetic takes them, from the lists of texts that are stored."""
    if stored is None:
        return None
    return tuple((time.fromisoformat(opening), time.fromisoformat(closing)) for opening, closing in stored)


def stored_of(sessions: Sessions | None) -> list[list[str]] | None:
    """Sessions as they are stored."""
    if sessions is None:
        return None
    return [[opening.isoformat("minutes"), closing.isoformat("minutes")] for opening, closing in sessions]
