"""The working-time module against a slow one, over random offices; and the laws that it must keep."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendar.calendars import Offices, moments, offices

HALF_A_YEAR = 180


def seconds(minutes: int) -> Decimal:
    return Decimal(60 * minutes)


@given(offices(), st.integers(-HALF_A_YEAR, HALF_A_YEAR))
def test_the_hours_of_a_day(office: Offices, offset: int) -> None:
    day = office.middle + timedelta(days=offset)
    assert office.fast.sessions(day) == tuple(office.slow.hours(day))
    assert office.fast.is_working_day(day) == office.slow.works(day)


@given(offices(), st.integers(-40, 40), st.integers(-60, 60).filter(bool))
def test_adding_working_days(office: Offices, offset: int, count: int) -> None:
    day = office.middle + timedelta(days=offset)
    found = office.slow.after(day, count)
    assert office.fast.working_day_after(day, count) == found


@given(offices(), st.data(), st.integers(-5, 5))
def test_working_days_end_when_the_office_closes(office: Offices, data: st.DataObject, count: int) -> None:
    start = data.draw(moments(office.middle))
    day = office.slow.day_of(start)
    if count < 0:
        expected = office.slow.opening(office.slow.after(day, count))
    elif count > 0:
        expected = office.slow.closing(office.slow.after(day, count))
    elif office.slow.works(day) and start <= office.slow.closing(day):
        expected = office.slow.closing(day)
    else:
        expected = office.slow.closing(office.slow.after(day, 1))
    assert office.fast.add_working_days(start, count) == expected


@given(offices(), st.integers(-40, 40), st.integers(-40, 40))
def test_counting_working_days(office: Offices, first: int, last: int) -> None:
    low, high = (office.middle + timedelta(days=n) for n in sorted((first, last)))
    assert office.fast.working_days_between(low, high) == office.slow.count(low, high)
    assert office.fast.working_days_between(high, low) == -office.slow.count(low, high)


@given(offices(), st.integers(-400, 400))
def test_the_next_working_day(office: Offices, offset: int) -> None:
    day = office.middle + timedelta(days=offset)
    assert office.fast.next_working_day(day) == office.slow.after(day - timedelta(days=1), 1)


@settings(max_examples=60)
@given(offices(), st.data(), st.integers(0, 6 * 1440))
def test_counting_working_time(office: Offices, data: st.DataObject, length: int) -> None:
    start = data.draw(moments(office.middle))
    end = start + timedelta(minutes=length)
    expected = seconds(office.slow.open_minutes(start, end))
    assert office.fast.working_seconds_between(start, end) == expected
    assert office.fast.working_seconds_between(end, start) == -expected


@settings(max_examples=60)
@given(offices(), st.data(), st.integers(-900, 900))
def test_adding_working_time(office: Offices, data: st.DataObject, minutes: int) -> None:
    start = data.draw(moments(office.middle))
    assert office.fast.add_working_hours(start, seconds(minutes)) == office.slow.add_minutes(start, minutes)


@settings(max_examples=60)
@given(offices(), st.data(), st.integers(0, 3), st.booleans())
def test_adding_just_the_time_until_the_close(office: Offices, data: st.DataObject, days: int, back: bool) -> None:
    """Or back until the opening: the last minute of a session belongs to it, and so does the first."""
    edge = data.draw(moments(office.middle))
    around = office.slow.after(office.slow.day_of(edge), -days - 1 if back else days + 1)
    if back:
        minutes = -office.slow.open_minutes(office.slow.opening(around), edge)
    else:
        minutes = office.slow.open_minutes(edge, office.slow.closing(around))
    assert office.fast.add_working_hours(edge, seconds(minutes)) == office.slow.add_minutes(edge, minutes)


@given(offices(), st.integers(-3, 3))
def test_a_day_is_not_over_at_its_close(office: Offices, offset: int) -> None:
    close = office.fast.closing(office.middle + timedelta(days=offset))
    after = close + timedelta(microseconds=1)
    assert office.fast.add_working_days(close, 0) == office.slow.closing(office.slow.day_of(close))
    assert office.fast.add_working_days(after, 0) > close


# The laws go further than the walk can: years, and parts of seconds.
long_times = st.integers(-40_000_000_000_000, 40_000_000_000_000).map(lambda n: Decimal(n) / 1_000_000)


@given(offices(), st.data(), long_times)
def test_time_that_was_added_is_counted_between(office: Offices, data: st.DataObject, time: Decimal) -> None:
    start = data.draw(moments(office.middle))
    end = office.fast.add_working_hours(start, time)
    assert office.fast.working_seconds_between(start, end) == time


@given(offices(), st.data(), long_times, long_times)
def test_more_time_never_ends_earlier(office: Offices, data: st.DataObject, first: Decimal, second: Decimal) -> None:
    start = data.draw(moments(office.middle))
    less, more = sorted((first, second))
    assert office.fast.add_working_hours(start, less) <= office.fast.add_working_hours(start, more)


@given(offices(), st.data(), long_times)
def test_a_later_start_never_ends_earlier(office: Offices, data: st.DataObject, time: Decimal) -> None:
    early, late = sorted((data.draw(moments(office.middle)), data.draw(moments(office.middle))))
    assert office.fast.add_working_hours(early, time) <= office.fast.add_working_hours(late, time) or not time


@given(offices(), st.data(), long_times.map(abs), long_times.map(abs))
def test_parts_make_the_whole(office: Offices, data: st.DataObject, first: Decimal, second: Decimal) -> None:
    start = data.draw(moments(office.middle))
    once = office.fast.add_working_hours(start, first + second)
    twice = office.fast.add_working_hours(office.fast.add_working_hours(start, first), second)
    assert once == twice or not second


@given(offices(), st.data(), st.data(), st.data())
def test_time_between_adds_up(office: Offices, one: st.DataObject, two: st.DataObject, three: st.DataObject) -> None:
    a, b, c = (each.draw(moments(office.middle)) for each in (one, two, three))
    between = office.fast.working_seconds_between
    assert between(a, b) + between(b, c) == between(a, c)


@given(offices(), st.integers(-400, 400), st.integers(-20_000, 20_000).filter(bool))
def test_days_that_were_added_are_counted_between(office: Offices, offset: int, count: int) -> None:
    day = office.middle + timedelta(days=offset)
    found = office.fast.working_day_after(day, count)
    assert office.fast.is_working_day(found)
    if count > 0:
        assert office.fast.working_days_between(day, found) == count
    else:
        the_day_before = date.fromordinal(day.toordinal() - 1)
        assert office.fast.working_days_between(the_day_before, found - timedelta(days=1)) == count
