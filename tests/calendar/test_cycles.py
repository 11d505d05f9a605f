"""Repetitions never drift, stop when they should, and catch up without a storm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import CalendarError
from engine.calendar.cycles import Cycle, next_due, parse_cycle

ZONE = "Asia/Bangkok"
ARMED = datetime.fromisoformat("2026-01-31T09:00:00+07:00")


def all_due(text: str, limit: int, armed: datetime = ARMED) -> list[str]:
    """The first times of a cycle, each asked for when the one before fired, as local text."""
    cycle, after, times = parse_cycle(text), armed, []
    while len(times) < limit:
        due = next_due(cycle, after, len(times), armed, ZONE)
        if due is None:
            break
        times.append((due + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%S"))
        after = due
    return times


def test_a_limited_cycle_ends() -> None:
    assert all_due("R3/PT1H", 10) == ["2026-01-31T10:00:00", "2026-01-31T11:00:00", "2026-01-31T12:00:00"]
    assert all_due("R0/PT1H", 10) == []


def test_months_stay_at_the_end_of_the_month() -> None:
    expected = ["2026-02-28T09:00:00", "2026-03-31T09:00:00", "2026-04-30T09:00:00", "2026-05-31T09:00:00"]
    assert all_due("R/P1M", 4) == expected
    assert all_due("R/P3M", 2) == ["2026-04-30T09:00:00", "2026-07-31T09:00:00"]


def test_a_written_start_is_the_first_time() -> None:
    expected = ["2026-10-01T09:00:00", "2026-10-02T09:00:00"]
    assert all_due("R2/2026-10-01T09:00:00+07:00/P1D", 10) == expected
    assert all_due("R2/2026-10-01T09:00:00/P1D", 10) == expected  # local time of the office


def test_a_written_start_in_the_past_does_not_fire_all_it_missed() -> None:
    assert all_due("R/2020-01-01T08:00:00+07:00/P1D", 1) == ["2026-02-01T08:00:00"]


def test_missed_times_use_up_a_limited_cycle() -> None:
    cycle = parse_cycle("R3/P1D")
    assert next_due(cycle, ARMED + timedelta(days=2), 0, ARMED, ZONE) == ARMED + timedelta(days=3)
    assert next_due(cycle, ARMED + timedelta(days=3), 0, ARMED, ZONE) is None


@given(st.integers(1, 5000), st.integers(0, 10**9), st.integers(0, 50))
def test_the_next_time_is_the_first_after_the_moment(interval: int, gone: int, fired: int) -> None:
    cycle = parse_cycle(f"R/PT{interval}S")
    after = ARMED + timedelta(seconds=gone)
    due = next_due(cycle, after, fired, ARMED, ZONE)
    assert due is not None and due > after
    index, remainder = divmod(int((due - ARMED).total_seconds()), interval)
    assert remainder == 0 and index > fired
    assert due - timedelta(seconds=interval) <= after or index == fired + 1


@pytest.mark.parametrize(
    "text",
    ["", "R", "R3", "R3/", "R3/PT0S", "R/-P1D", "R-1/PT1H", "R/soon/P1D", "R๓/PT1H", "P1D", "0 0 9", "@often", "R/P"],
)
def test_refuses(text: str) -> None:
    with pytest.raises(CalendarError):
        parse_cycle(text)


def test_a_cron_expression_is_a_cycle_too() -> None:
    cycle = parse_cycle("0 0 9 1 10 *")
    assert isinstance(cycle, Cycle) and cycle.count is None
    due = next_due(cycle, ARMED, 0, ARMED, ZONE)
    assert due == datetime(2026, 10, 1, 2, 0, tzinfo=UTC)


def test_looking_for_the_next_time_does_not_stumble_over_the_end_of_all_years() -> None:
    after = datetime(8100, 1, 1, tzinfo=UTC)
    cycle = parse_cycle("R/2020-01-01T00:00:00Z/P600Y")  # 2020 + 11 * 600
    assert next_due(cycle, after, 0, ARMED, "UTC") == datetime(8620, 1, 1, tzinfo=UTC)
    with pytest.raises(CalendarError):
        next_due(cycle, datetime(9900, 1, 1, tzinfo=UTC), 0, ARMED, "UTC")
