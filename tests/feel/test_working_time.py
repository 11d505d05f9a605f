"""The office's working time in expressions, asked of the calendar the host gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.feel import Environment, parse_expression
from tests.feel.conftest import NOW
from tests.feel.test_cases import assert_same

HOLIDAYS = {date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)}


class Office:
    """Monday to Friday but Songkran; the hours are plain ones."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in HOLIDAYS

    def add_working_days(self, day: date, days: int) -> date:
        step = timedelta(days=1 if days > 0 else -1)
        while days:
            day += step
            if self.is_working_day(day):
                days -= 1 if days > 0 else -1
        return day

    def working_days_between(self, start: date, end: date) -> int:
        return sum(self.is_working_day(start + timedelta(n)) for n in range(1, (end - start).days + 1))

    def add_working_hours(self, moment: datetime, hours: Decimal) -> datetime:
        return moment + timedelta(hours=float(hours))

    def fiscal_year(self, day: date) -> int:
        return day.year + 543 + (day.month >= 10)

    def thai_date(self, day: date) -> str:
        return f"{day.day} เมษายน 2569".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add working days(today(), 3)", '@"2026-04-20"'),
        ("add working days(now(), 1)", '@"2026-04-16T16:00:00@Asia/Bangkok"'),
        ('add working days(@"2026-04-16", -1)', '@"2026-04-10"'),
        ('add working days(@"2026-04-10T23:00:00Z", 1)', '@"2026-04-16T06:00:00@Asia/Bangkok"'),
        ('working days between(@"2026-04-10", @"2026-04-20")', "3"),
        ('working days between(start: @"2026-04-10", end: @"2026-04-10")', "0"),
        ("is working day(today())", "true"),
        ('is working day(@"2026-04-13")', "false"),
        ("add working hours(now(), 2)", '@"2026-04-10T18:00:00@Asia/Bangkok"'),
        ('fiscal year(@"2026-09-30")', "2569"),
        ('fiscal year(@"2026-10-01")', "2570"),
        ("thai date(today())", '"๑๐ เมษายน ๒๕๖๙"'),
        ("add working days(today(), 1e9)", "null"),
        ('add working days("2026-04-10", 1)', "null"),
        ('working days between(@"0001-01-01", @"9999-01-01")', "null"),
    ],
)
def test_with_a_calendar(text: str, expected: str) -> None:
    env = Environment(now=NOW, calendar=Office())
    assert_same(parse_expression(text).evaluate({}, env), expected, env)


def test_without_a_calendar(env: Environment) -> None:
    found = parse_expression("is working day(today())").evaluate({}, env)
    assert found.value is None and "calendar" in found.warnings[0].message
    assert parse_expression("fiscal year(today())").evaluate({}, env).value == 2569
    assert parse_expression("thai date(today())").evaluate({}, env).value == "๑๐ เมษายน ๒๕๖๙"
