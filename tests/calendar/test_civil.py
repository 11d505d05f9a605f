"""Periods by the Civil and Commercial Code, and last days that move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import CalendarError
from engine.calendar.civil import last_day_of_period
from engine.calendar.durations import Duration, parse_duration
from engine.calendar.holidays import government_holidays
from engine.calendar.hours import CalendarDay
from engine.calendar.standard import KINDS, follows_office, has_due_time, moved_to_working_day, standard_time
from engine.calendar.working import WorkingCalendar
from tests.calendar.calendars import Offices, moments, offices
from tests.calendar.slow import SlowCalendar

OFFICE = WorkingCalendar(government_holidays(range(2025, 2029)))
AWARE = datetime.fromisoformat("2026-04-10T16:00:00+07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


@pytest.mark.parametrize(
    ("event", "period", "last"),
    [
        ("2026-04-10", "P1D", "2026-04-11"),
        ("2026-04-10", "P2W", "2026-04-24"),
        ("2026-04-10", "P1M", "2026-05-10"),
        ("2026-01-29", "P1M", "2026-02-28"),  # begins on the 30th: no such day in February
        ("2026-01-30", "P1M", "2026-02-28"),
        ("2026-01-31", "P1M", "2026-02-28"),  # begins with February, ends with it
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2026-02-28", "P1M", "2026-03-31"),  # begins with March, ends with it
        ("2026-04-30", "P1M", "2026-05-31"),
        ("2024-02-28", "P1Y", "2025-02-28"),  # begins on 29 February: none in 2025
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2025-02-28", "P3Y", "2028-02-29"),  # begins with March, ends before March
        ("2026-12-31", "P1Y", "2027-12-31"),
        ("2026-01-30", "P1M10D", "2026-03-10"),  # months first (193/6)
        ("2026-04-10", "P0D", "2026-04-10"),
    ],
)
def test_the_last_day_of_a_period(event: str, period: str, last: str) -> None:
    assert last_day_of_period(date.fromisoformat(event), parse_duration(period)) == date.fromisoformat(last)


@pytest.mark.parametrize("period", ["PT1H", "P1DT1S", "-P1D", "P9999Y", "P99999999D"])
def test_what_is_no_period(period: str) -> None:
    with pytest.raises(CalendarError):
        last_day_of_period(date(2026, 4, 10), parse_duration(period))


def _slow_last_day(event: date, months: int, days: int) -> date:
    """Section 193/5 as a walk: into the month in which the period ends, then to the day that corresponds."""
    first = event + timedelta(days=1)
    if months:
        day = first
        while months:
            day += timedelta(days=1)
            months -= day.day == 1
        month = [each for each in (day + timedelta(days=n) for n in range(31)) if each.month == day.month]
        corresponding = [each for each in month if each.day == first.day]
        event = corresponding[0] - timedelta(days=1) if corresponding else month[-1]
    return event + timedelta(days=days)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 60), st.integers(0, 400))
def test_the_last_day_is_that_of_a_walk(event: date, months: int, days: int) -> None:
    assert last_day_of_period(event, Duration(months=months, days=days)) == _slow_last_day(event, months, days)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("P1M", "civil", "2026-05-11T16:30:00"),  # 10 May is a Sunday
        ("P3D", "civil", "2026-04-16T16:30:00"),  # 13 April is Songkran
        ("P30D", "civil", "2026-05-11T16:30:00"),
        ("P20D", "civil", "2026-04-30T16:30:00"),
        ("P3D", "calendar", "2026-04-16T16:00:00"),
        ("P1M", "calendar", "2026-05-11T16:00:00"),
        ("P20D", "calendar", "2026-04-30T16:00:00"),
        ("PT72H", "calendar", "2026-04-16T16:00:00"),
        ("--04-05 --05-10", "recurring", "2026-05-11T23:59:59"),
        ("R/P1M", "recurring", "2026-05-11T16:00:00"),
    ],
)
def test_a_last_day_without_work_moves_to_the_next_with(text: str, kind: str, expected: str) -> None:
    assert standard_time(AWARE, text, kind, OFFICE, to_working_day=True) == at(expected)


def test_without_being_asked_only_periods_of_the_code_move() -> None:
    assert standard_time(AWARE, "P3D", "calendar", OFFICE) == at("2026-04-13T16:00:00")
    assert standard_time(AWARE, "--05-10", "recurring", OFFICE) == at("2026-05-10T23:59:59")
    assert standard_time(AWARE, "P3D", "civil", OFFICE) == at("2026-04-16T16:30:00")


def test_a_period_that_ends_on_a_half_day_ends_at_its_close() -> None:
    half = CalendarDay(date(2026, 4, 9), OFFICE.sessions(date(2026, 4, 9))[:1], "ครึ่งวัน", "Half day")
    assert standard_time(at("2026-04-08T10:00:00"), "P1D", "civil", WorkingCalendar([half])) == at("2026-04-09T12:00:00")


def test_the_event_happens_on_the_day_of_the_office() -> None:
    late = datetime.fromisoformat("2026-04-07T18:00:00+00:00")  # 8 April, one in the morning, in Bangkok
    assert standard_time(late, "P1D", "civil", OFFICE) == at("2026-04-09T16:30:00")


@given(offices(), st.data())
def test_moving_is_that_of_a_walk(office: Offices, data: st.DataObject) -> None:
    due = data.draw(moments(office.middle))
    found = moved_to_working_day(due, office.fast)
    zone = office.slow.zone
    day = wanted = _local(office.slow, due).date()
    while not office.slow.works(wanted):
        wanted += timedelta(days=1)
    if wanted == day:
        assert found == due
    else:
        wall = datetime.combine(wanted, _local(office.slow, due).time()).replace(tzinfo=zone)
        assert found == wall.astimezone(UTC)


def _local(office: SlowCalendar, moment: datetime) -> datetime:
    return moment.astimezone(office.zone)


def test_which_terms_depend_on_the_office() -> None:
    assert [kind for kind in KINDS if follows_office(kind)] == ["working", "civil"]
    assert all(follows_office(kind, True) for kind in KINDS)


def test_which_standard_times_say_by_when() -> None:
    assert [kind for kind in KINDS if has_due_time(kind, "P1D")] == ["calendar", "working", "hours", "civil"]
    assert has_due_time("recurring", "--04-05") and not has_due_time("recurring", "R/P1M")
