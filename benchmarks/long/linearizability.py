"""1,000,000 operations on shared cases, on SQLite and on PostgreSQL, by bus and by HTTP, with kills and cut
connections: does one order of them explain every answer, and does history tell that order?

After each round of fresh cases what was found is kept: a run that was stopped, or whose minutes are over, goes on from
there, and the operations of all sittings are added up.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from contextlib import ExitStack
from typing import Any

from benchmarks.linearizability.drive import Arena, Shape, Tally
from benchmarks.long import figures
from benchmarks.long.sigkill import database

CASES = 100  # of a round
SHAPES = {
    # several processes on one file, as the command line beside a server
    "sqlite": Shape(bus=(4, 2), http=(2,), kill_every=4.0, cases=CASES),
    "postgresql": Shape(bus=(2, 2, 2), http=(1, 1), kill_every=4.0, cut_every=3.0, cases=CASES),
}


def main(arguments: list[str]) -> int:
    """Exit status 1 when something is not linearizable, or history tells otherwise; 3 when operations are left."""
    parser = argparse.ArgumentParser(prog="run long linearizability")
    parser.add_argument("--operations", type=int, default=1_000_000, help="on each database (default 1,000,000)")
    parser.add_argument("--minutes", type=float, default=80.0, help="begin no further round after so long (default 80)")
    parser.add_argument("--database", choices=tuple(SHAPES), help="this one only")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    found: dict[str, Any] = {} if options.afresh else figures.read("linearizability")
    names = [name for name in SHAPES if options.database in (None, name)]
    until = time.monotonic() + options.minutes * 60
    with ExitStack() as stack:
        arenas: dict[str, Arena] = {}
        while time.monotonic() < until:
            left = [name for name in names if found.get(name, {}).get("operations", 0) < options.operations]
            for name in left:
                if name not in arenas:
                    url = stack.enter_context(database(name))
                    seed = f"{name} {found.get(name, {}).get('operations', 0)}"
                    arenas[name] = stack.enter_context(Arena(url, SHAPES[name], seed))
                found[name] = added(found.get(name), arenas[name].round())
                figures.write("linearizability", found)
            if not left:
                break
    return _told(found, options.operations)


def added(before: dict[str, Any] | None, tally: Tally) -> dict[str, Any]:
    """The figures with one more round."""
    if before is None:
        return tally.figures()
    after = tally.figures()
    outcomes = Counter(before["outcomes"]) + Counter(after.pop("outcomes"))
    sums = {name: before[name] + more for name, more in after.items()}
    sums |= {name: round(sums[name], 1) for name in ("seconds", "judging")}
    return sums | {"outcomes": dict(sorted(outcomes.items()))}


def _told(found: dict[str, Any], wanted: int) -> int:
    """Print what was found; the exit status."""
    for name, one in found.items():
        print(
            f"{name}: {one['operations']:,} of {wanted:,} operations on {one['cases']:,} cases, {one['http']:,} by"
            f" HTTP, {one['unknown']:,} of unknown outcome ({one['kills']:,} kills, {one['cuts']:,} connections cut),"
            f" {one['operations'] / one['seconds']:.0f} a second, {len(one['violations'])} violations"
        )
        for violation in one["violations"][:5]:
            print(violation)
    if any(one["violations"] for one in found.values()):
        return 1
    return 0 if all(found.get(name, {}).get("operations", 0) >= wanted for name in SHAPES) else 3
