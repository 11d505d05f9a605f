"""krabuan lint: the report of a deployment, without deploying."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from api.cli.report import say_warnings
from api.runtime import machine_clock
from engine.commands.checking import Known, check_resources
from engine.errors import DeploymentRefused
from engine.scenarios.content import read_content


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("lint", help="check diagrams, decision tables and forms without deploying them")
    parser.add_argument("folder", type=Path, help="a folder with processes/ and forms/, processes/, or one in it")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Name every fault and warning of every file. Raises DeploymentRefused when there are faults."""
    content = read_content(options.folder)
    checked = check_resources(content.resources, Known(now=machine_clock().now()))
    if checked.faults:
        raise DeploymentRefused(checked.faults, checked.warnings)
    warned = say_warnings(warning.described() for warning in checked.warnings)
    print(f"{len(content.resources)} files, no fault" + (f", {warned} warning(s)" if warned else ""))
    return 0
