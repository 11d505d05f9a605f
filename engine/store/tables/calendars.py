"""When the office works: the days that differ and the hours of its weeks, by date; and what each change set going.

A calendar is that of the organisation, or of a unit, which has the organisation's days and hours and its own over them.
Entries are never changed: they are withdrawn, and stay, so that it can be read later why something was due when.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, text

from engine.store.tables.base import Json, Moment, key_column, metadata
from engine.store.tables.people import group_
from engine.store.tables.stamps import stamping, watch

_HOLDS = text("withdrawn_at IS NULL")

calendar_day = Table(
    "calendar_day",
    metadata,
    key_column(),
    Column("calendar", String(256), nullable=False),  # empty: the organisation's; else the key of a unit
    Column("day", String(10), nullable=False),  # 2026-04-13
    Column("sessions", Json),  # [[from, until]] of half days; [] is closed all day, null the usual hours of a workday
    Column("th", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("source", Text, nullable=False),  # the document that says so
    Column("reason", Text, nullable=False),
    Column("origin", String(8), nullable=False),  # seed | entered
    Column("entered_by", String(256), nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_by", String(256)),
    Column("withdrawn_at", Moment),
    Column("withdrawal_source", Text),
    Column("withdrawal_reason", Text),
    # a day has one entry that holds; what was seeded once is not seeded again when somebody has withdrawn it
    Index("uq_calendar_day", "calendar", "day", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS),
    Index("ix_calendar_day_day", "day", "key"),
)

office_hours = Table(
    "office_hours",
    metadata,
    key_column(),
    Column("calendar", String(256), nullable=False),
    Column("valid_from", String(10), nullable=False),  # the first day on which they hold
    Column("week", Json, nullable=False),  # the sessions of seven days, Monday first
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("entered_by", String(256), nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_by", String(256)),
    Column("withdrawn_at", Moment),
    Column("withdrawal_source", Text),
    Column("withdrawal_reason", Text),
    # of two hours that begin on one day nobody would know which hold
    Index("uq_office_hours", "calendar", "valid_from", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS),
)

calendar_change = Table(
    "calendar_change",
    metadata,
    key_column(),  # equals the key of its row in the table of jobs
    Column("calendar", String(256), nullable=False),
    Column("action", String(24), nullable=False),  # DAYS_ADDED DAY_WITHDRAWN HOURS_SET HOURS_WITHDRAWN
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10)),  # none: from the first day on
    Column("th", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed_by", String(256), nullable=False),
    Column("changed_at", Moment, nullable=False),
    # the open deadlines between these days are computed anew, case by case in the order of their keys
    Column("state", String(16), nullable=False),  # CREATED ACTIVE COMPLETED
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("reached", BigInteger, nullable=False),  # the last case that is done
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Index(
        "ix_calendar_change_open", "key",
        sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
    ),
)  # fmt: skip

STAMP = "calendar"  # the name of a setting; its value is another whenever one of these tables changes:
WATCHED = {
    calendar_day.name: ("calendar", "day", "sessions", "th", "en", "withdrawn_at"),
    office_hours.name: ("calendar", "valid_from", "week", "withdrawn_at"),
    group_.name: ("parent",),
}


def statements(dialect: str, table: str) -> list[str]:
    """What makes a table of this database change the stamp with itself."""
    return stamping(dialect, STAMP, "calendar_stamp", table, WATCHED[table])


watch(STAMP, "calendar_stamp", WATCHED)
