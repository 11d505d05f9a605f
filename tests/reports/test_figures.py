"""Shares, medians and working time: the arithmetic of reports."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime, time, timedelta
from statistics import median_low

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.reports.figures import Share, Spread, merged, nearest_rank
from engine.reports.office_time import OfficeMeter
from tests.calendar.calendars import Offices, offices

SHIFTS = st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40))


def test_of_nothing_there_is_no_share_and_no_median() -> None:
    assert Share().shown() == {"counted": 0, "kept": 0, "sharePercent": None}
    assert Share().reaches(90) is None
    assert Spread().shown() == {"counted": 0, "medianSeconds": None, "p90Seconds": None, "totalSeconds": 0}


@pytest.mark.parametrize(
    ("counted", "kept", "percent", "reached"),
    [(10, 9, 90.0, True), (1999, 1799, 89.9, False), (3, 2, 66.6, False), (10_000, 9_999, 99.9, True), (1, 1, 100.0, True)],
)
def test_a_share_is_never_shown_higher_than_it_is(counted: int, kept: int, percent: float, reached: bool) -> None:
    share = Share(counted, kept)
    assert (share.percent, share.reaches(90)) == (percent, reached)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.integers(1, 100))
@example([1, 2], 50)
def test_a_rank_is_a_value_that_enough_do_not_exceed(values: list[int], percent: int) -> None:
    ordered = sorted(values)
    found = nearest_rank(ordered, percent)
    reaching = [v for v in ordered if 100 * sum(w <= v for w in ordered) >= percent * len(ordered)]
    assert found == min(reaching)
    assert nearest_rank(ordered, 50) == median_low(ordered)


def test_lengths_of_several_are_counted_together() -> None:
    whole = merged([Spread(array("q", [5, 1])), Spread(), Spread(array("q", [9]))])
    assert whole.shown() == {"counted": 3, "medianSeconds": 5, "p90Seconds": 9, "totalSeconds": 15}


@given(offices(), SHIFTS, SHIFTS)
def test_the_meter_reads_what_the_calendar_counts(office: Offices, one: timedelta, two: timedelta) -> None:
    middle = datetime.combine(office.middle, time(), UTC)
    meter = OfficeMeter(office.fast, middle)
    start, end = (int((middle + shift).timestamp()) for shift in sorted((one, two)))
    moments = (datetime.fromtimestamp(second, UTC) for second in (start, end))
    assert meter.read(end) - meter.read(start) == office.fast.working_seconds_between(*moments)
