"""The office's calendars: the entries that hold and those that were withdrawn, and how far each change is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.store.tables import calendar_change as c
from engine.store.tables import calendar_day as d
from engine.store.tables import office_hours as h

PERMISSION = "calendar:read"


def _holds(table: Table) -> ColumnElement[Any]:
    return case((table.c.withdrawn_at.is_(None), "HOLDS"), else_="WITHDRAWN")


def _entered(table: Table) -> Mapping[str, Field]:
    return {
        "state": Field(_holds(table), "enum"),
        "source": Field(table.c.source, "string"),
        "reason": Field(table.c.reason, "string"),
        "enteredBy": Field(table.c.entered_by, "string"),
        "enteredAt": Field(table.c.entered_at, "moment"),
        "withdrawnBy": Field(table.c.withdrawn_by, "string", nullable=True),
        "withdrawnAt": Field(table.c.withdrawn_at, "moment", nullable=True),
        "withdrawalSource": Field(table.c.withdrawal_source, "string", nullable=True),
        "withdrawalReason": Field(table.c.withdrawal_reason, "string", nullable=True),
    }


CALENDAR_DAY = Noun(
    "CalendarDay",
    d,
    "calendarDayKey",
    {
        "calendarDayKey": Field(d.c.key, "key"),
        "calendarId": Field(d.c.calendar, "string"),
        "day": Field(d.c.day, "date"),
        "sessions": Field(d.c.sessions, "json", nullable=True, filterable=False, sortable=False),
        "th": Field(d.c.th, "string"),
        "en": Field(d.c.en, "string"),
        "origin": Field(d.c.origin, "string"),
        **_entered(d),
    },
)
OFFICE_HOURS = Noun(
    "OfficeHours",
    h,
    "officeHoursKey",
    {
        "officeHoursKey": Field(h.c.key, "key"),
        "calendarId": Field(h.c.calendar, "string"),
        "validFrom": Field(h.c.valid_from, "date"),
        "week": Field(h.c.week, "json", filterable=False, sortable=False),
        **_entered(h),
    },
)
CALENDAR_CHANGE = Noun(
    "CalendarChange",
    c,
    "calendarChangeKey",
    {
        "calendarChangeKey": Field(c.c.key, "key"),
        "calendarId": Field(c.c.calendar, "string"),
        "action": Field(c.c.action, "enum"),
        "firstDay": Field(c.c.first_day, "date"),
        "lastDay": Field(c.c.last_day, "date", nullable=True),
        "th": Field(c.c.th, "string"),
        "en": Field(c.c.en, "string"),
        "source": Field(c.c.source, "string"),
        "reason": Field(c.c.reason, "string"),
        "changedBy": Field(c.c.changed_by, "string"),
        "changedAt": Field(c.c.changed_at, "moment"),
        "state": Field(c.c.state, "enum"),
        "total": Field(c.c.total, "integer"),
        "done": Field(c.c.done, "integer"),
        "moved": Field(c.c.moved, "integer"),
        "startDate": Field(c.c.started_at, "moment", nullable=True),
        "endDate": Field(c.c.ended_at, "moment", nullable=True),
    },
)


def search_calendar_days(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The days that were entered or seeded. Raises InvalidArgument, Forbidden."""
    return _search(db, actor, CALENDAR_DAY, request)


def search_office_hours(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The hours that were set. Raises InvalidArgument, Forbidden."""
    return _search(db, actor, OFFICE_HOURS, request)


def search_calendar_changes(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """What was changed, and how many deadlines each change has moved. Raises InvalidArgument, Forbidden."""
    return _search(db, actor, CALENDAR_CHANGE, request)


def get_calendar_day(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One day. Raises NotFound, Forbidden."""
    return _one(db, actor, CALENDAR_DAY, key)


def get_calendar_change(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One change. Raises NotFound, Forbidden."""
    return _one(db, actor, CALENDAR_CHANGE, key)


def check_reader(_db: Connection, actor: Actor) -> None:
    """Raises Forbidden for who may not read calendars."""
    require(actor, PERMISSION, Facts())


def _search(db: Connection, actor: Actor, noun: Noun, request: Search) -> dict[str, Any]:
    require(actor, PERMISSION, Facts())
    return search(db, noun, request)


def _one(db: Connection, actor: Actor, noun: Noun, key: int) -> dict[str, Any]:
    require(actor, PERMISSION, Facts())
    found = noun.one(db, noun.fields[noun.key].column == key)
    if found is None:
        raise NotFound(**{noun.key: str(key)})
    return found
