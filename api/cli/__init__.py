"""The command line `krabuan`. Each command is a module with `register` and what it registers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from api.cli import (
    archive,
    backup,
    catalogue_check,
    checkpoint,
    compact,
    deploy,
    doctor,
    export,
    hold,
    layout,
    lint,
    organisation,
    personal_data,
    restore,
    retention,
    serve,
    test,
    user,
    verify,
    worker,
)
from api.cli.report import say_faults
from api.version import VERSION
from engine.errors import DeploymentRefused, EngineError

COMMANDS = (
    serve, worker, deploy, lint, layout, test, catalogue_check, verify, checkpoint, export, hold, retention, archive,
    personal_data, compact, backup, restore, doctor, user, organisation,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when it found or met something wrong, 2 for a wrong call, and where the
    doctor finds something bad."""
    chosen = parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except DeploymentRefused as refused:
        return say_faults(refused)
    except (EngineError, OSError) as error:
        print(f"krabuan: {error}", file=sys.stderr)
        return 1
    return status


def parser() -> argparse.ArgumentParser:
    """What reads the arguments; `run` of what it answers is the command."""
    parser = argparse.ArgumentParser(prog="krabuan", description="Runs the work processes of a public office.")
    parser.add_argument("--version", action="version", version=f"krabuan {VERSION}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(commands)
    return parser
