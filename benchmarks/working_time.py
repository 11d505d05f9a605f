"""Working time: what a due time costs, near and far, and beside a walk from day to day.

A change of the calendar computes every open due time anew, so that one must not cost more the longer it is
(`far_to_near`; aim: under 1.5) and must leave room in ten seconds for 100,000 of them (`seconds_for_100000`).
`walk_to_table` is how many times longer a walk over the days takes for the far one in the same run. Times are those of
the processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from engine.calendar.holidays import government_holidays
from engine.calendar.working import WorkingCalendar

NEAR, FAR = 5, 1_200  # working days: a week, five years
HOURS_OF_A_DAY = 7
COUNT, REPEATS = 5_000, 7


def measure() -> dict[str, Any]:
    """Microseconds for each answer, and the ratios."""
    office = WorkingCalendar(government_holidays(range(2024, 2034)))
    starts = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=97 * n) for n in range(COUNT)]

    def days(count: int) -> Callable[[datetime], object]:
        return lambda start: office.add_working_days(start, count)

    def hours(count: int) -> Callable[[datetime], object]:
        return lambda start: office.add_working_hours(start, Decimal(count * HOURS_OF_A_DAY * 3600))

    found = {
        "days_near_us": _cost(days(NEAR), starts), "days_far_us": _cost(days(FAR), starts),
        "hours_near_us": _cost(hours(NEAR), starts), "hours_far_us": _cost(hours(FAR), starts),
        "walk_far_us": _cost(lambda start: _walk(office, start.date(), FAR), starts[:50]),
    }  # fmt: skip
    return {name: round(cost, 1) for name, cost in found.items()} | {
        "far_to_near": round(max(found[f"{of}_far_us"] / found[f"{of}_near_us"] for of in ("days", "hours")), 2),
        "walk_to_table": round(found["walk_far_us"] / found["days_far_us"], 1),
        "seconds_for_100000": round(max(found["days_far_us"], found["hours_far_us"]) / 10, 2),
    }


def _cost(answer: Callable[[datetime], object], starts: list[datetime]) -> float:
    """The median of the microseconds for one answer."""
    costs = []
    for _ in range(REPEATS):
        begun = time.process_time()
        for start in starts:
            answer(start)
        costs.append((time.process_time() - begun) / len(starts) * 1e6)
    return median(costs)


def _walk(office: WorkingCalendar, day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= office.is_working_day(day)
    return day
