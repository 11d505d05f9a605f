"""krabuan deploy: deploy a folder of content."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from api.cli.report import say_warnings
from api.runtime import Runtime
from engine.commands.deploy import Deploy
from engine.commands.import_organisation import ImportOrganisation
from engine.commands.seed_calendar import SeedCalendar
from engine.model.actor import SYSTEM
from engine.scenarios.content import Content, read_content


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("deploy", help="deploy diagrams, decision tables and forms")
    parser.add_argument("folder", type=Path, help="a folder with processes/ and forms/, processes/, or one in it")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Deploy; print what has a new version."""
    content = read_content(options.folder)
    with opened(options) as runtime:
        deploy(runtime, content)
    return 0


def deploy(runtime: Runtime, content: Content) -> None:
    """Import the organisation and the holidays of the years about now, then deploy everything together; print warnings.
    Raises DeploymentRefused."""
    if content.organisation is not None:
        runtime.bus.run(ImportOrganisation(content.organisation.read_text(encoding="utf-8")), SYSTEM)
    runtime.bus.run(SeedCalendar(), SYSTEM)
    answer = runtime.bus.run(Deploy(content.resources), SYSTEM)
    say_warnings(answer["warnings"])
    for item in answer["deployments"]:
        found = item.get("processDefinition")
        if found:
            print(f"{found['processDefinitionId']}: version {found['processDefinitionVersion']}")
