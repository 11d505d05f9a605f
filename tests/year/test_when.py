"""When the simulated people get round to a task: most are in time, however short it is and however little is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.year.chance import NO_TERM, dice, when
from engine.calendar.working import WorkingCalendar

OFFICE = WorkingCalendar([])
THURSDAY = datetime(2026, 10, 1, 3, tzinfo=UTC)  # 10:00 in Bangkok
EVENING = datetime(2026, 10, 1, 12, tzinfo=UTC)
TIMES = 1000


def _in_time(now: datetime, term: timedelta, tasks: int) -> float:
    """The share of steps that are kept, of so many tasks one after the other."""
    kept = 0
    for number in range(TIMES):
        done = now
        for task in range(tasks):
            done = when(dice(1, number, task), done, now + term, OFFICE)
        kept += done <= now + term
    return kept / TIMES


@pytest.mark.parametrize("now", [THURSDAY, EVENING])
@pytest.mark.parametrize("term", [timedelta(minutes=5), timedelta(hours=3), timedelta(days=7)])
def test_a_task_alone_is_mostly_in_time(now: datetime, term: timedelta) -> None:
    assert 0.90 < _in_time(now, term, 1) < 0.96


def test_three_tasks_share_the_five_minutes_of_their_step() -> None:
    assert 0.75 < _in_time(THURSDAY, timedelta(minutes=5), 3) < 0.86


def test_what_came_too_late_is_done_soon() -> None:
    done = [when(dice(1, number), THURSDAY, THURSDAY - timedelta(days=3), OFFICE) for number in range(TIMES)]
    assert all(THURSDAY < moment <= THURSDAY + timedelta(minutes=20) for moment in done)


def test_without_a_standard_time_it_takes_some_days() -> None:
    done = [when(dice(1, number), THURSDAY, None, OFFICE) - THURSDAY for number in range(TIMES)]
    assert sum(one <= NO_TERM for one in done) / TIMES > 0.8
    assert timedelta(days=1) < sorted(done)[TIMES // 2] < NO_TERM
