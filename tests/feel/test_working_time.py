"""The office's working time in expressions, asked of the calendar the host gives."""

from __future__ import annotations

from datetime import date, time

import pytest

from engine.calendar.hours import CLOSED, CalendarDay
from engine.calendar.office import OfficeTime
from engine.calendar.working import WorkingCalendar
from engine.feel import Environment, parse_expression
from tests.feel.conftest import NOW
from tests.feel.test_cases import assert_same

SONGKRAN = [CalendarDay(date(2026, 4, day), CLOSED, "วันสงกรานต์", "Songkran Festival") for day in (13, 14, 15)]
HALF_DAY = CalendarDay(date(2026, 4, 9), ((time(8, 30), time(12)),), "ครึ่งวัน", "Half day")
OFFICE = OfficeTime(WorkingCalendar([*SONGKRAN, HALF_DAY]))
"""Monday to Friday but Songkran, and half of the day before today."""


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
        ("next working day(today())", '@"2026-04-10"'),
        ("next working day(@\"2026-04-11\")", '@"2026-04-16"'),
        ('next working day(@"2026-04-10T18:00:00Z")', '@"2026-04-16"'),
        ('holiday name(@"2026-04-13")', '"วันสงกรานต์"'),
        ('holiday name(@"2026-04-13", "en")', '"Songkran Festival"'),
        ('holiday name(date: @"2026-04-13", language: "th")', '"วันสงกรานต์"'),
        ('holiday name(@"2026-04-13", "fr")', "null"),
        ('holiday name(@"2026-04-11")', "null"),
        ('holiday name(@"2026-04-09")', "null"),
        ("opening time(today())", '@"2026-04-10T08:30:00@Asia/Bangkok"'),
        ('opening time(@"2026-04-11")', '@"2026-04-16T08:30:00@Asia/Bangkok"'),
        ('closing time(@"2026-04-09")', '@"2026-04-09T12:00:00@Asia/Bangkok"'),
        ("closing time(add working days(today(), 3))", '@"2026-04-20T16:30:00@Asia/Bangkok"'),
        ("add working hours(now(), 2)", '@"2026-04-16T10:00:00@Asia/Bangkok"'),
        ("add working hours(now(), -2)", '@"2026-04-10T14:00:00@Asia/Bangkok"'),
        ("add working hours(now(), -8)", '@"2026-04-09T10:30:00@Asia/Bangkok"'),
        ("add working hours(now(), 1/3)", '@"2026-04-10T16:20:00@Asia/Bangkok"'),
        ('working hours between(now(), @"2026-04-16T10:00:00+07:00")', "2"),
        ('working hours between(@"2026-04-16T10:00:00+07:00", now())', "-2"),
        ('working hours between(@"2026-04-10T15:55:00", now()) = 1/12', "true"),
        ('working hours between(@"0001-01-01T00:00:00", now())', "null"),
        ("working hours between(today(), now())", "null"),
        ('end of period(@"2026-01-30", duration("P1M"))', '@"2026-03-02"'),
        ('end of period(today(), duration("P3D"))', '@"2026-04-16"'),
        ('end of period(today(), duration("P1Y"))', '@"2027-04-12"'),
        ('end of period(today(), duration("PT3H"))', "null"),
        ('end of period(today(), -duration("P3D"))', "null"),
        ("end of period(today(), 3)", "null"),
        ('next recurring date(today(), "--04-05 --10-05")', '@"2026-10-05"'),
        ('next recurring date(@"2026-10-05", "--04-05 --10-05")', '@"2026-10-05"'),
        ('next recurring date(today(), "R/P3M")', '@"2026-07-10"'),
        ('next recurring date(today(), "end-of-fiscal-quarter")', '@"2026-06-30"'),
        ('next recurring date(today(), "some day")', "null"),
        ("add working days(today(), 1e9)", "null"),
        ('add working days("2026-04-10", 1)', "null"),
        ('working days between(@"0001-01-01", @"9999-01-01")', "null"),
    ],
)
def test_with_a_calendar(text: str, expected: str) -> None:
    env = Environment(now=NOW, calendar=OFFICE)
    assert_same(parse_expression(text).evaluate({}, env), expected, env)


def test_without_a_calendar(env: Environment) -> None:
    found = parse_expression("is working day(today())").evaluate({}, env)
    assert found.value is None and "calendar" in found.warnings[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('fiscal year(@"2026-09-30")', "2569"),
        ('fiscal year(@"2026-10-01")', "2570"),
        ('fiscal year(@"2026-09-30T18:00:00Z")', "2570"),  # it is October already in the office
        ("fiscal quarter(today())", "3"),
        ('for m in 1..12 return fiscal quarter(date(2026, m, 1))', "[2, 2, 2, 3, 3, 3, 4, 4, 4, 1, 1, 1]"),
        ("start of fiscal year(today())", '@"2025-10-01"'),
        ('start of fiscal year(@"2026-10-01")', '@"2026-10-01"'),
        ("end of fiscal year(today())", '@"2026-09-30"'),
        ('end of fiscal year(@"2026-10-01")', '@"2027-09-30"'),
        ("end of fiscal quarter(today())", '@"2026-06-30"'),
        ('end of fiscal quarter(@"2026-12-31")', '@"2026-12-31"'),
        ('end of fiscal quarter(@"2027-01-01")', '@"2027-03-31"'),
        ("thai date(today())", '"๑๐ เมษายน ๒๕๖๙"'),
        ("fiscal year(null)", "null"),
        ('end of fiscal year("2026-04-10")', "null"),
    ],
)
def test_the_governments_year_needs_no_calendar(env: Environment, text: str, expected: str) -> None:
    assert_same(parse_expression(text).evaluate({}, env), expected, env)
