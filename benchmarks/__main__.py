"""`./run bench [NAMES]`: measure, print, and keep the figures; without names, all of docs/reference/performance.md."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import (
    calendar,
    cold_load,
    feel,
    growth,
    loops,
    million,
    peers,
    reports,
    startup,
    state,
    timers,
    working_time,
)
from benchmarks.arrival import timeliness
from benchmarks.http import completion, memory, nodes
from benchmarks.long import figures
from benchmarks.processes import machine
from benchmarks.rows import told

Measuring = Callable[[], dict[str, Any]]
# the rows of the table, with the minutes that each takes on two processors with nothing else to do, about
TABLE: dict[str, tuple[float, Measuring]] = {
    "startup": (1.0, startup.measure),
    "memory": (0.7, memory.measure),
    "sqlite": (0.7, lambda: completion.measure("sqlite")),
    "postgresql": (1.0, lambda: completion.measure("postgresql")),
    "nodes": (0.7, nodes.measure),
    "peers": (0.7, peers.measure),
    "growth-sqlite": (4.0, lambda: growth.measure("sqlite")),
    "growth-postgresql": (6.0, lambda: growth.measure("postgresql")),
    "timers-sqlite": (2.0, lambda: timers.measure("sqlite")),
    "timers-postgresql": (2.5, lambda: timers.measure("postgresql")),
    "million-sqlite": (6.0, lambda: million.measure("sqlite")),
    "million-postgresql": (8.0, lambda: million.measure("postgresql")),
}
OTHERS: dict[str, Measuring] = {
    "state": state.measure,
    "loops": loops.measure,
    "feel": feel.measure,
    "working-time": working_time.measure,
    "calendar-sqlite": lambda: calendar.measure("sqlite"),
    "calendar-postgresql": lambda: calendar.measure("postgresql"),
    "arrival-sqlite": lambda: timeliness.measure("sqlite"),
    "arrival-postgresql": lambda: timeliness.measure("postgresql"),
    "cold-load": cold_load.measure,
    "reports": lambda: {name: reports.measure(name) for name in ("sqlite", "postgresql")},
}
NAMES: dict[str, Measuring] = {**{name: work for name, (_, work) in TABLE.items()}, **OTHERS}


def main() -> int:
    """Exit status 2 for an unknown name. What was measured before by other names stays in the file of figures."""
    wanted = sys.argv[1:] or list(TABLE)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    print(f"{', '.join(wanted)}: {_forecast(wanted)}", flush=True)
    found = figures.read("bench")
    for name in wanted:
        began, there = time.monotonic(), machine()
        found[name] = NAMES[name]()
        found[name] |= {"machine": there, "seconds": round(time.monotonic() - began, 1)}
        figures.write("bench", found)  # what is measured is kept, whatever becomes of the rest
        _print(name, found[name])
    print(f"written to {(figures.FOLDER / 'bench.json').relative_to(figures.FOLDER.parents[1])}")
    return 0


def _forecast(wanted: list[str]) -> str:
    minutes = sum(TABLE[name][0] for name in wanted if name in TABLE)
    others = [name for name in wanted if name not in TABLE]
    more = f", and what {', '.join(others)} takes" if others else ""
    return f"about {max(1, round(minutes))} min with nothing else to do{more}"


def _print(name: str, found: dict[str, Any]) -> None:
    print(f"\n== {name}, {found['seconds']:g} s, load {found['machine']['load']:.1f}")
    if "rows" in found:
        print(told(found["rows"]))
    rest = {key: value for key, value in found.items() if key not in ("rows", "machine", "seconds")}
    if rest:
        print(json.dumps(rest, indent=2, ensure_ascii=False))
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
