"""What another version of a process asks of its cases: control points, deadlines and standard times that differ."""

from __future__ import annotations

from typing import Any

from engine.model.diagram import Process
from engine.model.manual import ControlPoint, Deadline, Step, Words

Told = dict[str, Any]


def changes_of(old: Process, new: Process) -> dict[str, list[Told]]:
    """{controlPoints, deadlines, steps}: what differs, in the order of the diagrams. `change` is REMOVED, CHANGED or
    ADDED; `before` and `after` are null where there is none."""
    return {
        "controlPoints": _compare(_points(old), _points(new)),
        "deadlines": _compare({d.id: _deadline(d) for d in old.deadlines}, {d.id: _deadline(d) for d in new.deadlines}),
        "steps": _compare(_steps(old), _steps(new)),
    }


def _compare(old: dict[str, tuple[Words, Told]], new: dict[str, tuple[Words, Told]]) -> list[Told]:
    found: list[Told] = []
    for id_ in dict.fromkeys((*old, *new)):
        text, before = old.get(id_, (None, None))
        later, after = new.get(id_, (None, None))
        if before == after:
            continue
        words = later or text or Words()
        change = "ADDED" if before is None else "REMOVED" if after is None else "CHANGED"
        told = {"th": words.th or None, "en": words.en or None}
        found.append({"id": id_, "text": told, "change": change, "before": before, "after": after})
    return found


def _points(process: Process) -> dict[str, tuple[Words, Told]]:
    return {p.id: (p.text, _point(p)) for node in process.nodes.values() for p in node.control_points}


def _point(point: ControlPoint) -> Told:
    return {"mandatory": point.mandatory}


def _deadline(d: Deadline) -> tuple[Words, Told]:
    return d.text, {"duration": d.duration, "at": d.at, "calendar": d.calendar, "stoppedBy": d.stopped_by}


def _steps(process: Process) -> dict[str, tuple[Words, Told]]:
    nodes = process.nodes.values()
    return {n.step.key: (Words(n.name, n.name_en), _time(n.step)) for n in nodes if n.step is not None}


def _time(step: Step) -> Told:
    return {"duration": step.standard_time, "calendar": step.calendar}
