"""20,000 requests to every operation of the API as every role: no 5xx, nothing undescribed, nothing unauthorised.

What is sent and what is checked is in tests/api/fuzz.py; the suite does a little of it. The run goes on where an
earlier one was stopped: the figures are written after each role, in a world of its own.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from api.runtime import Runtime
from benchmarks.long import figures
from tests.api.fuzz import ROLES, Tally, attack, worlds

EXAMPLES = 5  # of each operation, each role and each round


def _rounds(begin: int) -> Iterator[tuple[int, str]]:
    number = begin
    while True:
        for role in ROLES:
            yield number, role
        number += 1


def main(arguments: list[str]) -> int:
    """Exit status 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="run long schemathesis")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    logging.getLogger("krabuan.security").disabled = True  # refusals are made on purpose, by the thousand
    before = {} if options.afresh else figures.read("schemathesis")
    tally = Tally(**before) if before else Tally()
    tally.statuses = Counter(tally.statuses)
    with tempfile.TemporaryDirectory(prefix="krabuan-fuzz-") as folder:
        world = worlds(Path(folder))
        for number, role in _rounds(options.seed):
            if tally.requests >= options.requests:
                break
            if f"{number} {role}" in tally.done:
                continue
            _one(world, number, role, tally)
    print(f"{tally.requests} requests, {len(tally.faults)} faults, {dict(sorted(tally.statuses.items()))}")
    for fault in tally.faults[:50]:
        print(f"  {fault}")
    return 1 if tally.faults else 0


def _one(world: Callable[[str], tuple[Runtime, list[int]]], number: int, role: str, tally: Tally) -> None:
    runtime, keys = world(f"{number}-{role}")
    started = time.monotonic()
    try:
        attack(runtime, keys, role, number, EXAMPLES, tally)
    finally:
        runtime.close()
    tally.done.append(f"{number} {role}")
    tally.seconds = round(tally.seconds + time.monotonic() - started, 1)
    figures.write("schemathesis", asdict(tally) | {"statuses": dict(tally.statuses)})
    print(f"seed {number}, {role}: {tally.requests} requests so far, {len(tally.faults)} faults", flush=True)
