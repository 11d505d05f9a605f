"""krabuan export: write all histories, documents and checkpoints to a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from api.proof import export, proof_of


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("export", help="write the histories to a folder, for verification elsewhere")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument(
        "--without-personal-data", action="store_true",
        help="leave out documents, what cases are called, and the names and keys that open the histories",
    )  # fmt: skip
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make a checkpoint first, so that the export is covered wholly."""
    with opened(options) as runtime:
        counts = export(runtime, proof_of(options.data), options.folder, not options.without_personal_data)
    print(f"{options.folder}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0
