"""`./run long NAME`: run one of the long runs, or list them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks.long import (
    api_fuzz,
    chaos,
    feel_fuzz,
    journeys,
    linearizability,
    mutants,
    notify_kill,
    rolling,
    sigkill,
    soak,
    tampering,
    year,
)

RUNS: dict[str, tuple[str, Callable[[list[str]], int]]] = {
    "journeys": (
        "every way through the pages, in both languages, sizes, all themes, by pointer and keys",
        journeys.main,
    ),
    "mutants": ("every diagram changed in every place: do its scenarios notice?", mutants.main),
    "feel-fuzz": ("a million broken and strange FEEL expressions", feel_fuzz.main),
    "schemathesis": ("20,000 requests made from the description of the API, by every role", api_fuzz.main),
    "sigkill": ("500 cases, 100 SIGKILLs, on SQLite and on PostgreSQL", sigkill.main),
    "linearizability": (
        "1,000,000 operations on shared cases on each database: is there one order that explains every answer?",
        linearizability.main,
    ),
    "notify-kill": ("400 cases tell people, 50 SIGKILLs, on SQLite and on PostgreSQL", notify_kill.main),
    "chaos": ("an hour: 5,000 cases, four nodes killed, frozen and cut off, PostgreSQL restarted", chaos.main),
    "soak": ("two sittings of an hour of mixed load: memory and latency in the end against before", soak.main),
    "rolling": ("from the release before to this one under load, node by node, on PostgreSQL", rolling.main),
    "year": ("a fiscal year of the office: everything that recurs, 2,000 cases, rejections and delays", year.main),
    "tampering": ("10,000 random changes of all that proves: are they named? (--database postgresql)", tampering.main),
}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in RUNS:
        for name, (what, _) in RUNS.items():
            print(f"{name:16} {what}")
        return 0 if len(sys.argv) < 2 else 2
    return RUNS[sys.argv[1]][1](sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
