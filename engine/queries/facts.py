"""What the manual says of a process, read from its diagram."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.model.diagram import Node, Process
from engine.policy.permissions import Facts, require
from engine.queries.evidence import Diagrams, words


def get_facts(db: Connection, actor: Actor, diagrams: Diagrams, key: int) -> dict[str, Any]:
    """The facts of a process and of its steps in the order of the diagram. Raises NotFound."""
    require(actor, "definition:read", Facts())
    process = diagrams(db, key)
    steps = [_step(node) for node in process.nodes.values() if node.step is not None]
    return {"process": _process(process), "steps": steps}


def _process(process: Process) -> dict[str, Any]:
    f = process.facts
    return {
        "processDefinitionId": process.id,
        "name": {"th": process.name or None, "en": process.name_en or None},
        "source": f.source,
        "number": f.number,
        "ownerUnit": f.owner_unit,
        "targetPercent": f.target_percent,
        "texts": {name: [words(one) for one in said] for name, said in f.texts.items()},
        "deadlines": [
            {
                "deadlineId": d.id,
                "kind": d.kind,
                "text": words(d.text),
                "legalBasis": words(d.legal_basis),
                "duration": d.duration,
                "at": d.at,
                "calendar": d.calendar,
                "lastDay": d.last_day,
                "stoppedBy": d.stopped_by,
                "lateUntil": d.late_until,
            }
            for d in process.deadlines
        ],
    }


def _step(node: Node) -> dict[str, Any]:
    s = node.step
    assert s is not None
    return {
        "elementId": node.id,
        "key": s.key,
        "number": s.number,
        "parent": s.parent,
        "stage": s.stage,
        "standardTime": s.standard_time,
        "minimumTime": s.minimum_time,
        "calendar": s.calendar,
        "lastDay": s.last_day,
        "name": {"th": node.name or None, "en": node.name_en or None},
        "controlPoints": [
            {"controlPointId": p.id, "text": words(p.text), "mandatory": p.mandatory} for p in node.control_points
        ],
        "risks": [{"riskId": r.id, "text": words(r.text)} for r in node.risks],
    }
