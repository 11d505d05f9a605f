"""Every journey of tests/journeys in every look: two languages, two windows, three themes, by pointer and by keys.

The suite walks each journey once. The run goes on where an earlier one was stopped, the figures being written after
each look; a look with a bad end is walked again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.long import figures
from tests.journeys.looks import ALL

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Exit status 1 when a journey came to a bad end."""
    parser = argparse.ArgumentParser(prog="run long journeys")
    parser.add_argument("looks", nargs="*", metavar="LOOK", help="such as th-phone-dark-keys (default: all)")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    found = {} if options.afresh else figures.read("journeys")
    for look in map(str, ALL):
        if (options.looks and look not in options.looks) or not found.get(look, {"failed": True})["failed"]:
            continue
        found[look] = walk(look, options.workers)
        figures.write("journeys", found)
        one = found[look]
        print(f"{look}: {one['walked']} journeys in {one['seconds']} s, {len(one['failed'])} bad ends", flush=True)
    bad = [f"{look}: {name}" for look, one in found.items() for name in one["failed"]]
    walks, minutes = sum(one["walked"] for one in found.values()), sum(one["seconds"] for one in found.values()) / 60
    print(f"{walks} walks in {len(found)} looks and {minutes:.0f} minutes, {len(bad)} bad ends")
    for each in bad:
        print(f"  {each}")
    return 1 if bad else 0


def walk(look: str, workers: int) -> dict[str, Any]:
    """Walk all journeys in one look; keys: walked, failed (names), seconds."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="krabuan-journeys-") as folder:
        told = Path(folder) / "results.xml"
        command = [sys.executable, "-m", "pytest", "tests/journeys", "-q", f"--junit-xml={told}"]
        command += ["-n", str(workers), "--dist", "loadgroup"]
        environment = {**os.environ, "KRABUAN_JOURNEYS": look}
        subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
        cases = etree.parse(told).getroot().findall(".//testcase") if told.is_file() else []
    walked = [case for case in cases if look in case.get("name", "")]
    failed = [case.get("name") for case in walked if case.find("failure") is not None or case.find("error") is not None]
    if not walked:
        failed = ["nothing was walked at all"]
    return {"walked": len(walked), "failed": failed, "seconds": round(time.monotonic() - started)}
