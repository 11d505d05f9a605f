"""Cases with control points: a task that has them, its completion, its refusal, the register."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.errors import ControlPointUnsatisfied
from engine.model.actor import Actor
from engine.store import tables as t
from tests.dsl import Office, person
from tests.execution.bench import diagram, flows, node, user

AWARE = "2026-04-10T16:00:00+07:00"
FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
ANN, BOB = person("ann", "finance"), person("bob", "finance")


def point(binding: str, id: str = "cp", mandatory: str = "true") -> str:
    """A control point with texts in both languages."""
    return (
        f'<krabuan:controlPoint id="{id}" mandatory="{mandatory}"><krabuan:text lang="th">จุดควบคุม</krabuan:text>'
        f'<krabuan:text lang="en">Control point</krabuan:text><krabuan:binding {binding}/></krabuan:controlPoint>'
    )


def process(extra: str, before: str = "", on_process: str = "") -> bytes:
    """Task a (anybody's), then task b with the control points, then task c."""
    box = f"<bpmn:extensionElements>{on_process}</bpmn:extensionElements>" if on_process else ""
    return diagram(
        box + node("startEvent", "s") + user("a", FINANCE + before) + user("b", FINANCE + extra) + user("c", FINANCE)
        + node("endEvent", "e") + flows("s a", "a b", "b c", "c e")
    )  # fmt: skip


def at_b(office: Office, extra: str, on_process: str = "", files: tuple[tuple[str, bytes], ...] = (), **variables: Any) -> Office:
    """A case that waits at task b, claimed by ann."""
    office.deploy(("p.bpmn", process(extra, on_process=on_process)), *files)
    office.start(**variables)
    office.complete("a", BOB)
    office.run(ClaimTask(office.task("b").key), ANN)
    return office


def complete(office: Office, actor: Actor = ANN, **data: Any) -> None:
    """Complete task b."""
    office.run(CompleteTask(office.task("b").key, data), actor)


def refused(office: Office, actor: Actor = ANN, **data: Any) -> list[str]:
    """The ids of the control points that refuse the completion; nothing is changed by it."""
    before = office.snapshot()
    with pytest.raises(ControlPointUnsatisfied) as caught:
        complete(office, actor, **data)
    assert office.snapshot() == before
    points: Any = caught.value.members["controlPoints"]
    assert all(p["text"]["th"] and p["text"]["en"] and p["detail"]["th"] and p["detail"]["en"] for p in points)
    return [p["id"] for p in points]


def states(office: Office) -> dict[str, str]:
    """The register: the state of each recorded control point."""
    return {r.control_point_id: r.state for r in office.rows(t.control_point_result)}


def form(*components: dict[str, Any]) -> tuple[str, bytes]:
    """A form `p.f`."""
    body = {"schemaVersion": 16, "type": "default", "id": "p.f", "components": list(components)}
    return "p.f.form", orjson.dumps(body)


USES_FORM = '<zeebe:formDefinition formId="p.f"/>'
FIELD = {"type": "textfield", "key": "note", "id": "F1", "label": "บันทึก"}
AMOUNT = {"type": "number", "key": "amount", "id": "F2", "label": "จำนวน"}
TICK = {"type": "checkbox", "key": "checked", "id": "F3", "label": "ตรวจแล้ว"}
