"""Working days and hours of an office."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import CalendarError
from engine.calendar.durations import add, parse_duration
from engine.calendar.holidays import government_holidays
from engine.calendar.hours import CLOSED, CalendarDay
from engine.calendar.standard import part_of, standard_time
from engine.calendar.working import WorkingCalendar

OFFICE = WorkingCalendar(government_holidays(range(2025, 2029)))
AWARE = datetime.fromisoformat("2026-04-10T16:00:00+07:00")  # the Friday before Songkran

days = st.dates(date(2025, 6, 1), date(2028, 6, 1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def noon(day: date) -> datetime:
    return at(f"{day}T12:00:00")


def test_songkran_moves_working_days_but_not_the_72_hours() -> None:
    assert add(AWARE, parse_duration("PT72H"), OFFICE.zone) == at("2026-04-13T16:00:00")
    due = OFFICE.add_working_days(AWARE, 3)
    assert due == at("2026-04-20T16:30:00")
    assert OFFICE.working_days_between(date(2026, 4, 10), date(2026, 4, 20)) == 3


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-06-01T10:00:00", 1, "2026-06-02T16:30:00"),  # a Monday, but in lieu of Visakha Bucha
        ("2026-05-29T10:00:00", 1, "2026-06-02T16:30:00"),  # over the weekend and the day in lieu
        ("2026-03-04T10:00:00", 0, "2026-03-04T16:30:00"),
        ("2026-03-04T17:00:00", 0, "2026-03-05T16:30:00"),
        ("2026-03-07T10:00:00", 0, "2026-03-09T16:30:00"),
        ("2026-03-09T10:00:00", -1, "2026-03-06T08:30:00"),
    ],
)
def test_adds_working_days(start: str, count: int, expected: str) -> None:
    assert OFFICE.add_working_days(at(start), count) == at(expected)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-03-04T09:00:00", 2, "2026-03-04T11:00:00"),
        ("2026-03-04T11:00:00", 2, "2026-03-04T14:00:00"),  # an hour at noon
        ("2026-03-04T16:00:00", 1, "2026-03-05T09:00:00"),
        ("2026-03-06T16:00:00", 7, "2026-03-09T16:00:00"),  # over a weekend
        ("2026-04-10T16:00:00", 1, "2026-04-16T09:00:00"),  # over Songkran
        ("2026-03-07T10:00:00", 0, "2026-03-07T10:00:00"),
        ("2026-03-04T06:00:00", 7, "2026-03-04T16:30:00"),
    ],
)
def test_adds_working_hours(start: str, hours: int, expected: str) -> None:
    assert OFFICE.add_working_hours(at(start), Decimal(hours * 3600)) == at(expected)


@given(days, st.integers(1, 300))
def test_counting_back_gives_what_was_added(day: date, count: int) -> None:
    due = OFFICE.add_working_days(noon(day), count)
    assert OFFICE.is_working_day(due)
    assert OFFICE.working_days_between(day, (due + timedelta(hours=7)).date()) == count


@given(days, days)
def test_the_fast_count_is_the_count(first: date, last: date) -> None:
    low, high = sorted((first, last))
    slow = sum(OFFICE.is_working_day(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    assert OFFICE.working_days_between(low, high) == slow
    assert OFFICE.working_days_between(high, low) == -slow


@given(days, st.integers(0, 200_000), st.integers(0, 200_000))
def test_working_hours_add_up(day: date, first: int, second: int) -> None:
    once = OFFICE.add_working_hours(noon(day), Decimal(first + second))
    twice = OFFICE.add_working_hours(OFFICE.add_working_hours(noon(day), Decimal(first)), Decimal(second))
    assert once == twice or not second


def test_the_day_of_a_moment_is_that_of_the_office() -> None:
    assert not OFFICE.is_working_day(datetime.fromisoformat("2026-03-06T18:00:00+00:00"))  # Saturday 01:00 in Bangkok


def test_a_saturday_can_be_made_a_working_day() -> None:
    office = WorkingCalendar([CalendarDay(date(2026, 3, 7), None, "ทำการชดเชย", "Working day in lieu")])
    assert office.add_working_days(at("2026-03-06T10:00:00"), 1) == at("2026-03-07T16:30:00")
    assert office.working_days_between(date(2026, 3, 6), date(2026, 3, 8)) == 1
    assert office.holiday(date(2026, 3, 7)) is None


def test_a_closure_of_years_is_counted_over_not_walked_through() -> None:
    closed = [CalendarDay(date(2026, 1, 1) + timedelta(days=n), CLOSED, "ปิด", "Closed") for n in range(800)]
    office = WorkingCalendar(closed)
    assert office.add_working_days(at("2026-01-01T10:00:00"), 1) == at("2028-03-13T16:30:00")  # day 800 is a Saturday
    assert office.add_working_hours(at("2026-01-01T10:00:00"), Decimal(60)) == at("2028-03-13T08:31:00")


def test_the_end_of_the_calendar_is_an_error_of_ours() -> None:
    with pytest.raises(CalendarError):
        OFFICE.add_working_days(at("9999-12-20T10:00:00"), 100)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("P1D", "calendar", "2026-04-11T16:00:00"),
        ("PT72H", "hours", "2026-04-13T16:00:00"),
        ("P3D", "working", "2026-04-20T16:30:00"),
        ("PT1H", "working", "2026-04-16T09:00:00"),
        ("P1DT1H", "working", "2026-04-17T09:30:00"),
        ("P1M", "working", "2026-05-11T16:30:00"),  # 10 May is a Sunday
        ("P9M", "event", "2027-01-10T16:00:00"),
        ("R/P1M", "recurring", "2026-05-10T16:00:00"),
    ],
)
def test_standard_time(text: str, kind: str, expected: str) -> None:
    assert standard_time(AWARE, text, kind, OFFICE) == at(expected)


@pytest.mark.parametrize(
    ("text", "kind"), [("P1D", "lunar"), ("-P1D", "calendar"), ("soon", "calendar"), ("R/P1D", "calendar")]
)
def test_standard_time_refuses(text: str, kind: str) -> None:
    with pytest.raises(CalendarError):
        standard_time(AWARE, text, kind, OFFICE)


def test_part_of_a_time() -> None:
    assert part_of(AWARE, AWARE + timedelta(hours=10), Fraction(4, 5)) == AWARE + timedelta(hours=8)


def test_government_offices_keep_ploughing_day_and_work_on_labour_day() -> None:
    named = {entry.day: entry for entry in government_holidays([2026, 2027])}
    assert named[date(2026, 5, 13)].en == "Royal Ploughing Ceremony"
    assert named[date(2026, 5, 13)].th == "วันพืชมงคล"
    assert date(2026, 5, 1) not in named and date(2027, 5, 3) not in named  # Labour Day and the day in lieu of it
    assert {date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)} <= named.keys()
    assert OFFICE.is_working_day(date(2026, 5, 1)) and OFFICE.holiday(date(2026, 5, 13)) is not None
