"""The office's calendars: when it works. Changing one moves the open deadlines that depend on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy import Connection

from api.blueprint import Room, argument_doc
from api.context import read, run, runtime
from api.schemas.calendars import (
    CalendarChange,
    CalendarChanged,
    CalendarChangeResult,
    CalendarChangeSearch,
    CalendarDay,
    CalendarDayResult,
    CalendarDaysAdded,
    CalendarDaysBody,
    CalendarDaySearch,
    CalendarYearBody,
    OfficeHoursAdded,
    OfficeHoursBody,
    OfficeHoursResult,
    OfficeHoursSearch,
    SeededYear,
    WithdrawalBody,
    WorkingDays,
)
from api.views import wanted
from engine.commands.add_calendar_days import AddCalendarDays
from engine.commands.calendar_entries import YEARS_AHEAD, YEARS_BACK, read_sessions
from engine.commands.calendars import stored_of
from engine.commands.seed_calendar import SeedCalendar
from engine.commands.set_office_hours import SetOfficeHours, WithdrawOfficeHours
from engine.commands.withdraw_calendar_day import WithdrawCalendarDay
from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.calendars import (
    check_reader,
    get_calendar_change,
    get_calendar_day,
    search_calendar_changes,
    search_calendar_days,
    search_office_hours,
)
from engine.queries.filters import read_day

blp = Room("calendars", __name__, url_prefix="/v2", description="When the office works")
READ, MANAGE = "calendar:read", "calendar:manage"
MOST_DAYS, USUAL_DAYS = 400, 30  # of one answer
_SPAN = (
    argument_doc("calendarId", "string", "a unit, or empty for the organisation"),
    argument_doc("from", "string", "the first day (default: today)"),
    argument_doc("until", "string", f"the last day, {MOST_DAYS} days at most (default: {USUAL_DAYS} days later)"),
)


@blp.operation(
    "POST", "/calendar-days", permission=MANAGE, body=CalendarDaysBody, returns=CalendarDaysAdded, status=201,
    errors=(409,),
)  # fmt: skip
def add_days(body: dict[str, Any]) -> Any:
    """Enter a holiday, a half day or a day that is worked, or several in a row."""
    first = read_day("firstDay", body["firstDay"])
    last = first if body["lastDay"] is None else read_day("lastDay", body["lastDay"])
    sessions = None if body["sessions"] is None else read_sessions(body["sessions"], "sessions")
    texts = (body["th"], body["en"], body["source"], body["reason"])
    return run(AddCalendarDays(body["calendarId"], first, last, sessions, *texts))


@blp.operation(
    "POST", "/calendar-days/search", permission=READ, body=CalendarDaySearch, returns=CalendarDayResult
)
def find_days(body: dict[str, Any]) -> Any:
    """Search the days that were entered or seeded; `filter.state` is HOLDS or WITHDRAWN."""
    return read(search_calendar_days, wanted(body))


@blp.operation("GET", "/calendar-days/<key:key>", permission=READ, returns=CalendarDay, errors=(404,))
def get_day(key: int) -> Any:
    """One day that was entered or seeded."""
    return read(get_calendar_day, key)


@blp.operation(
    "POST", "/calendar-days/<key:key>/withdrawal", permission=MANAGE, body=WithdrawalBody, returns=CalendarChanged,
    errors=(404, 409),
)  # fmt: skip
def withdraw_day(body: dict[str, Any], key: int) -> Any:
    """Withdraw the entry of a day: the office works on it as on any other."""
    return run(WithdrawCalendarDay(key, body["source"], body["reason"]))


@blp.operation(
    "POST", "/office-hours", permission=MANAGE, body=OfficeHoursBody, returns=OfficeHoursAdded, status=201,
    errors=(409,),
)  # fmt: skip
def set_hours(body: dict[str, Any]) -> Any:
    """Set the hours of the office's weeks from a day on."""
    week = tuple(read_sessions(sessions, "week") for sessions in body["week"])
    day = read_day("validFrom", body["validFrom"])
    return run(SetOfficeHours(body["calendarId"], day, week, body["source"], body["reason"]))


@blp.operation(
    "POST", "/office-hours/search", permission=READ, body=OfficeHoursSearch, returns=OfficeHoursResult
)
def find_hours(body: dict[str, Any]) -> Any:
    """Search the hours that were set; before the first of them, the usual ones of Thai offices hold."""
    return read(search_office_hours, wanted(body))


@blp.operation(
    "POST", "/office-hours/<key:key>/withdrawal", permission=MANAGE, body=WithdrawalBody, returns=CalendarChanged,
    errors=(404, 409),
)  # fmt: skip
def withdraw_hours(body: dict[str, Any], key: int) -> Any:
    """Withdraw hours: those of before hold on."""
    return run(WithdrawOfficeHours(key, body["source"], body["reason"]))


@blp.operation("POST", "/calendar-years", permission=MANAGE, body=CalendarYearBody, returns=SeededYear)
def seed_year(body: dict[str, Any]) -> Any:
    """Write the published holidays of a year into the organisation's calendar; those about now are there already."""
    return run(SeedCalendar((body["year"],)))


@blp.operation(
    "POST", "/calendar-changes/search", permission=READ, body=CalendarChangeSearch, returns=CalendarChangeResult
)
def find_changes(body: dict[str, Any]) -> Any:
    """Search the changes of calendars, and how far each is."""
    return read(search_calendar_changes, wanted(body))


@blp.operation("GET", "/calendar-changes/<key:key>", permission=READ, returns=CalendarChange, errors=(404,))
def get_change(key: int) -> Any:
    """How far a change is: of how many deadlines it has looked at how many, and how many it has moved."""
    return read(get_calendar_change, key)


@blp.operation("GET", "/working-days", permission=READ, returns=WorkingDays, parameters=_SPAN)
def working_days() -> Any:
    """What holds on each day of a span, of all entries together."""
    return read(_working_days, request.args.get("calendarId", ""))


def _working_days(db: Connection, actor: Actor, unit: str) -> Any:
    check_reader(db, actor)
    services, now = runtime().bus.services, runtime().clock.now()
    first = read_day("from", request.args.get("from", now.astimezone(ZoneInfo(services.zone)).date().isoformat()))
    if not now.year - YEARS_BACK <= first.year <= now.year + YEARS_AHEAD:
        raise InvalidArgument(f"the first day lies between {now.year - YEARS_BACK} and {now.year + YEARS_AHEAD}")
    last = read_day("until", request.args.get("until", (first + timedelta(days=USUAL_DAYS)).isoformat()))
    count = (last - first).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise InvalidArgument(f"from the first to the last day are 1 to {MOST_DAYS} days")
    known = services.calendars.known(db, services.zone, None)
    calendar = known.of_unit(unit or None)
    items = []
    for day in (first + timedelta(days=n) for n in range(count)):
        office = known.working(calendar, day.year)
        entry = office.entry(day)
        names = {"th": None, "en": None} if entry is None else {"th": entry.th, "en": entry.en}
        items.append({"day": day.isoformat(), "sessions": stored_of(office.sessions(day)), **names})
    return {"calendarId": calendar, "items": items}
