"""From the release before to this one under load, on PostgreSQL: two nodes, replaced one after the other.

The release before is the one with the schema before this: of a commit of the repository, or in a wheel.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks.http.serving import ROOT
from benchmarks.long import figures
from benchmarks.rolling.drive import Change, roll
from benchmarks.rolling.releases import from_commit, from_wheel, last_schema_change

NAME = "rolling"


def main(arguments: list[str]) -> int:
    """Exit status 1 when a request failed, or something was lost or done twice."""
    parser = argparse.ArgumentParser(prog="run long rolling")
    parser.add_argument("--from", dest="commit", metavar="COMMIT", help="default: before the schema changed last")
    parser.add_argument("--wheel", type=Path, help="the release before as a wheel")
    parser.add_argument("--seconds", type=float, default=60.0, help="before, between and after the replacements")
    parser.add_argument("--rate", type=float, default=4.0, help="cases started a second")
    # releases with schema 0048 and before refuse to begin over a newer one
    parser.add_argument("--comes-back", action="store_true", help="an old node ends and begins beside the new schema")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="krabuan-rolling-"))
    folder.chmod(0o755)  # PostgreSQL's own user has to reach it
    try:
        (folder / "old").mkdir()
        commit = options.commit or (None if options.wheel else last_schema_change())
        old = from_commit(commit, folder / "old") if commit else from_wheel(options.wheel, folder / "old")
        run = roll(folder, Change(old, ROOT, options.seconds, options.rate, options.comes_back))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    figures.write(NAME, {"from": commit or str(options.wheel), **run.figures()})
    faults = run.verdict.faults
    print(
        f"from {commit or options.wheel}: schema {run.before} to {run.after}, {run.cases} cases, {run.requests} "
        f"requests ({run.again} asked of the other node), {run.verdict.verified} chains verified, {len(faults)} "
        f"faults, {run.seconds} s"
    )
    for fault in faults[:20]:
        print(f"  {fault}")
    return 1 if faults else 0
