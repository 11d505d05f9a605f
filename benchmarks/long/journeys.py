"""Every journey of tests/journeys in every look: two languages, two windows, three themes, by pointer and by keys.

The suite walks each journey once. The figures are written after each look: a run goes on where an earlier one was
stopped, and walks again what came to a bad end.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.long import figures
from tests.journeys.looks import ALL
from tests.web.server import FIRST
from tests.web.serving import served

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Exit status 1 when a journey came to a bad end."""
    parser = argparse.ArgumentParser(prog="run long journeys")
    parser.add_argument("looks", nargs="*", metavar="LOOK", help="such as th-phone-dark-keys (default: all)")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    found = {} if options.afresh else figures.read("journeys")
    journeys = collected()
    with tempfile.TemporaryDirectory(prefix="krabuan-office-") as office:
        # all processes are deployed once, before the time at which each look's offices go on from there
        with served(Path(office), at=FIRST - timedelta(hours=1)):
            pass
        for look in map(str, ALL):
            if not options.looks or look in options.looks:
                own = [name for name in journeys if name.endswith(f"[{look}]")]
                walk_missing(look, own, found, options.workers, Path(office))
    bad = [name for one in found.values() for name in one["failed"]]
    good = sum(len(one["passed"]) for one in found.values())
    minutes = sum(one["seconds"] for one in found.values()) / 60
    print(f"{good} walks of {len(journeys)} came to a good end, in {len(found)} looks and {minutes:.0f} minutes")
    for each in bad:
        print(f"  {each}")
    return 1 if bad else 0


def walk_missing(look: str, journeys: list[str], found: Any, workers: int, office: Path) -> None:
    """Walk what has not come to a good end in this look, and write down in `found` what came of it."""
    before = found.get(look, {"passed": [], "failed": [], "seconds": 0})
    to_walk = [name for name in journeys if name not in before["passed"]]
    if not to_walk:
        return
    started = time.monotonic()
    passed = walk(look, to_walk, workers, office)
    failed = [name for name in to_walk if name not in passed]
    seconds = round(time.monotonic() - started)
    found[look] = {
        "passed": [*before["passed"], *passed],
        "failed": failed,
        "seconds": before["seconds"] + seconds,
    }
    figures.write("journeys", found)
    print(f"{look}: {len(to_walk)} journeys in {seconds} s, {len(failed)} bad ends", flush=True)


def collected() -> list[str]:
    """Each journey in each look, by the name that pytest knows it by."""
    command = [sys.executable, "-m", "pytest", "tests/journeys", "--collect-only", "-q", "-n", "0"]
    environment = {**os.environ, "KRABUAN_JOURNEYS": "all"}
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    return [line for line in told.splitlines() if line.endswith("]")]


def walk(look: str, journeys: list[str], workers: int, office: Path) -> list[str]:
    """Walk these in one look, in copies of an office; returns those that came to a good end."""
    with tempfile.TemporaryDirectory(prefix="krabuan-journeys-") as folder:
        told = Path(folder) / "results.xml"
        command = [sys.executable, "-m", "pytest", *journeys, "-q", f"--junit-xml={told}"]
        command += ["-n", str(workers), "--dist", "loadgroup"]
        environment = {**os.environ, "KRABUAN_JOURNEYS": look, "KRABUAN_OFFICE": str(office)}
        subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
        cases = etree.parse(told).getroot().findall(".//testcase") if told.is_file() else []
    # who fails and leaves something open as well is named twice
    bad = {name_of(case) for case in cases if case.find("failure") is not None or case.find("error") is not None}
    return [name for name in dict.fromkeys(map(name_of, cases)) if name not in bad]


def name_of(case: Any) -> str:
    return f"{case.get('classname').replace('.', '/')}.py::{case.get('name')}"
