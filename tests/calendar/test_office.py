"""The office's calendar as FEEL expressions of a diagram ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.calendar.office import OfficeTime, office_calendar
from engine.feel import Environment, parse_expression, to_json

ZONE = "Asia/Bangkok"
NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


def evaluate(text: str) -> object:
    environment = Environment(now=NOW, zone=ZONE, calendar=OfficeTime(office_calendar(2026, ZONE)))
    return to_json(parse_expression(text).evaluate({}, environment).value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('is working day(date("2026-04-14"))', False),
        ('is working day(date("2026-05-01"))', True),
        ('string(add working days(date("2026-04-10"), 3))', "2026-04-20"),
        ('string(add working days(date("2026-04-20"), -3))', "2026-04-10"),
        ('working days between(date("2026-04-10"), date("2026-04-20"))', 3),
        ('add working hours(@"2026-04-10T16:00:00+07:00", 1) = @"2026-04-16T09:00:00+07:00"', True),
        ('add working hours(@"2026-04-16T09:00:00+07:00", -1) = @"2026-04-10T16:00:00+07:00"', True),
        ('fiscal year(date("2026-10-01"))', 2570),
        ('thai date(date("2026-04-10"))', "๑๐ เมษายน ๒๕๖๙"),
    ],
)
def test_the_built_ins_ask_the_office(text: str, expected: object) -> None:
    assert evaluate(text) == expected


@pytest.mark.parametrize("text", ['add working hours(@"2026-04-10T16:00:00+07:00", null)', "add working days(null, 1)"])
def test_what_cannot_be_computed_is_null_not_an_error(text: str) -> None:
    assert evaluate(text) is None


def test_the_same_calendar_serves_a_whole_year() -> None:
    assert office_calendar(2026, ZONE) is office_calendar(2026, ZONE)
    # work begun in December goes on in January
    assert not office_calendar(2026, ZONE).is_working_day(date(2027, 1, 1))
    assert OfficeTime(office_calendar(2026, ZONE)).add_working_seconds(NOW, Decimal("0.5")) > NOW
