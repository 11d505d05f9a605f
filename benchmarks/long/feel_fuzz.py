"""A million strange expressions thrown at FEEL: no crash but a FEEL error, no evaluation beyond its budget.

What is thrown is in tests/feel/fuzz.py; the suite does a little of it. The run goes on where an earlier one was
stopped: the figures are written after every ten thousand inputs, each of which has a seed of its own.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from benchmarks.long import figures
from tests.feel.fuzz import fuzz, limit_memory

STEP = 10_000


def main(arguments: list[str]) -> int:
    """Raises what an input made crash, with the input as a note: a crash is a fault of ours to mend."""
    parser = argparse.ArgumentParser(prog="run long feel-fuzz")
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    limit_memory()
    found = {} if options.afresh else figures.read("feel-fuzz")
    if found.get("seed") != options.seed:
        found = {
            "seed": options.seed,
            "inputs": 0,
            "outcomes": {},
            "slowest_ms": 0.0,
            "slowest": "",
            "cpu_seconds": 0.0,
        }
    while found["inputs"] < options.inputs:
        _step(found)
        figures.write("feel-fuzz", found)
        if found["inputs"] % (10 * STEP) == 0:
            print(f"{found['inputs']:,} inputs, {found['cpu_seconds']:.0f} CPU seconds", flush=True)
    print(
        f"{found['inputs']:,} inputs, 0 crashes, 0 beyond the budget; {found['outcomes']}; "
        f"the slowest took {found['slowest_ms']} ms of CPU time: {found['slowest']}"
    )
    return 0


def _step(found: dict[str, Any]) -> None:
    """The next inputs, counted into the figures. Seeds of different runs do not meet: theirs are a billion apart."""
    began = time.process_time()
    part = fuzz(STEP, found["seed"] * 1_000_000_000 + found["inputs"])
    found["inputs"] += STEP
    found["cpu_seconds"] = round(found["cpu_seconds"] + time.process_time() - began, 1)
    for name, count in part.outcomes.items():
        found["outcomes"][name] = found["outcomes"].get(name, 0) + count
    if part.slowest * 1000 > found["slowest_ms"]:
        found["slowest_ms"], found["slowest"] = round(part.slowest * 1000, 1), ascii(part.slowest_text)
