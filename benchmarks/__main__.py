"""`./run bench [state] [feel] [sqlite] [arrival-sqlite] ...`: measure, print, and keep the figures."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from benchmarks import calendar, cold_load, feel, inbox, loops, reports, startup, state, working_time
from benchmarks.arrival import timeliness
from benchmarks.http import completion
from benchmarks.long import figures

NAMES: dict[str, Callable[[], dict[str, Any]]] = {
    "state": state.measure,
    "loops": loops.measure,
    "feel": feel.measure,
    "working-time": working_time.measure,
    "calendar-sqlite": lambda: calendar.measure("sqlite"),
    "calendar-postgresql": lambda: calendar.measure("postgresql"),
    "sqlite": lambda: completion.measure("sqlite"),
    "postgresql": lambda: completion.measure("postgresql"),
    "arrival-sqlite": lambda: timeliness.measure("sqlite"),
    "arrival-postgresql": lambda: timeliness.measure("postgresql"),
    "inbox-sqlite": lambda: inbox.measure("sqlite"),
    "inbox-postgresql": lambda: inbox.measure("postgresql"),
    "cold-load": cold_load.measure,
    "startup": startup.measure,
    "reports": lambda: {name: reports.measure(name) for name in ("sqlite", "postgresql")},
}


def main() -> int:
    """Exit status 2 for an unknown name."""
    wanted = sys.argv[1:] or list(NAMES)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    found = figures.read("bench")
    for name in wanted:
        found[name] = NAMES[name]()
        print(name, json.dumps(found[name], indent=2, ensure_ascii=False))
    print(f"written to {figures.write('bench', found).relative_to(figures.FOLDER.parents[1])}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
