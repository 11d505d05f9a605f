"""Months, quarters and fiscal years as the government counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.errors import PeriodRefused
from engine.reports.periods import Kind, month_said, period_of

ZONE = "Asia/Bangkok"


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "th", "en"),
    [
        ("MONTH", "2028-02-10", "2028-02-01", "2028-02-29", "เดือนกุมภาพันธ์ พ.ศ. 2571", "February 2028"),
        (
            "QUARTER", "2026-12-31", "2026-10-01", "2026-12-31",
            "ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2570", "quarter 1 of fiscal year B.E. 2570",
        ),
        (
            "QUARTER", "2026-09-30", "2026-07-01", "2026-09-30",
            "ไตรมาสที่ 4 ปีงบประมาณ พ.ศ. 2569", "quarter 4 of fiscal year B.E. 2569",
        ),
        ("FISCAL_YEAR", "2026-09-30", "2025-10-01", "2026-09-30", "ปีงบประมาณ พ.ศ. 2569", "fiscal year B.E. 2569"),
        ("FISCAL_YEAR", "2026-10-01", "2026-10-01", "2027-09-30", "ปีงบประมาณ พ.ศ. 2570", "fiscal year B.E. 2570"),
    ],
)  # fmt: skip
def test_a_period_is_named_by_a_day_in_it(kind: Kind, day: str, first: str, last: str, th: str, en: str) -> None:
    period = period_of(kind, ZONE, date.fromisoformat(day))
    assert (period.first.isoformat(), period.last.isoformat(), period.said()) == (first, last, (th, en))


def test_a_period_begins_and_ends_at_midnight_of_the_office() -> None:
    period = period_of("MONTH", ZONE, date(2026, 4, 10))
    assert period.start == datetime(2026, 3, 31, 17, tzinfo=UTC)
    assert period.end == datetime(2026, 4, 30, 17, tzinfo=UTC)


def test_months_that_lie_in_part_only_are_known() -> None:
    period = period_of("RANGE", ZONE, date(2026, 3, 15), date(2026, 5, 31))
    assert [(name, whole) for name, _, whole in period.months()] == [
        ("2026-03", False), ("2026-04", True), ("2026-05", True),
    ]  # fmt: skip
    assert period.said()[0] == "ช่วงวันที่ 15 มีนาคม 2569 ถึง 31 พฤษภาคม 2569"


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("RANGE", "2026-04-10", None), ("RANGE", "2026-04-10", "2026-04-09"), ("RANGE", "2016-04-10", "2026-05-10"),
        ("MONTH", "2026-04-10", "2026-04-30"), ("MONTH", "0001-01-01", None), ("FISCAL_YEAR", "9999-12-31", None),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(kind: Kind, first: str, last: str | None) -> None:
    with pytest.raises(PeriodRefused):
        period_of(kind, ZONE, date.fromisoformat(first), None if last is None else date.fromisoformat(last))


def test_a_month_is_written_as_people_write_it() -> None:
    assert month_said("2026-04") == ("เม.ย. 2569", "Apr 2026")
