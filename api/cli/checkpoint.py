"""krabuan checkpoint: sign what was written to history since the last checkpoint, and export it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from api.proof import proof_of


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("checkpoint", help="sign the history of now, and export the checkpoints")
    parser.add_argument("--to", type=Path, metavar="DIR", help="folder to export to (default: $KRABUAN_CHECKPOINTS)")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make a checkpoint unless there is nothing new; write every checkpoint that the folder lacks. Raises OSError when
    there is no time stamp to be had: the checkpoints are made then, and stamped next time."""
    proof = proof_of(options.data)
    if options.to is not None:
        proof = replace(proof, folder=options.to)
    with opened(options) as runtime:
        made = proof.checkpoints(runtime).make()
        print(f"{made} checkpoints made; exported to {proof.folder}")
        stamps = proof.stamps(runtime)
        if stamps is not None:
            print(f"{stamps.make()} time stamps made")
    return 0
