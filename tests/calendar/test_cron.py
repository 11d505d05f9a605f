"""Six-field cron expressions name the moments that their documentation says."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import CalendarError
from engine.calendar.cron import next_cron, parse_cron

BANGKOK = ZoneInfo("Asia/Bangkok")
AFTER = datetime(2026, 4, 10, 16, 0, tzinfo=BANGKOK)  # a Friday


def following(text: str, count: int = 1, after: datetime = AFTER, zone: str = "Asia/Bangkok") -> list[str]:
    times: list[str] = []
    moment: datetime | None = after
    for _ in range(count):
        assert moment is not None
        moment = next_cron(parse_cron(text), moment, zone)
        assert moment is not None
        times.append(moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S"))
    return times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 0 * * * *", ["2026-04-10 17:00:00", "2026-04-10 18:00:00"]),
        ("*/10 * * * * *", ["2026-04-10 16:00:10", "2026-04-10 16:00:20"]),
        ("0 0 8-10 * * *", ["2026-04-11 08:00:00", "2026-04-11 09:00:00"]),
        ("0 0 6,19 * * *", ["2026-04-10 19:00:00", "2026-04-11 06:00:00"]),
        ("0 0/30 8-10 * * *", ["2026-04-11 08:00:00", "2026-04-11 08:30:00"]),
        ("0 0 9-17 * * MON-FRI", ["2026-04-10 17:00:00", "2026-04-13 09:00:00"]),
        ("0 0 0 25 DEC ?", ["2026-12-25 00:00:00", "2027-12-25 00:00:00"]),
        ("0 0 0 L * *", ["2026-04-30 00:00:00", "2026-05-31 00:00:00"]),
        ("0 0 0 L-3 * *", ["2026-04-27 00:00:00", "2026-05-28 00:00:00"]),
        ("0 0 0 1W * *", ["2026-05-01 00:00:00", "2026-06-01 00:00:00"]),
        ("0 0 0 1W 8 *", ["2026-08-03 00:00:00", "2027-08-02 00:00:00"]),  # the 1st is a Saturday, then a Sunday
        ("0 0 0 L-1 * *", ["2026-04-29 00:00:00", "2026-05-30 00:00:00"]),
        ("0 0 0 15W 8 *", ["2026-08-14 00:00:00", "2027-08-16 00:00:00"]),  # a Saturday, then a Sunday
        ("0 0 0 2W 5 *", ["2026-05-01 00:00:00", "2027-05-03 00:00:00"]),
        ("0 0 0 LW * *", ["2026-04-30 00:00:00", "2026-05-29 00:00:00"]),
        ("0 0 0 31W 5 *", ["2026-05-29 00:00:00", "2027-05-31 00:00:00"]),  # Sunday 31 May: back within the month
        ("0 0 0 * * 5L", ["2026-04-24 00:00:00", "2026-05-29 00:00:00"]),
        ("0 0 0 * * THUL", ["2026-04-30 00:00:00", "2026-05-28 00:00:00"]),
        ("0 0 0 ? * 5#2", ["2026-05-08 00:00:00", "2026-06-12 00:00:00"]),
        ("0 0 0 ? * MON#1", ["2026-05-04 00:00:00", "2026-06-01 00:00:00"]),
        ("0 0 0 13 * FRI", ["2026-11-13 00:00:00", "2027-08-13 00:00:00"]),  # both day fields must fit
        ("0 0 0 29 2 SAT", ["2048-02-29 00:00:00", "2076-02-29 00:00:00"]),
        ("0 0 0 * * 7", ["2026-04-12 00:00:00", "2026-04-19 00:00:00"]),
        ("@daily", ["2026-04-11 00:00:00", "2026-04-12 00:00:00"]),
        ("@weekly", ["2026-04-12 00:00:00", "2026-04-19 00:00:00"]),
        ("@monthly", ["2026-05-01 00:00:00", "2026-06-01 00:00:00"]),
        ("@yearly", ["2027-01-01 00:00:00", "2028-01-01 00:00:00"]),
        ("@hourly", ["2026-04-10 17:00:00", "2026-04-10 18:00:00"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert following(text, len(expected)) == expected


def test_a_day_that_no_year_has_never_comes() -> None:
    assert next_cron(parse_cron("0 0 0 30 2 *"), AFTER, "Asia/Bangkok") is None


def test_the_end_of_the_calendar_is_the_end() -> None:
    last = datetime(9999, 12, 30, tzinfo=UTC)
    assert next_cron(parse_cron("0 0 0 1 1 *"), last, "Asia/Bangkok") is None


def test_a_wall_time_that_happens_twice_counts_once() -> None:
    after = datetime.fromisoformat("2026-10-24T12:00:00+02:00")
    assert following("0 30 2 * * *", 2, after, "Europe/Berlin") == ["2026-10-25 02:30:00", "2026-10-26 02:30:00"]


def test_a_wall_time_that_is_skipped_counts_later() -> None:
    after = datetime.fromisoformat("2026-03-28T12:00:00+01:00")
    assert following("0 30 2 * * *", 2, after, "Europe/Berlin") == ["2026-03-29 03:30:00", "2026-03-30 02:30:00"]


@pytest.mark.parametrize(
    "text",
    [
        "* * * * *",
        "60 * * * * *",
        "* 60 * * * *",
        "* * 24 * * *",
        "* * * 0 * *",
        "* * * 32 * *",
        "* * * * 13 *",
        "* * * * * 8",
        "0 0 0 5-1 * *",
        "0 0 0 ? * MON#6",
        "0 */0 * * * *",
        "0 0 0 L-0 * *",
        "0 0 0 L-31 * *",
        "0 0 0 32W * *",
        "0 0 0 0W * *",
        "0 0 0 ? * 8#1",
        "0 0 0 ? * 8L",
        "0 0 0 XW * *",
        "0 0 0 * * ๑",
        "",
    ],
)
def test_refuses(text: str) -> None:
    with pytest.raises(CalendarError):
        parse_cron(text)


@given(
    st.integers(0, 59),
    st.integers(0, 23),
    st.integers(1, 28),
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
)
def test_the_next_is_after_and_none_lies_between(minute: int, hour: int, day: int, after: datetime) -> None:
    cron = parse_cron(f"0 {minute} {hour} {day} * *")
    due = next_cron(cron, after, "Asia/Bangkok")
    assert due is not None and due > after
    local = due.astimezone(BANGKOK)
    assert (local.day, local.hour, local.minute, local.second) == (day, hour, minute, 0)
    assert due - after <= timedelta(days=31)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        # what is skipped comes later, and hides nothing that comes before it
        ("0 30 2 * * *", "Europe/Berlin", ["2026-03-29 03:30:00", "2026-03-30 02:30:00"]),
        ("0 15,30 2 * * *", "Australia/Lord_Howe", ["2026-10-04 02:30:00", "2026-10-04 02:45:00", "2026-10-05 02:15:00"]),
    ],
)  # fmt: skip
def test_a_change_of_the_clocks_loses_no_time(text: str, zone: str, expected: list[str]) -> None:
    just_changed = {"Europe/Berlin": "2026-03-29T03:10:00+02:00", "Australia/Lord_Howe": "2026-10-04T01:50:00+10:30"}
    assert following(text, len(expected), datetime.fromisoformat(just_changed[zone]), zone) == expected


# put forward and put back by an hour, at midnight, and by half an hour
NIGHTS = (
    ("Europe/Berlin", "2026-03-28T22:00:00+00:00"), ("Europe/Berlin", "2026-10-24T22:00:00+00:00"),
    ("Asia/Beirut", "2026-03-28T20:00:00+00:00"), ("Asia/Beirut", "2026-10-24T19:00:00+00:00"),
    ("Australia/Lord_Howe", "2026-10-03T13:00:00+00:00"), ("Australia/Lord_Howe", "2026-04-04T13:00:00+00:00"),
)  # fmt: skip
hours, minutes = st.sets(st.integers(0, 4), min_size=1), st.sets(st.sampled_from([0, 15, 29, 30, 45, 59]), min_size=1)


@settings(max_examples=400)
@given(hours, minutes, st.sampled_from(NIGHTS), st.integers(0, 6 * 60))
def test_the_next_in_a_night_of_change_is_the_nearest(
    hours: set[int], minutes: set[int], night: tuple[str, str], later: int
) -> None:
    zone, after = night[0], datetime.fromisoformat(night[1]) + timedelta(minutes=later)
    cron = parse_cron(f"0 {','.join(map(str, minutes))} {','.join(map(str, hours))} * * *")
    days = [after.astimezone(ZoneInfo(zone)).date() + timedelta(days=n) for n in range(-1, 3)]
    walls = [(day, time(hour, minute)) for day in days for hour in hours for minute in minutes]
    named = [datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC) for day, wall in walls]
    assert next_cron(cron, after, zone) == min(moment for moment in named if moment > after)
