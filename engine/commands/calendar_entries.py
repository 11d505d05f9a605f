"""What the commands on the office's calendars share: what an entry may be, and the change that each sets going."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table, func, insert, select, update

from engine.calendar.durations import zone_info
from engine.calendar.errors import CalendarError
from engine.calendar.hours import Sessions, check_sessions
from engine.commands.calendars import ORGANISATION, lock_calendars, sessions_of
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import CalendarEntryInvalid, InvalidState, NotFound
from engine.store.tables import calendar_change, group_, job

KIND = "CALENDAR"  # of the rows of the job table by which a change is carried on
YEARS_BACK, YEARS_AHEAD = 10, 20  # of the days that can be entered
MOST_SESSIONS = 6  # of a day
MOST_ENTRIES = 4_000  # of a calendar, of each kind, with those that were withdrawn
LONGEST_NAME, LONGEST_SOURCE = 200, 1_000  # characters
_UNIT = "unit"


def begin(tx: Transaction, calendar: str) -> None:
    """Be alone with the calendars from here on. Raises CalendarEntryInvalid for one that nothing can have."""
    lock_calendars(tx.db)
    unit = select(group_.c.key).where(group_.c.key == calendar, group_.c.kind == _UNIT)
    if calendar != ORGANISATION and tx.db.execute(unit).first() is None:
        raise CalendarEntryInvalid("there is no such unit", field="calendarId")


def check_space(tx: Transaction, table: Table, calendar: str, more: int = 1) -> None:
    """Raises InvalidState when a calendar would have more entries than anybody could look through."""
    there = tx.db.execute(select(func.count()).where(table.c.calendar == calendar)).scalar_one()
    if there + more > MOST_ENTRIES:
        raise InvalidState(f"a calendar has {MOST_ENTRIES} entries at most", calendarId=calendar)


def today(tx: Transaction) -> date:
    """The day that it is in the office."""
    return tx.now.astimezone(zone_info(tx.services.zone)).date()


def check_day(tx: Transaction, day: date, field: str) -> None:
    """Raises CalendarEntryInvalid for a day that nothing open can depend on."""
    year = today(tx).year
    if not year - YEARS_BACK <= day.year <= year + YEARS_AHEAD:
        raise CalendarEntryInvalid(f"a day lies between {year - YEARS_BACK} and {year + YEARS_AHEAD}", field=field)


def checked_sessions(sessions: Sessions, field: str) -> Sessions:
    """The sessions of a day. Raises CalendarEntryInvalid for what is none, overlaps or is out of order."""
    if len(sessions) > MOST_SESSIONS:
        raise CalendarEntryInvalid(f"a day has {MOST_SESSIONS} sessions at most", field=field)
    try:
        return check_sessions(sessions)
    except CalendarError as error:
        raise CalendarEntryInvalid(str(error), field=field) from error


def read_sessions(lists: Any, field: str) -> Sessions:
    """Sessions out of [["08:30", "12:00"], ...]. Raises CalendarEntryInvalid for what are no times of a day."""
    try:
        found = sessions_of(lists)
    except (TypeError, ValueError):
        found = None
    if found is None or any(not _whole(moment) for session in found for moment in session):
        raise CalendarEntryInvalid('sessions are pairs of times, such as [["08:30", "12:00"]]', field=field)
    return found


def _whole(moment: time) -> bool:
    return moment.tzinfo is None and not moment.second and not moment.microsecond


def checked_text(text: str, field: str, longest: int) -> str:
    """The text without blanks around it. Raises CalendarEntryInvalid for none at all and for a long one."""
    found = text.strip()
    if not 1 <= len(found) <= longest:
        raise CalendarEntryInvalid(f"{field} has 1 to {longest} characters", field=field)
    return found


def open_change(
    tx: Transaction, calendar: str, action: str, days: tuple[date, date | None], said: dict[str, str]
) -> int:
    """Have the deadlines computed anew that depend on these days (the last included; none: from the first on); `said`
    are the texts th, en, source and reason. The key of the change, by which it can be followed."""
    key, (first, last) = tx.key(), days
    row: dict[str, Any] = {
        "key": key, "calendar": calendar, "action": action, "first_day": first.isoformat(),
        "last_day": None if last is None else last.isoformat(), **said, "changed_by": tx.actor.id,
        "changed_at": tx.now, "state": "CREATED", "total": 0, "done": 0, "moved": 0, "reached": 0,
    }  # fmt: skip
    tx.db.execute(insert(calendar_change), row)
    waits = {
        "key": key, "kind": KIND, "type": "calendar-change", "state": "PENDING", "due_at": tx.now, "retries": 3,
        "priority": 0, "payload": {}, "created_at": tx.now,
    }  # fmt: skip
    tx.db.execute(insert(job), waits)
    tx.wake_at(tx.now)
    tx.announce("calendar-change", {"calendarChangeKey": str(key)})
    return key


def withdraw(tx: Transaction, table: Table, key: int, source: str, reason: str, named: str) -> Any:
    """Mark an entry as one that holds no more; the row as it was. Raises NotFound, InvalidState when somebody has
    withdrawn it, ReasonNeeded, CalendarEntryInvalid for a source that is none."""
    source, reason = checked_text(source, "source", LONGEST_SOURCE), check_reason(reason)
    lock_calendars(tx.db)
    row = tx.db.execute(select(table).where(table.c.key == key)).one_or_none()
    if row is None:
        raise NotFound(**{named: str(key)})
    if row.withdrawn_at is not None:
        raise InvalidState("it was withdrawn already", **{named: str(key)})
    values: dict[str, str | datetime] = {
        "withdrawn_by": tx.actor.id, "withdrawn_at": tx.now, "withdrawal_source": source, "withdrawal_reason": reason,
    }  # fmt: skip
    tx.db.execute(update(table).where(table.c.key == key).values(**values))
    return row
