"""A fiscal year of the office on a test clock: everything that recurs, 2,000 cases, rejections and delays by chance.

It is saved before each month: a run that was stopped goes on from there, with the same figures as one that was not.
"""

from __future__ import annotations

import argparse
import logging
from functools import partial
from pathlib import Path

from benchmarks.long import figures
from benchmarks.year.drive import YEAR, Plan
from benchmarks.year.run import year

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Exit status 1 when there was an incident, a case is stuck, a start was refused or a chain does not verify."""
    parser = argparse.ArgumentParser(prog="run long year")
    parser.add_argument("--cases", type=int, default=2000, help="besides those that begin by themselves")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--year", type=int, default=YEAR, help="a fiscal year, as a Buddhist year")
    parser.add_argument("--processes", type=Path, default=ROOT / "processes", metavar="DIR")
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    logging.getLogger("krabuan").setLevel(logging.ERROR)
    plan = Plan(year=options.year, cases=options.cases, seed=options.seed)
    folder = figures.FOLDER.parent / "year" / f"{plan.year}-{plan.seed}"
    if options.afresh:
        (folder / "state.json").unlink(missing_ok=True)
    found = year(options.processes, folder, plan, partial(print, flush=True))
    figures.write("year", found)
    whole, chains = found["together"], found["chains"]
    print(
        f"fiscal year B.E. {plan.year}, seed {plan.seed}: cases begun {whole['begun']}, ended {whole['ended']}; "
        f"{found['tasksDone']} tasks done, {whole['doneAgain']} of them again; steps within their standard time "
        f"{whole['steps']}, targets {whole['targets']}; control points {whole['controlPoints']}, deadlines "
        f"{whole['deadlines']}, told {found['told']}; {chains['verified']} chains of {chains['events']} events "
        f"verified; {len(found['incidents'])} incidents, {len(found['stuck'])} stuck; {found['seconds']} s"
    )
    faults = [*found["incidents"], *found["stuck"], *found["startsRefused"], *chains["broken"]]
    for fault in faults[:100]:
        print(f"  {fault}")
    return 1 if faults else 0
