"""The register of control points as they were worked: what each task's came to, who recorded it and why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.model.manual import Words
from engine.queries.evidence import Diagrams, words
from engine.queries.masking import cover
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import sees_case
from engine.store.tables import control_point_result as cpr
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as t

CONTROL_POINT_RESULT = Noun(
    "ControlPointResult",
    cpr.join(pi, pi.c.key == cpr.c.process_instance_key).join(t, t.c.key == cpr.c.task_key),
    "controlPointResultKey",
    {
        "controlPointResultKey": Field(cpr.c.key, "key"),
        "controlPointId": Field(cpr.c.control_point_id, "string"),
        "state": Field(cpr.c.state, "enum"),
        "detail": Field(cpr.c.detail, "json", nullable=True, filterable=False, sortable=False),
        "recordedAt": Field(cpr.c.recorded_at, "moment"),
        "recordedBy": Field(cpr.c.recorded_by, "string"),
        "elementId": Field(cpr.c.element_id, "string"),
        "userTaskKey": Field(cpr.c.task_key, "key"),
        "stepNumber": Field(t.c.step_number, "string", nullable=True),
        "processInstanceKey": Field(cpr.c.process_instance_key, "key"),
        "processDefinitionId": Field(cpr.c.process_id, "string"),
        "processDefinitionKey": Field(t.c.definition_key, "key"),  # of the version in which the task was done
        "businessId": Field(pi.c.business_id, "string", nullable=True),
    },
)


def search_control_points(db: Connection, actor: Actor, diagrams: Diagrams, request: Search) -> dict[str, Any]:
    """The results in the cases that the actor may see, each with what the diagram calls the control point (`text`), the
    task (`elementName`) and the process (`processName`); the details as the actor may read them, which may quote what
    was entered. Raises InvalidArgument."""
    seen = sees_case(actor, cpr.c.process_instance_key, cpr.c.process_id)
    found = search(db, CONTROL_POINT_RESULT, request, seen, actor=actor)
    items = [_named(db, diagrams, item) for item in found["items"]]
    cover(db, actor, items, {"detail"})
    return {**found, "items": items}


def _named(db: Connection, diagrams: Diagrams, item: dict[str, Any]) -> dict[str, Any]:
    diagram = diagrams(db, int(item["processDefinitionKey"]))
    node = diagram.nodes.get(item["elementId"])
    points = () if node is None else node.control_points
    return {
        **item,
        "text": words(next((p.text for p in points if p.id == item["controlPointId"]), Words())),
        "elementName": words(Words() if node is None else Words(node.name, node.name_en)),
        "processName": words(Words(diagram.name, diagram.name_en)),
    }
