"""krabuan retention: say which cases have been kept long enough, and delete them for good."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import Any

from api.cli.place import add_place_options, opened
from api.proof import proof_of


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("retention", help="delete for good, with a certificate, cases kept long enough")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--dry-run", action="store_true", help="only say which would be deleted")
    what.add_argument("--carry-out", action="store_true", help="delete them")
    parser.add_argument("--by", metavar="NAME", help="who orders it; stands in the certificate")
    parser.add_argument("--reason", help="why; stands in the certificate")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when done, 2 when it is not said who orders it and why."""
    if options.dry_run:
        return _dry_run(options)
    if not options.by or not options.reason:
        print("krabuan retention: --carry-out needs --by NAME and --reason TEXT", file=sys.stderr)
        return 2
    return _carry_out(options)


def _dry_run(options: argparse.Namespace) -> int:
    cases: Counter[str] = Counter()
    events = 0
    with opened(options) as runtime:
        for planned in proof_of(options.data).retention(runtime).plan():
            due, kept = planned.due, planned.obstacle
            print(
                f"case {due.root}  {due.process_id}  ended {due.ended_at:%Y-%m-%d}  kept until {due.until:%Y-%m-%d}  "
                f"{len(due.cases)} with those it called, {planned.events} events" + (f"  STAYS: {kept}" if kept else "")
            )
            if kept is None:
                cases[due.process_id] += len(due.cases)
                events += planned.events
    for process_id, count in sorted(cases.items()):
        print(f"{process_id}: {count} cases")
    print(f"{cases.total()} cases with {events} events would be deleted; nothing was changed")
    return 0


def _carry_out(options: argparse.Namespace) -> int:
    cases = events = 0
    proof = proof_of(options.data)
    with opened(options) as runtime:
        for deleted in proof.retention(runtime).carry_out(options.by, options.reason):
            print(f"certificate {deleted.certificate}: {deleted.cases} cases with {deleted.events} events deleted")
            cases, events = cases + deleted.cases, events + deleted.events
        staying = list(proof.retention(runtime).plan())
    for planned in staying:
        print(f"case {planned.due.root} stays: {planned.obstacle}", file=sys.stderr)
    print(f"{cases} cases with {events} events deleted; certificates exported to {proof.folder}")
    return 0
