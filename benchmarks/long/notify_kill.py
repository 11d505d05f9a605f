"""What is told arrives although the service is killed 50 times: at least once, under one id, hardly ever twice.

A real `krabuan serve`, a real mail server; on SQLite and on PostgreSQL. What one database has come through is kept: a
run that was stopped goes on with the other.
"""

from __future__ import annotations

import argparse

from benchmarks.arrival.drive import Plan, kill_run
from benchmarks.long import figures
from benchmarks.long.sigkill import database


def main(arguments: list[str]) -> int:
    """Exit status 1 when anything was lost, came under two ids or too often."""
    parser = argparse.ArgumentParser(prog="run long notify-kill")
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--afresh", action="store_true", help="do not go on from an earlier run")
    options = parser.parse_args(arguments)
    found = {} if options.afresh else figures.read("notify-kill")
    for name in ("sqlite", "postgresql"):
        if name in found:
            continue
        with database(name) as url:
            run = kill_run(url, Plan(options.cases, options.kills, witnesses=3, refusing=0.01), options.seed)
        found[name] = run.figures()
        figures.write("notify-kill", found)
    for name, one in found.items():
        verdict = one["verdict"]
        print(
            f"{name}: {one['kills']} kills, {verdict['notifications']} notifications, {verdict['sent']} deliveries "
            f"sent, {verdict['dropped']} dropped, {verdict['accepted']} parcels accepted, {verdict['repeated']} of "
            f"them again, {one['refused']} put off, {len(verdict['faults'])} faults, {one['seconds']} s"
        )
        for fault in verdict["faults"][:20]:
            print(f"  {fault}")
    return 1 if any(one["verdict"]["faults"] for one in found.values()) else 0
