"""Tamper 10,000 times with histories, documents, checkpoints, certificates, time stamps and their files: does verifying
name each change?

What is changed, and how, is in tests/proof/tampering.py; the suite does a little of it. The run goes on where an
earlier one was stopped: each change has a seed of its own.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.long import figures
from tests.proof.tampering import run
from tests.proof.target import prepare

STEP = 250


def main(arguments: list[str]) -> int:
    """Exit status 1 when a change was not named, or something was named that was not changed."""
    parser = argparse.ArgumentParser(prog="run long tampering")
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    name = "tampering" if options.database == "sqlite" else f"tampering-{options.database}"
    found: dict[str, Any] = {} if options.afresh else figures.read(name)
    if found.get("seed") != options.seed:
        found = {"seed": options.seed, "changes": 0, "seconds": 0.0, "kinds": {}, "faults": []}
    with tempfile.TemporaryDirectory(prefix="krabuan-tampering-") as folder, _database(options.database) as url:
        target = prepare(Path(folder), url)
        while found["changes"] < options.changes:
            began, first = time.monotonic(), options.seed * 1_000_000_000 + found["changes"]
            count = min(STEP, options.changes - found["changes"])
            counts, faults = run(target, range(first, first + count))
            found["changes"] += count
            found["seconds"] = round(found["seconds"] + time.monotonic() - began, 1)
            found["faults"] += faults
            for kind, number in counts.items():
                found["kinds"][kind] = found["kinds"].get(kind, 0) + number
            figures.write(name, found)
        target.office.close()
    for kind, number in sorted(found["kinds"].items()):
        print(f"{number:6} {kind}")
    for fault in found["faults"][:20]:
        print(fault)
    print(f"{found['changes']:,} changes, {len(found['faults'])} not named rightly, {found['seconds']} s")
    return 1 if found["faults"] else 0


@contextmanager
def _database(kind: str) -> Iterator[str | None]:
    """The URL of an empty database, on a server of its own; None for a file in the folder of the run."""
    if kind == "sqlite":
        yield None
        return
    from tests.conftest import PostgresCluster

    with tempfile.TemporaryDirectory(prefix="krabuan-tampering-pg-") as folder:
        cluster = PostgresCluster(Path(folder))
        try:
            yield cluster.url(cluster.create())
        finally:
            cluster.stop()
