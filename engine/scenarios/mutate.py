"""Change a diagram in one place and see whether its scenarios notice: a mutant that lives is a gap in them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from engine.commands.checking import Resource
from engine.errors import DeploymentRefused
from engine.execution.reader.names import BPMN, KRABUAN, ZEEBE, local
from engine.execution.xml import parse_xml
from engine.scenarios.play import Player, ScenarioFailed
from engine.scenarios.run import Suite

_DAY = "P1D"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed diagram; `what` says in a few words what was changed."""

    file: str
    what: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: who noticed it (`deployment`, a scenario's file, or nobody)."""

    folder: str
    mutant: Mutant
    noticed_by: str | None


def mutants(content: bytes, file: str) -> Iterator[Mutant]:
    """Every mutant of a diagram, in document order."""
    root = parse_xml(content, file)
    for change in (_without_flows, _negated, _later, _other_group, _without_control_points):
        for what, action in change(root):
            changed = copy.deepcopy(root)
            action(changed)
            yield Mutant(file, what, etree.tostring(changed, xml_declaration=True, encoding="UTF-8"))


def hunt(suite: Suite) -> Iterator[Fate]:
    """Play the scenarios against every mutant of their diagrams, until one notices it."""
    for folder in suite.content.folders:
        for mutant in mutants_of(suite, folder):
            yield Fate(folder.name, mutant, noticed_by(suite, folder.name, mutant))


def mutants_of(suite: Suite, folder: Path) -> Iterator[Mutant]:
    """Every mutant of the diagrams of one of the suite's folders, always in the same order."""
    for file in sorted(folder.glob("*.bpmn")):
        yield from mutants(file.read_bytes(), _resource_name(suite, file))


def _resource_name(suite: Suite, file: Path) -> str:
    return next((r.name for r in suite.content.resources if r.name.endswith(file.name)), file.name)


def noticed_by(suite: Suite, folder: str, mutant: Mutant) -> str | None:
    """Who notices a mutant: `deployment`, the file of the first scenario that fails, or nobody."""
    changed = Resource(mutant.file, mutant.content)
    for scenario in suite.scenarios[folder]:
        try:
            world = suite.template.world(scenario.at, changed)
        except DeploymentRefused:
            return "deployment"
        try:
            Player(world, scenario).play()
        except (ScenarioFailed, RuntimeError):
            return scenario.file
        finally:
            world.close()
    return None


_Change = Iterator[tuple[str, Callable[[etree._Element], None]]]


def _all(root: etree._Element, uri: str, name: str) -> list[etree._Element]:
    return list(root.iter(f"{{{uri}}}{name}"))


def _at(uri: str, name: str, number: int, action: Callable[[etree._Element], None]) -> Callable[[etree._Element], None]:
    """Apply `action` to the element that stands at the same place in the copy."""
    return lambda root: action(_all(root, uri, name)[number])


def _without_flows(root: etree._Element) -> _Change:
    for number, flow in enumerate(_all(root, BPMN, "sequenceFlow")):
        yield f"flow {flow.get('id')} removed", _at(BPMN, "sequenceFlow", number, _drop_flow)


def _drop_flow(flow: etree._Element) -> None:
    """The flow goes, and what refers to it: a gateway's default, a node's incoming and outgoing."""
    flow_id, root = flow.get("id"), flow.getroottree().getroot()
    for element in list(root.iter()):
        if isinstance(element.tag, str) and local(element) in ("incoming", "outgoing") and element.text == flow_id:
            _remove(element)
        elif isinstance(element.tag, str) and element.get("default") == flow_id:
            del element.attrib["default"]
    _remove(flow)


def _negated(root: etree._Element) -> _Change:
    for number, condition in enumerate(_all(root, BPMN, "conditionExpression")):
        owner = condition.getparent()
        name = owner.get("id") if owner is not None else "?"
        yield f"condition of {name} negated", _at(BPMN, "conditionExpression", number, _negate)


def _negate(condition: etree._Element) -> None:
    condition.text = f"=not({(condition.text or '').strip().removeprefix('=')})"


def _later(root: etree._Element) -> _Change:
    for kind in ("timeDate", "timeDuration", "timeCycle"):
        for number, timer in enumerate(_all(root, BPMN, kind)):
            event = timer.getparent().getparent() if timer.getparent() is not None else None  # type: ignore[union-attr]
            name = event.get("id") if event is not None else "?"
            yield f"timer {name} a day later", _at(BPMN, kind, number, _LATER[kind])
    for number, deadline in enumerate(_all(root, KRABUAN, "deadline")):
        if deadline.get("duration"):
            yield f"deadline {deadline.get('id')} a day later", _at(KRABUAN, "deadline", number, _deadline_later)


def _date_later(timer: etree._Element) -> None:
    text = (timer.text or "").strip()
    source = text[1:] if text.startswith("=") else f'date and time("{text}")'
    timer.text = f'=({source}) + duration("{_DAY}")'


def _duration_later(timer: etree._Element) -> None:
    text = (timer.text or "").strip()
    source = text[1:] if text.startswith("=") else f'duration("{text}")'
    timer.text = f'=({source}) + duration("{_DAY}")'


def _cycle_later(timer: etree._Element) -> None:
    """`R/<start>/P1Y` begins a day later; `R3/PT1H` is a day longer; cron fires a day of the month later."""
    text = (timer.text or "").strip()
    parts = text.split("/")
    if len(parts) == 3:
        day = parts[1][8:10]
        parts[1] = parts[1][:8] + f"{int(day) % 28 + 1:02d}" + parts[1][10:]
        timer.text = "/".join(parts)
    elif len(parts) == 2:
        timer.text = (
            f"{parts[0]}/P1D{parts[1][1:]}"
            if "D" not in parts[1] and parts[1].startswith("PT")
            else f"{parts[0]}/P367D"
        )
    else:
        fields = text.split()
        if len(fields) == 6 and fields[3].isdigit():
            fields[3] = str(int(fields[3]) % 28 + 1)
            timer.text = " ".join(fields)
        else:
            timer.text = "0 0 0 29 2 *"


_LATER = {"timeDate": _date_later, "timeDuration": _duration_later, "timeCycle": _cycle_later}


def _deadline_later(deadline: etree._Element) -> None:
    duration = deadline.get("duration", "PT0H")
    if duration.startswith("PT") and duration.endswith("H"):
        deadline.set("duration", f"PT{int(duration[2:-1]) + 24}H")
    elif duration.endswith("D"):
        deadline.set("duration", f"P{int(duration[1:-1]) + 1}D")
    else:
        deadline.set("duration", "P400D")


def _other_group(root: etree._Element) -> _Change:
    for number, assignment in enumerate(_all(root, ZEEBE, "assignmentDefinition")):
        if assignment.get("candidateGroups"):
            box = assignment.getparent()
            task = box.getparent() if box is not None else None
            name = task.get("id") if task is not None else "?"
            yield f"group of {name} exchanged", _at(ZEEBE, "assignmentDefinition", number, _exchange)


def _exchange(assignment: etree._Element) -> None:
    assignment.set("candidateGroups", "another_group")


def _without_control_points(root: etree._Element) -> _Change:
    for number, point in enumerate(_all(root, KRABUAN, "controlPoint")):
        yield f"control point {point.get('id')} dropped", _at(KRABUAN, "controlPoint", number, _remove)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
