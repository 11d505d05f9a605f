"""krabuan deploy: deploy a folder of content."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from api.cli.report import say_warnings
from api.runtime import Runtime
from api.version import VERSION
from engine.commands.deploy import Deploy, was_deployed
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
    _prepare(runtime, content)
    _deploy(runtime, Deploy(content.resources))


def bring(runtime: Runtime, content: Content) -> None:
    """As `deploy`, of the content that a server starts with: what was deployed by an earlier start is not looked at
    again, and takes nothing back that was published since. Raises DeploymentRefused."""
    _prepare(runtime, content)
    digest = digest_of(content)
    with runtime.database.read() as db:
        known = was_deployed(db, digest)
    if not known:
        _deploy(runtime, Deploy(content.resources, digest))


def digest_of(content: Content) -> str:
    """Of these files under this release, which may find another fault in them than the one before."""
    told = hashlib.sha256(VERSION.encode())
    for resource in content.resources:
        told.update(f"\0{resource.name}\0{len(resource.content)}\0".encode())
        told.update(resource.content)
    return told.hexdigest()


def _prepare(runtime: Runtime, content: Content) -> None:
    if content.organisation is not None:
        runtime.bus.run(ImportOrganisation(content.organisation.read_text(encoding="utf-8")), SYSTEM)
    runtime.bus.run(SeedCalendar(), SYSTEM)


def _deploy(runtime: Runtime, deployment: Deploy) -> None:
    answer = runtime.bus.run(deployment, SYSTEM)
    say_warnings(answer["warnings"])
    for item in answer["deployments"]:
        found = item.get("processDefinition")
        if found:
            print(f"{found['processDefinitionId']}: version {found['processDefinitionVersion']}")
