"""Dates that come back, one by one and several together, with and without an office that is closed on them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import CalendarError
from engine.calendar.cron import next_cron, parse_cron
from engine.calendar.holidays import government_holidays
from engine.calendar.recurring import is_recurring_date, next_recurring_date, parse_recurring
from engine.calendar.standard import KINDS, standard_time
from engine.calendar.working import WorkingCalendar
from tests.calendar.calendars import Offices, moments, offices

ZONE = "Asia/Bangkok"
NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
OFFICE = WorkingCalendar(government_holidays(range(2025, 2029)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--04-05", "2027-04-05T23:59:59+07:00"),
        ("--04-10", "2026-04-10T23:59:59+07:00"),  # today is not over yet
        ("--10-05", "2026-10-05T23:59:59+07:00"),
        ("--09", "2026-09-30T23:59:59+07:00"),
        ("--02-29", "2028-02-29T23:59:59+07:00"),
        ("--01", "2027-01-31T23:59:59+07:00"),
        ("--12-31", "2026-12-31T23:59:59+07:00"),
        ("--01-01", "2027-01-01T23:59:59+07:00"),
        ("---01", "2026-05-01T23:59:59+07:00"),
        ("---25", "2026-04-25T23:59:59+07:00"),
        ("---05", "2026-05-05T23:59:59+07:00"),
        ("---31", "2026-04-30T23:59:59+07:00"),
        ("--04-05 --10-05", "2026-10-05T23:59:59+07:00"),
        ("--10-05  --04-10", "2026-04-10T23:59:59+07:00"),
        ("end-of-month", "2026-04-30T23:59:59+07:00"),
        ("end-of-fiscal-quarter", "2026-06-30T23:59:59+07:00"),
        ("end-of-fiscal-half", "2026-09-30T23:59:59+07:00"),
        ("end-of-fiscal-year", "2026-09-30T23:59:59+07:00"),
        ("end-of-month --04-15", "2026-04-15T23:59:59+07:00"),
        ("R/P3M", "2026-07-10T23:59:59+07:00"),
        ("R/P2W", "2026-04-24T23:59:59+07:00"),
        ("R/2025-10-31/P1M", "2026-04-30T23:59:59+07:00"),
        ("R/2026-04-10/P3M", "2026-04-10T23:59:59+07:00"),
        ("R/2026-10-01/P3M", "2026-10-01T23:59:59+07:00"),
    ],
)
def test_recurring_dates(text: str, expected: str) -> None:
    assert next_recurring_date(text, NOW, ZONE) == datetime.fromisoformat(expected)


def test_a_recurring_date_that_ends_this_second_has_passed() -> None:
    end = datetime.fromisoformat("2026-04-25T23:59:59+07:00")
    assert next_recurring_date("---25", end, ZONE) == datetime.fromisoformat("2026-05-25T23:59:59+07:00")


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "--13-01", "--00-01", "--02-30", "--04-31", "---32", "---00", "--4-5", "04-05", "--04-05,--10-05", "--04-05 and",
        "end-of-week", "R/PT3H", "R/P1DT1H", "R3/P3M", "R/P0D", "R/-P1M", "R/2026-13-01/P1M", "@daily", "--๐๔-๐๕", "--01-01 " * 25,
    ],
)  # fmt: skip
def test_refuses(text: str) -> None:
    with pytest.raises(CalendarError):
        next_recurring_date(text, NOW, ZONE)


def test_a_date_stands_once_however_often_it_is_named() -> None:
    assert parse_recurring("--09 end-of-fiscal-year --09-30") == ("--09", "--09-30")


def test_what_is_meant_as_dates_that_come_back() -> None:
    assert is_recurring_date("--04-05") and is_recurring_date(" end-of-month")
    assert not is_recurring_date("2026-04-05") and not is_recurring_date("P1M") and not is_recurring_date("R/P1M")


def test_the_end_of_all_years_is_an_error_of_ours() -> None:
    with pytest.raises(CalendarError):
        next_recurring_date("--02-29", datetime(9999, 6, 1, tzinfo=UTC), ZONE)
    with pytest.raises(CalendarError):
        next_recurring_date("R/P9M", datetime(9999, 6, 1, tzinfo=UTC), ZONE)


@pytest.mark.parametrize(
    ("after", "text", "expected"),
    [
        ("2026-04-01T09:00", "--04-05", "2026-04-07"),  # 5 April is a Sunday, the 6th Chakri Day
        ("2026-04-07T09:00", "--04-05", "2026-04-07"),  # today stands for it
        ("2026-04-08T09:00", "--04-05", "2027-04-05"),
        ("2026-04-08T09:00", "--04-05 --10-05", "2026-10-05"),
        ("2026-04-10T09:00", "R/2026-01-13/P1M", "2026-04-16"),  # over Songkran
        ("2026-05-01T09:00", "end-of-month", "2026-06-02"),  # Sunday 31 May, Monday in lieu of Visakha Bucha
        ("2026-06-02T09:00", "end-of-month", "2026-06-02"),
        ("2026-06-03T09:00", "end-of-month", "2026-06-30"),
    ],
)
def test_a_day_on_which_the_office_is_closed_stands_for_the_next(after: str, text: str, expected: str) -> None:
    found = next_recurring_date(text, datetime.fromisoformat(after + "+07:00"), ZONE, OFFICE)
    assert found == datetime.fromisoformat(f"{expected}T23:59:59+07:00")


def _names(text: str, day: date) -> bool:
    """Whether a yearly or monthly date names a day: read off the calendar."""
    tomorrow = day + timedelta(days=1)
    is_last = tomorrow.month != day.month
    if text.startswith("---"):
        return day.day == int(text[3:]) or (is_last and day.day < int(text[3:]))
    month, _, number = text[2:].partition("-")
    return day.month == int(month) and (day.day == int(number) if number else is_last)


yearly = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"--{day:%m-%d}")
monthly = st.integers(1, 31).map(lambda day: f"---{day:02d}")
month_ends = st.integers(1, 12).map(lambda month: f"--{month:02d}")


@given(offices(), st.data(), st.lists(st.one_of(yearly, monthly, month_ends), min_size=1, max_size=4), st.booleans())
def test_the_next_date_is_that_of_a_walk(office: Offices, data: st.DataObject, dates: list[str], moves: bool) -> None:
    start, zone = data.draw(moments(office.middle)), office.fast.zone
    day = office.slow.day_of(start) - timedelta(days=90)  # no office here is closed for longer
    while True:
        last = day
        while moves and not office.slow.works(last):
            last += timedelta(days=1)
        end = datetime.combine(last, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)
        if end > start and any(_names(text, day) for text in dates):
            break
        day += timedelta(days=1)
    assert next_recurring_date(" ".join(dates), start, zone, office.fast if moves else None) == end


FIRST, LAST = datetime(1, 1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Asia/Bangkok", "America/New_York", "UTC"])
@pytest.mark.parametrize("moment", [FIRST, LAST])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["P1D", "P9999Y", "--02-29", "R/P1M", "end-of-month", "R/0001-01-01/P1D"])
def test_at_both_ends_of_all_years_there_is_an_answer_or_an_error_of_ours(
    zone: str, moment: datetime, kind: str, text: str
) -> None:
    office = WorkingCalendar(zone=zone)
    for asked in (
        lambda: standard_time(moment, text, kind, office, to_working_day=True),
        lambda: next_recurring_date(text, moment, zone),
        lambda: next_cron(parse_cron("0 0 0 29 2 *"), moment, zone),
    ):
        with suppress(CalendarError):
            asked()
