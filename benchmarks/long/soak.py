"""Two hours of mixed load in two sittings: one node on SQLite, two on PostgreSQL. Does memory or latency grow?

Latencies are held against those of the floor in the same quarter: the machine is not as fast in each.

The figures of a sitting are kept: a run that was stopped begins the sitting that it was in again.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.long import figures
from benchmarks.soak.drive import Sitting, sit

NAME = "soak"
SITTINGS = {"sqlite": Sitting("sqlite", 1, 0.0, 2.0, 400), "postgresql": Sitting("postgresql", 2, 0.0, 2.0, 400)}


def main(arguments: list[str]) -> int:
    """Exit status 1 when something was lost or done twice, or the last quarter needs more than the second."""
    parser = argparse.ArgumentParser(prog="run long soak")
    parser.add_argument("databases", nargs="*", metavar="DATABASE", help=f"{' or '.join(SITTINGS)}; default: both")
    parser.add_argument("--minutes", type=float, default=58.0, help="of each sitting")
    parser.add_argument("--rate", type=float, default=2.0, help="cases started a second")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    found = {} if options.afresh else figures.read(NAME)
    for name in options.databases or SITTINGS:
        if name in found:
            continue
        folder = Path(tempfile.mkdtemp(prefix="krabuan-soak-"))
        folder.chmod(0o755)  # PostgreSQL's own user has to reach it
        try:
            wanted = replace(SITTINGS[name], seconds=options.minutes * 60, rate=options.rate)
            found[name] = sit(folder, wanted).figures()
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        figures.write(NAME, found)
    wrong = [_say(name, one) for name, one in found.items()]
    return 1 if any(wrong) else 0


def _say(name: str, one: dict[str, Any]) -> bool:
    """Print a sitting; whether something is wrong with it."""
    faults = one["verdict"]["faults"]
    print(f"{name}: {one['nodes']} nodes, {one['cases']} cases, {one['requests']} requests, {one['seconds']:.0f} s")
    for what, compared in one["compared"].items():
        unit = "MiB" if what == "memory" else "ms"
        print(f"  {what}: {compared['second']} {unit}, then {compared['last']} {unit}; ratio {compared['ratio']}")
    told = ", ".join(f"{what} {ratio}" for what, ratio in one["growth"].items())
    print(f"  last quarter against second, latencies as multiples of the floor: {told}")
    for fault in faults[:20]:
        print(f"  {fault}")
    return bool(faults or one["grown"])
