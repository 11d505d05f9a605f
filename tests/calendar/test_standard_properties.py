"""Standard times of every kind against a walk, over random offices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar.standard import standard_time
from tests.calendar.calendars import Offices, moments, offices
from tests.calendar.slow import SlowCalendar


def _close_of_day(office: SlowCalendar, start: datetime, days: int) -> datetime:
    day = office.day_of(start)
    if days:
        return office.closing(office.after(day, days))
    if office.works(day) and start <= office.closing(day):
        return office.closing(day)
    return office.closing(office.after(day, 1))


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last: month by month."""
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    month = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == first.month]
    return month[min(day.day, len(month)) - 1]


def _at_the_same_time(office: SlowCalendar, start: datetime, day: date) -> datetime:
    local = start.astimezone(office.zone)
    if day == local.date():
        return start
    return datetime.combine(day, local.time().replace(fold=0), office.zone).astimezone(UTC)


@settings(max_examples=60)
@given(offices(), st.data(), st.integers(0, 8), st.integers(0, 300))
def test_working_days_and_hours(office: Offices, data: st.DataObject, days: int, minutes: int) -> None:
    start = data.draw(moments(office.middle))
    expected = start
    if days or not minutes:
        expected = _close_of_day(office.slow, start, days)
    expected = office.slow.add_minutes(expected, minutes)
    assert standard_time(start, f"P{days}DT{minutes}M", "working", office.fast) == expected


@given(offices(), st.data(), st.integers(0, 14), st.integers(0, 40), st.booleans())
def test_calendar_days_and_months(office: Offices, data: st.DataObject, months: int, days: int, moves: bool) -> None:
    start = data.draw(moments(office.middle))
    day = _months_on(office.slow.day_of(start), months) + timedelta(days=days)
    expected = _at_the_same_time(office.slow, start, day)
    last = office.slow.day_of(expected)  # another one where a day is left out
    while moves and not office.slow.works(last):
        last += timedelta(days=1)
    expected = _at_the_same_time(office.slow, expected, last)
    assert standard_time(start, f"P{months}M{days}D", "calendar", office.fast, to_working_day=moves) == expected


@given(offices(), st.data(), st.integers(0, 10**6))
def test_hours_pass_whatever_the_office_does(office: Offices, data: st.DataObject, minutes: int) -> None:
    start = data.draw(moments(office.middle))
    assert standard_time(start, f"PT{minutes}M", "hours", office.fast) == start + timedelta(minutes=minutes)


@given(offices(), st.data(), st.integers(0, 60))
def test_periods_of_the_code_end_with_work(office: Offices, data: st.DataObject, days: int) -> None:
    start = data.draw(moments(office.middle))
    last = office.slow.day_of(start) + timedelta(days=days)
    while not office.slow.works(last):
        last += timedelta(days=1)
    assert standard_time(start, f"P{days}D", "civil", office.fast) == office.slow.closing(last)
