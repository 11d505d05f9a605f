"""Dates as Thai offices write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.calendar.thai import (
    fiscal_quarter,
    fiscal_year,
    fiscal_year_days,
    latin_digits,
    thai_date,
    thai_date_time,
    thai_digits,
)

DAY = date(2026, 4, 10)


def test_dates() -> None:
    assert thai_date(DAY) == "๑๐ เมษายน ๒๕๖๙"
    assert thai_date(DAY, digits=False) == "10 เมษายน 2569"
    assert thai_date(DAY, short=True) == "๑๐ เม.ย. ๖๙"
    assert thai_date(DAY, weekday=True) == "วันศุกร์ที่ ๑๐ เมษายน ๒๕๖๙"
    assert thai_date(date(1957, 2, 1), short=True) == "๑ ก.พ. ๐๐"


def test_date_with_time() -> None:
    moment = datetime.fromisoformat("2026-04-10T16:05:00+07:00")
    assert thai_date_time(moment) == "๑๐ เมษายน ๒๕๖๙ เวลา ๑๖.๐๕ น."
    assert thai_date_time(moment, short=True, digits=False) == "10 เม.ย. 69 เวลา 16.05 น."


def test_the_fiscal_year_begins_in_october_and_is_named_by_the_year_it_ends_in() -> None:
    assert fiscal_year(date(2025, 9, 30)) == 2568
    assert fiscal_year(date(2025, 10, 1)) == 2569
    assert fiscal_year(date(2026, 9, 30)) == 2569
    assert fiscal_year_days(2569) == (date(2025, 10, 1), date(2026, 9, 30))
    assert [fiscal_quarter(date(2026, month, 1)) for month in (10, 12, 1, 3, 4, 6, 7, 9)] == [1, 1, 2, 2, 3, 3, 4, 4]


@given(st.dates(date(1900, 1, 1), date(2400, 1, 1)))
def test_every_day_lies_in_its_fiscal_year(day: date) -> None:
    first, last = fiscal_year_days(fiscal_year(day))
    assert first <= day <= last
    assert fiscal_year(first - timedelta(days=1)) == fiscal_year(day) - 1


@given(st.text())
def test_digits_there_and_back(text: str) -> None:
    assert latin_digits(thai_digits(text)) == latin_digits(text)
