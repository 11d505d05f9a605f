"""What a benchmark says: of each thing that was measured its times, its references, and whether it is good enough."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

Row = dict[str, Any]
NOTHING: Mapping[str, Sequence[float] | float] = {}


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, and what it has to be: at most or at least the limit."""

    of: str
    measured: float
    limit: float
    way: Literal["most", "least"] = "most"

    @property
    def met(self) -> bool:
        """Whether it is."""
        return self.measured <= self.limit if self.way == "most" else self.measured >= self.limit


def spread(times: Sequence[float]) -> dict[str, float]:
    """Of at least one figure: {count, median, p95, p99, low, high}; between `low` and `high` lies the middle half."""
    ordered = sorted(times)

    def at(share: float) -> float:
        return rounded(ordered[min(len(ordered) - 1, int(len(ordered) * share))])

    return {
        "count": len(ordered), "median": rounded(median(ordered)), "p95": at(0.95), "p99": at(0.99),
        "low": at(0.25), "high": at(0.75),
    }  # fmt: skip


def row(
    what: str,
    found: Sequence[float] | float,
    unit: str,
    beside: Mapping[str, Sequence[float] | float] = NOTHING,
    goals: Sequence[Goal] = (),
) -> Row:
    """One row of the table. `found` are figures in `unit`, or one; so are those of what it stands beside, by name.
    `ratio` is that of the medians."""
    made: Row = {"what": what, "unit": unit, **_figures(found), "beside": []}
    for name, figures in beside.items():
        reference = {"what": name, **_figures(figures)}
        compared = reference["median"]
        made["beside"].append({**reference, "ratio": rounded(made["median"] / compared) if compared else None})
    made["goals"] = [
        {"of": goal.of, "measured": rounded(goal.measured), "at " + goal.way: goal.limit, "met": goal.met}
        for goal in goals
    ]
    return made


def _figures(found: Sequence[float] | float) -> dict[str, float]:
    return {"median": rounded(found)} if isinstance(found, int | float) else spread(found)


def rounded(value: float) -> float:
    """To three figures, or to whole ones."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, max(0, 2 - math.floor(math.log10(abs(value)))))


def told(rows: Sequence[Row]) -> str:
    """The rows as they are printed."""
    return "\n".join(_told(one) for one in rows)


def _told(one: Row) -> str:
    unit, lines = one["unit"], [f"* {one['what']}: {_some(one)} {one['unit']}"]
    for reference in one["beside"]:
        lines.append(f"    {reference['what']}: {_some(reference)} {unit}; ratio {reference['ratio']}")
    for goal in one["goals"]:
        way = "most" if "at most" in goal else "least"
        verdict = "met" if goal["met"] else "NOT MET"
        lines.append(f"    goal: {goal['of']} at {way} {goal['at ' + way]:g}: {verdict} ({goal['measured']:g})")
    return "\n".join(lines)


def _some(figures: Row) -> str:
    if "count" not in figures:
        return f"{figures['median']:g}"
    half = f"middle half {figures['low']:g} to {figures['high']:g}"
    return f"median {figures['median']:g}, p95 {figures['p95']:g}, p99 {figures['p99']:g}, {half}"
