"""krabuan compact: make the files of the database forget what was deleted."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from api.cli.place import add_place_options, opened
from engine.store.compaction import compact


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("compact", help="make the files of the database forget what was deleted")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the database anew; 1 when a part of it could not be done."""
    with opened(options) as runtime:
        done = compact(runtime.database)
    print(f"compacted: {done.before} bytes before, {done.after} after")
    for said in done.beyond:
        print(f"not in reach: {said}")
    for said in done.failed:
        print(f"not done: {said}", file=sys.stderr)
    return 1 if done.failed else 0
