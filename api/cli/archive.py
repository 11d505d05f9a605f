"""krabuan archive: move histories of cases that have been over for long to files, and bring them back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from api.proof import proof_of


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("archive", help="move histories of cases long over to files, or bring them back")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--older-than", metavar="PERIOD", help="of cases that ended so long ago, such as P2Y")
    what.add_argument("--restore", type=Path, metavar="FILE", help="bring back what is in a file alone")
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder of the files")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be archived")
    parser.add_argument("--case", type=int, action="append", default=[], metavar="KEY", help="bring back only this one")
    parser.add_argument("--by", metavar="NAME", help="who orders it; stands in the archive")
    parser.add_argument("--reason", help="why; stands in the archive")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 when done, 2 when it is not said who orders it and why, or where to."""
    asked = not (options.dry_run and options.older_than)
    if asked and not (options.by and options.reason):
        print("krabuan archive: it needs --by NAME and --reason TEXT", file=sys.stderr)
        return 2
    if asked and options.older_than and options.to is None:
        print("krabuan archive: --older-than needs --to DIR", file=sys.stderr)
        return 2
    with opened(options) as runtime:
        archives = proof_of(options.data).archives(runtime, options.to or Path())
        if options.restore is not None:
            return _restore(archives, options)
        return _archive(archives, options) if asked else _dry_run(archives, options.older_than)


def _dry_run(archives: Any, older_than: str) -> int:
    for ripe in archives.plan(older_than):
        print(f"{ripe.month}: {len(ripe.cases)} cases with {ripe.events} events would be archived")
    print("nothing was changed")
    return 0


def _archive(archives: Any, options: argparse.Namespace) -> int:
    cases = events = 0
    for file, ripe in archives.carry_out(options.older_than, options.by, options.reason):
        print(f"{file}: {len(ripe.cases)} cases with {ripe.events} events")
        cases, events = cases + len(ripe.cases), events + ripe.events
    print(f"{cases} cases with {events} events archived")
    return 0


def _restore(archives: Any, options: argparse.Namespace) -> int:
    back = sum(1 for _ in archives.restore(options.restore, options.by, options.reason, options.case))
    print(f"{options.restore}: {back} histories brought back")
    return 0
