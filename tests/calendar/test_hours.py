"""Hours of days and weeks: what they may say, and which hold when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.calendar import CalendarError
from engine.calendar.hours import CLOSED, OFFICE_SESSIONS, CalendarDay, OfficeHours, monday_to_friday
from engine.calendar.working import WorkingCalendar

MORNING = ((time(8, 30), time(12)),)
LONG = ((time(7), time(19)),)
WEDNESDAY = date(2026, 3, 4)
SATURDAY = date(2026, 3, 7)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


@pytest.mark.parametrize(
    ("sessions", "reason"),
    [
        (((time(12), time(8, 30)),), "closes before it opens"),
        (((time(9), time(9)),), "closes before it opens"),
        (((time(8), time(12)), (time(11), time(16))), "before the session before it is over"),
        (((time(13), time(16)), (time(8), time(12))), "before the session before it is over"),
        (((time(8), time(12), time(13)),), "is no session"),
        (((time(8, tzinfo=UTC), time(12)),), "is no session"),
        ((("08:30", "12:00"),), "is no session"),
        ([(time(8), time(12))], "is no list of sessions"),
        (False, "is no list of sessions"),
    ],
)
def test_refuses_malformed_hours(sessions: Any, reason: str) -> None:
    with pytest.raises(CalendarError, match=reason):
        CalendarDay(WEDNESDAY, sessions, "ครึ่งวัน", "Half day")
    with pytest.raises(CalendarError, match=reason):
        OfficeHours(None, (MORNING,) * 6 + (sessions,))


def test_a_session_may_begin_when_the_one_before_it_ends() -> None:
    day = CalendarDay(WEDNESDAY, ((time(8), time(12)), (time(12), time(16))), "ไม่พัก", "No break")
    office = WorkingCalendar([day])
    assert office.add_working_hours(at("2026-03-04T11:00:00"), Decimal(7200)) == at("2026-03-04T13:00:00")


@pytest.mark.parametrize("week", [(MORNING,) * 6, (MORNING,) * 8, [MORNING] * 7])
def test_a_week_has_seven_days(week: Any) -> None:
    with pytest.raises(CalendarError, match="seven days"):
        OfficeHours(None, week)


def test_a_week_without_working_time_is_refused() -> None:
    with pytest.raises(CalendarError, match="without working time"):
        OfficeHours(None, (CLOSED,) * 7)


@pytest.mark.parametrize("day", [datetime(2026, 3, 4, 9), "2026-03-04"])
def test_a_day_is_a_date(day: Any) -> None:
    with pytest.raises(CalendarError, match="is no day"):
        CalendarDay(day, CLOSED, "หยุด", "Closed")
    with pytest.raises(CalendarError, match="is no day"):
        OfficeHours(day, (MORNING,) * 7)


def test_two_entries_of_one_day_are_refused() -> None:
    with pytest.raises(CalendarError, match="two entries"):
        WorkingCalendar([CalendarDay(WEDNESDAY, own, "ว", "d") for own in (CLOSED, MORNING)])


@pytest.mark.parametrize("start", [None, WEDNESDAY])
def test_two_hours_that_begin_together_are_refused(start: date | None) -> None:
    with pytest.raises(CalendarError, match="two different office hours"):
        WorkingCalendar(hours=[monday_to_friday(own, start) for own in (MORNING, LONG)])


def test_a_half_day_is_a_working_day_and_closes_at_its_own_hour() -> None:
    office = WorkingCalendar([CalendarDay(WEDNESDAY, MORNING, "ครึ่งวัน", "Half day")])
    assert office.is_working_day(WEDNESDAY) and office.holiday(WEDNESDAY) is None
    assert office.add_working_days(at("2026-03-03T15:00:00"), 1) == at("2026-03-04T12:00:00")
    assert office.add_working_days(at("2026-03-04T13:00:00"), 0) == at("2026-03-05T16:30:00")
    assert office.add_working_hours(at("2026-03-04T11:00:00"), Decimal(7200)) == at("2026-03-05T09:30:00")
    assert office.working_days_between(date(2026, 3, 3), date(2026, 3, 5)) == 2


def test_a_saturday_worked_in_lieu_has_the_usual_hours_of_its_time() -> None:
    in_lieu = [CalendarDay(SATURDAY, None, "ชดเชย", "In lieu"), CalendarDay(date(2026, 4, 4), None, "ชดเชย", "In lieu")]
    office = WorkingCalendar(in_lieu, hours=[monday_to_friday(LONG, date(2026, 4, 1))])
    assert office.sessions(SATURDAY) == OFFICE_SESSIONS
    assert office.sessions(date(2026, 4, 4)) == LONG
    assert office.entry(SATURDAY) == in_lieu[0] and office.days == tuple(in_lieu)


def test_the_usual_hours_on_a_day_that_is_worked_anyway_are_its_own() -> None:
    week = OfficeHours(None, (LONG, LONG, MORNING, LONG, LONG, CLOSED, CLOSED))
    office = WorkingCalendar([CalendarDay(WEDNESDAY, None, "เปิด", "Open")], hours=[week])
    assert office.sessions(WEDNESDAY) == MORNING


def test_hours_change_on_their_day() -> None:
    office = WorkingCalendar(hours=[monday_to_friday(LONG, WEDNESDAY)])
    assert office.closing(date(2026, 3, 3)) == at("2026-03-03T16:30:00")
    assert office.closing(WEDNESDAY) == at("2026-03-04T19:00:00")
    assert office.opening(WEDNESDAY) == at("2026-03-04T07:00:00")
    # an hour before the old close, an hour and a half after the new opening
    assert office.add_working_hours(at("2026-03-03T15:30:00"), Decimal(9000)) == at("2026-03-04T08:30:00")


def test_going_back_over_lunch_a_weekend_and_a_closing() -> None:
    office = WorkingCalendar()
    assert office.add_working_hours(at("2026-03-04T14:00:00"), Decimal(-7200)) == at("2026-03-04T11:00:00")
    assert office.add_working_hours(at("2026-03-09T08:30:00"), Decimal(-1800)) == at("2026-03-06T16:00:00")
    assert office.add_working_hours(at("2026-03-04T13:00:00"), Decimal(-12600)) == at("2026-03-04T08:30:00")


def test_counting_time_at_the_edges() -> None:
    between = WorkingCalendar().working_seconds_between
    assert between(at("2026-03-04T08:30:00"), at("2026-03-04T16:30:00")) == 7 * 3600
    assert between(at("2026-03-04T12:00:00"), at("2026-03-04T13:00:00")) == 0
    assert between(at("2026-03-06T16:29:59.999999"), at("2026-03-09T08:30:00")) == Decimal("0.000001")
    assert between(at("2026-03-09T08:30:00"), at("2026-03-06T16:00:00")) == -1800


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # put forward on 29 March 2026, 02:00 to 03:00; put back on 25 October, 03:00 to 02:00
        ("2026-03-29T00:00:00+01:00", 2 * 3600),
        ("2026-10-25T00:00:00+02:00", 4 * 3600),
    ],
)
def test_an_office_at_night_works_an_hour_less_or_more_when_the_clocks_change(start: str, expected: int) -> None:
    night = OfficeHours(None, (((time(0, 30), time(3, 30)),),) * 7)
    begin = datetime.fromisoformat(start)
    office = WorkingCalendar(zone="Europe/Berlin", hours=[night])
    assert office.working_seconds_between(begin, begin + timedelta(hours=12)) == expected
    assert office.add_working_hours(begin, Decimal(expected)) == office.closing(begin)


@pytest.mark.parametrize("seconds", [Decimal(10) ** 12, -(Decimal(10) ** 12)])
def test_what_leads_out_of_the_years_is_an_error_of_ours(seconds: Decimal) -> None:
    with pytest.raises(CalendarError):
        WorkingCalendar().add_working_hours(at("2026-03-04T09:00:00"), seconds)


def test_the_last_and_the_first_day_of_all() -> None:
    closed = [CalendarDay(date(9999, 12, 31), CLOSED, "ปิด", "Closed"), CalendarDay(date.min, CLOSED, "ปิด", "Closed")]
    office = WorkingCalendar(closed, zone="UTC")
    assert office.working_day_after(date(9999, 12, 29), 1) == date(9999, 12, 30)
    assert office.working_day_after(date(1, 1, 3), -1) == date(1, 1, 2)
    for day, count in ((date(9999, 12, 30), 1), (date(1, 1, 2), -1)):
        with pytest.raises(CalendarError):
            office.working_day_after(day, count)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        # 3000 nights: 8 springs less an hour, 8 autumns more
        (9000, "2034-09-01T03:30:00+02:00"),
        (-9000, "2018-03-30T00:30:00+02:00"),
        # 150 nights over an autumn alone
        (450, "2026-11-12T02:30:00+01:00"),
        (-450, "2026-01-16T02:30:00+01:00"),
    ],
)
def test_changes_of_the_clocks_add_up_over_years(hours: int, expected: str) -> None:
    night = OfficeHours(None, (((time(0, 30), time(3, 30)),),) * 7)
    office, start = WorkingCalendar(zone="Europe/Berlin", hours=[night]), datetime(2026, 6, 15, 12, tzinfo=UTC)
    end = office.add_working_hours(start, Decimal(hours * 3600))
    assert end == datetime.fromisoformat(expected)
    assert office.working_seconds_between(start, end) == hours * 3600
