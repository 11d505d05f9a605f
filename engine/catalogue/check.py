"""Compare a whole catalogue with the content that runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from engine.catalogue.comparing import Difference, Drawn, differences
from engine.catalogue.entries import Entry
from engine.catalogue.reading import read_catalogue
from engine.catalogue.reasons import Reason, read_reasons, unexplained
from engine.commands.import_organisation import read_organisation
from engine.errors import DeploymentRefused, InvalidArgument
from engine.execution import read_processes
from engine.model.diagram import Process
from engine.model.faults import Fault
from engine.model.organisation import Organisation
from engine.scenarios.content import read_content


@dataclass(frozen=True, slots=True)
class Compared:
    """One documented process: what differs without a reason, reasons that explain nothing, and those that do."""

    entry: Entry
    differences: list[Difference]
    idle: list[Reason]
    reasons: list[Reason]

    @property
    def clean(self) -> bool:
        """Whether nothing is left to be done."""
        return not self.differences and not self.idle


def check_catalogue(catalogue: Path, content: Path) -> list[Compared]:
    """Every process of the catalogue, in its order. `content` has processes/ and forms/.

    Raises InvalidArgument when there is nothing to compare, DeploymentRefused with every fault of a file.
    """
    found = read_content(content)
    if found.organisation is None:
        raise InvalidArgument(f"{content} has no organisation.yaml")
    organisation = read_organisation(found.organisation.read_text(encoding="utf-8"))
    groups = frozenset(group.key for group in organisation.groups) | organisation.outside
    entries = read_catalogue(catalogue, groups, organisation.roles)
    above = _above(organisation)
    folders = {folder.name: folder for folder in found.folders}
    return [_compared(entry, folders.get(entry.id), above) for entry in entries.values()]


def _compared(entry: Entry, folder: Path | None, above: dict[str, tuple[str, ...]]) -> Compared:
    if folder is None:
        return Compared(entry, [Difference(None, "process", entry.id)], [], [])
    processes, faults = list[Process](), list[Fault]()
    for file in sorted(folder.glob("*.bpmn")):
        found, wrong = read_processes(file.read_bytes(), file.name)
        processes += found
        faults += wrong
    if faults:
        raise DeploymentRefused(faults)
    drawn = Drawn(processes, "\n".join(_said(folder)), above)
    reasons = read_reasons(folder)
    left, idle = unexplained(differences(entry, drawn), reasons)
    return Compared(entry, left, idle, [reason for reason in reasons if reason not in idle])


def _above(organisation: Organisation) -> dict[str, tuple[str, ...]]:
    """The units above each group, nearest first."""
    parents = {group.key: group.parent for group in organisation.groups}
    found: dict[str, tuple[str, ...]] = {}
    for key in parents:
        chain: list[str] = []
        at = parents[key]
        while at is not None and at not in chain:
            chain.append(at)
            at = parents.get(at)
        found[key] = tuple(chain)
    return found


def _said(folder: Path) -> Iterator[str]:
    """Everything that the files of a process say: diagrams, tables, its forms and those that all share."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for file in sorted((*folder.glob("*.bpmn"), *folder.glob("*.dmn"))):
        for element in etree.parse(file, parser).iter(etree.Element):
            yield element.text or ""
            yield from map(str, element.attrib.values())
    forms = folder.parent.parent / "forms"
    for file in sorted((*(forms / folder.name).glob("*.form"), *(forms / "shared").glob("*.form"))):
        yield from _strings(json.loads(file.read_text(encoding="utf-8")))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
