"""Two sets of files compared: every process, form and decision in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.checking import Checked, Resource
from engine.comparison.change import Difference, paired
from engine.comparison.forms import form_differences
from engine.comparison.people import NameOf
from engine.comparison.processes import process_differences
from engine.comparison.tables import decision_differences, decisions_of
from engine.dmn.xml import Element
from engine.forms import Form
from engine.model.diagram import Process

Side = tuple[tuple[Resource, ...], Checked]


@dataclass(frozen=True, slots=True)
class Compared:
    """The differences, in the order of the later version; and the files of either side that could not be read, of which
    nothing is said."""

    differences: list[Difference]
    unreadable: list[str]


def compare(before: Side, after: Side, name_of: NameOf) -> Compared:
    """Each side is its files and what was read of them. `name_of` says what a group is called. What is only on one side
    is new or gone, unless it may stand in a file of the other that could not be read."""
    unread = _unreadable(before), _unreadable(after)
    found: list[Difference] = []
    for _, was, is_ in paired(_processes(before), _processes(after)):
        if _certain(was, is_, ".bpmn", unread):
            found += process_differences(was, is_, name_of)
    for _, old, new in paired(_forms(before), _forms(after)):
        if _certain(old, new, ".form", unread) and (old is None or new is None or old[1] != new[1]):
            found += form_differences(old and old[0], new and new[0])
    for id_, then, now in paired(_decisions(before), _decisions(after)):
        if _certain(then, now, ".dmn", unread):
            found += decision_differences(id_, then, now)
    return Compared(found, sorted(unread[0] | unread[1]))


def _certain(before: object, after: object, extension: str, unread: tuple[set[str], set[str]]) -> bool:
    missing_in = unread[0] if before is None else unread[1] if after is None else set()
    return not any(name.endswith(extension) for name in missing_in)


def diagrams(before: Side, after: Side) -> list[dict[str, str | None]]:
    """The diagrams of both sides, laid side by side by the processes in them, else by their paths: path, before, after
    (XML, None where it is not there)."""
    pairs = paired(_drawn(before), _drawn(after))
    return [
        {"path": (new or old or ("", ""))[0], "before": old and old[1], "after": new and new[1]}
        for _, old, new in pairs
    ]


def _drawn(side: Side) -> Mapping[str, tuple[str, str]]:
    """Path and XML of each diagram, by the id of its first process, else by its path."""
    first = {resource.name: process.id for resource, process in reversed(side[1].processes)}
    return {
        first.get(resource.name, resource.name): (resource.name, resource.content.decode("utf-8", "replace"))
        for resource in side[0]
        if resource.name.endswith(".bpmn")
    }


def _processes(side: Side) -> Mapping[str, Process]:
    return {process.id: process for _, process in side[1].processes}


def _forms(side: Side) -> Mapping[str, tuple[Form, str]]:
    return {checked.form.id: (checked.form, checked.text) for _, checked in side[1].forms}


def _decisions(side: Side) -> Mapping[str, Element]:
    models = (decisions_of(resource.content) for resource in side[0] if resource.name.endswith(".dmn"))
    return {id_: element for model in models if model is not None for id_, element in model.items()}


def _unreadable(side: Side) -> set[str]:
    """Diagrams without a process, forms and decision models that are none."""
    resources, checked = side
    read = {resource.name for resource, _ in (*checked.processes, *checked.forms)}
    read |= {r.name for r in resources if r.name.endswith(".dmn") and decisions_of(r.content) is not None}
    return {resource.name for resource in resources} - read
