"""Moments written as text, and what a timer of a diagram makes of a value."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.calendar import CalendarError
from engine.calendar.moments import parse_moment
from engine.calendar.timers import due_of_date, due_of_duration, duration_of, next_of_cycle, parse_cycle

ZONE = "Asia/Bangkok"
NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


class Temporal:
    """Stands for a value of another room that is known by its text only."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


@pytest.mark.parametrize(
    "value",
    [
        "2026-04-10T16:00:00+07:00",
        "2026-04-10T16:00+07:00",
        "2026-04-10T16:00:00+0700",
        "2026-04-10T09:00:00Z",
        "2026-04-10T09:00:00.000000000Z",
        "2026-04-10T16:00:00@Asia/Bangkok",
        "2026-04-10T16:00:00+07:00[Asia/Bangkok]",
        "2026-04-10T16:00",
        Temporal("2026-04-10T16:00:00@Asia/Bangkok"),
        datetime(2026, 4, 10, 9, 0, tzinfo=UTC),
        datetime(2026, 4, 10, 16, 0),
    ],
)
def test_reads_one_moment_in_all_its_spellings(value: object) -> None:
    read = due_of_date(value, NOW, ZONE)
    assert read == NOW and read.utcoffset() == timedelta(0)


def test_a_date_is_the_beginning_of_its_day_in_the_office() -> None:
    assert parse_moment("2026-04-10", ZONE) == parse_moment(date(2026, 4, 10), ZONE) == NOW - timedelta(hours=16)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "tomorrow",
        "2026-02-30",
        "2026-04-10T25:00:00Z",
        "10/04/2569",
        "๒๕๖๙-๐๔-๑๐",
        "2026-04-10T16:00:00@No/Where",
        "0001-01-01T00:00:00+07:00",
        42,
        True,
    ],
)
def test_refuses(value: object) -> None:
    with pytest.raises(CalendarError):
        due_of_date(value, NOW, ZONE)


@pytest.mark.parametrize("value", ["--04-25", " end-of-month ", "--04-25 --04-30"])
def test_dates_that_come_back(value: str) -> None:
    assert due_of_date(value, NOW, ZONE).day in (25, 30)


@pytest.mark.parametrize("value", ["PT72H", "P3D", timedelta(hours=72), Temporal("P3DT0H")])
def test_durations_of_every_kind(value: object) -> None:
    assert due_of_duration(value, NOW, ZONE) == NOW + timedelta(days=3)


def test_a_duration_that_was_read_already_stays_what_it_is() -> None:
    assert due_of_duration(duration_of(timedelta(seconds=-1.5)), NOW, ZONE) == NOW - timedelta(seconds=1.5)


@pytest.mark.parametrize("value", [None, "", "3 days", 72, "2026-04-10"])
def test_refuses_what_is_no_duration(value: object) -> None:
    with pytest.raises(CalendarError):
        due_of_duration(value, NOW, ZONE)


def test_the_next_time_of_a_cycle() -> None:
    assert next_of_cycle(parse_cycle("R2/PT1H"), NOW, 0, NOW, ZONE) == NOW + timedelta(hours=1)
    assert next_of_cycle(parse_cycle("R2/PT1H"), NOW + timedelta(hours=2), 2, NOW, ZONE) is None
