"""An hour of mischief: 5,000 cases over four nodes that are killed, frozen and cut off every few seconds.

The hour has rounds over one and the same database; each is judged when its cases are done, and its figures are kept: a
run that was stopped goes on with the round that it was in, whose cases are not started twice.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.chaos.drive import Storm, storm
from benchmarks.chaos.plan import Weather
from benchmarks.long import figures

NAME = "chaos"
ROLES = ("serve", "serve", "worker", "worker")
ROUNDS = 6
PEOPLE = 400
FOLDER = Path(tempfile.gettempdir()) / f"krabuan-chaos-{os.getuid()}"  # PostgreSQL's own user has to reach it


def main(arguments: list[str]) -> int:
    """Exit status 1 when anything was lost, happened twice or was answered wrongly."""
    parser = argparse.ArgumentParser(prog="run long chaos")
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--minutes", type=float, default=54.0, help="of mischief; the rest is done in calm")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", action="store_true", help="cut nodes off by lines of our own, not by namespaces")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    found = {} if options.afresh else figures.read(NAME)
    if not found:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(mode=0o755, exist_ok=True)
    for number in range(ROUNDS):
        if str(number) in found:
            continue
        run = storm(FOLDER, _round(number, options))
        found[str(number)] = run.figures()
        figures.write(NAME, found)
    status = _say(found)
    if not status:  # else it is there to be looked at until the next run
        shutil.rmtree(FOLDER, ignore_errors=True)
    return status


def _round(number: int, options: argparse.Namespace) -> Storm:
    cases = options.cases // ROUNDS + 1
    numbers = range(number * cases, min((number + 1) * cases, options.cases))
    weather = Weather(options.minutes * 60 / ROUNDS)
    return Storm(options.seed + number, numbers, weather, ROLES, PEOPLE, not options.lines)


def _say(found: dict[str, Any]) -> int:
    faults: list[str] = []
    for number, one in found.items():
        verdict = one["verdict"]
        faults += verdict["faults"]
        troubles = ", ".join(f"{count} {kind}" for kind, count in one["troubles"].items())
        print(
            f"round {number} ({one['network']}{', netem' if one['netem'] else ''}): {troubles}; {verdict['completed']} "
            f"cases complete, {verdict['canceled']} canceled, {verdict['events']} events, {verdict['verified']} chains "
            f"verified, {verdict['jobs']} jobs ({verdict['handed_again']} handed out again), {verdict['mails']} mails "
            f"({verdict['repeated']} again), {one['requests']} requests ({one['again']} again), "
            f"{len(verdict['faults'])} faults, {one['seconds']} s"
        )
    for fault in faults[:40]:
        print(f"  {fault}")
    return 1 if faults else 0
