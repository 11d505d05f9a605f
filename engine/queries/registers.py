"""The registers over all processes: control points, risks, standard times, forms and documents, roles, legal basis.

They are read from the newest deployed version of each process, by which people work; nothing is kept beside the
diagrams that could say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.model.diagram import Node, Process
from engine.model.manual import Words
from engine.policy.permissions import Facts, require
from engine.queries.evidence import Diagrams, words
from engine.queries.visibility import sees_case
from engine.store.tables import control_point_result as cpr
from engine.store.tables import group_
from engine.store.tables import process_definition as pd

Row = dict[str, Any]
KINDS = ("FORM", "DOCUMENT", "OWNER", "PERFORMER", "BY_CASE", "PROCESS", "DEADLINE")
_EMPTY: Row = {
    "id": None, "kind": None, "text": None, "unit": None, "groupKind": None, "mandatory": None, "evidence": None,
    "standardTime": None, "minimumTime": None, "calendar": None, "stage": None, "passed": None, "failed": None,
    "waived": None,
}  # fmt: skip


def get_register(db: Connection, actor: Actor, diagrams: Diagrams, name: str) -> dict[str, Any]:
    """{items} of a register of REGISTERS, by process id and in the order of its diagram.

    Every item has the process (processDefinitionKey, processDefinitionId, processName), the element that it stands on
    (elementId, elementName; none for the process itself) with its step (stepKey, stepNumber), and the members of
    `_EMPTY`, of which each register fills its own. Raises NotFound.
    """
    require(actor, "definition:read", Facts())
    if name not in REGISTERS:
        raise NotFound(register=name)
    keys = _newest(db)
    register = REGISTERS[name](db, actor)
    items = [row for key in keys for row in _of_process(key, diagrams(db, key), register)]
    return {"items": items}


class Register:
    """One register: what a process itself and each of its nodes have in it."""

    def __init__(self, db: Connection, actor: Actor) -> None:
        self.db, self.actor = db, actor

    def of_process(self, process: Process) -> Iterator[Row]:
        """The rows of the process itself."""
        yield from ()

    def of_node(self, process: Process, node: Node) -> Iterator[Row]:
        """The rows of one of its nodes."""
        yield from ()


class ControlPoints(Register):
    """How each is enforced, and how often it was passed, failed and waived in the cases that one may see."""

    def __init__(self, db: Connection, actor: Actor) -> None:
        super().__init__(db, actor)
        c = cpr.c
        seen = sees_case(actor, c.process_instance_key, c.process_id)
        counts = select(c.process_id, c.control_point_id, c.state, func.count()).where(seen)
        grouped = counts.group_by(c.process_id, c.control_point_id, c.state)
        self._counts = {(p, point, state): count for p, point, state, count in db.execute(grouped)}

    def of_node(self, process: Process, node: Node) -> Iterator[Row]:
        for point in node.control_points:
            found = {s: self._counts.get((process.id, point.id, s), 0) for s in ("PASSED", "FAILED", "WAIVED")}
            yield {
                "id": point.id, "text": words(point.text), "mandatory": point.mandatory,
                "evidence": point.evidence.type, "passed": found["PASSED"], "failed": found["FAILED"],
                "waived": found["WAIVED"],
            }  # fmt: skip


class Risks(Register):
    """The risks that the manuals print."""

    def of_node(self, process: Process, node: Node) -> Iterator[Row]:
        for risk in node.risks:
            yield {"id": risk.id, "text": words(risk.text)}


class StandardTimes(Register):
    """Every step of the manuals, with its time where it has one."""

    def of_node(self, process: Process, node: Node) -> Iterator[Row]:
        if (step := node.step) is not None:
            yield {
                "text": {"th": node.name or None, "en": node.name_en or None}, "standardTime": step.standard_time,
                "minimumTime": step.minimum_time, "calendar": step.calendar, "stage": step.stage,
            }  # fmt: skip


class Documents(Register):
    """The forms that are filled in, and the documents that the manuals name."""

    def of_node(self, process: Process, node: Node) -> Iterator[Row]:
        form = node.human.form if node.human is not None else None
        if form is not None:
            yield {"kind": "FORM", "id": form.id, "text": _named(node)}
        for document in node.documents:
            yield {"kind": "DOCUMENT", "text": words(document)}


class Roles(Register):
    """Who does the tasks: units, committees and positions, or whom the case names."""

    def __init__(self, db: Connection, actor: Actor) -> None:
        super().__init__(db, actor)
        g = group_.c
        self._groups = {row.key: row for row in db.execute(select(g.key, g.kind, g.th, g.en, g.parent))}

    def of_process(self, process: Process) -> Iterator[Row]:
        if process.facts.owner_unit:
            yield {"kind": "OWNER", **self._group(process.facts.owner_unit)}

    def of_node(self, process: Process, node: Node) -> Iterator[Row]:
        for group in node.human.named_groups if node.human is not None else ():
            if group.startswith("="):
                yield {"kind": "BY_CASE", "id": group}
            else:
                yield {"kind": "PERFORMER", **self._group(group)}

    def _group(self, key: str) -> Row:
        known = self._groups.get(key)
        if known is None:
            return {"id": key}
        return {"id": key, "text": {"th": known.th, "en": known.en}, "unit": known.parent, "groupKind": known.kind}


class LegalBasis(Register):
    """The laws that a process stands on, and those of its deadlines."""

    def of_process(self, process: Process) -> Iterator[Row]:
        for text in process.facts.texts.get("legalBasis", ()):
            yield {"kind": "PROCESS", "text": words(text)}
        for deadline in process.deadlines:
            if deadline.legal_basis != Words():
                yield {"kind": "DEADLINE", "id": deadline.id, "text": words(deadline.legal_basis)}


REGISTERS: Mapping[str, Callable[[Connection, Actor], Register]] = {
    "control-points": ControlPoints,
    "risks": Risks,
    "standard-times": StandardTimes,
    "documents": Documents,
    "roles": Roles,
    "legal-basis": LegalBasis,
}


def _newest(db: Connection) -> list[int]:
    """The keys of the newest version of each process, by its id."""
    newest = select(pd.c.process_id, func.max(pd.c.version).label("version")).group_by(pd.c.process_id).subquery()
    same = (pd.c.process_id == newest.c.process_id) & (pd.c.version == newest.c.version)
    query = select(pd.c.key).join(newest, same).where(pd.c.state == "ACTIVE").order_by(pd.c.process_id)
    return list(db.execute(query).scalars())


def _of_process(key: int, process: Process, register: Register) -> Iterator[Row]:
    of = {
        "processDefinitionKey": str(key), "processDefinitionId": process.id,
        "processName": {"th": process.name or None, "en": process.name_en or None},
    }  # fmt: skip
    nowhere = {"elementId": None, "elementName": None, "stepKey": None, "stepNumber": None}
    for row in register.of_process(process):
        yield of | nowhere | _EMPTY | row
    for node in process.nodes.values():
        step = process.step_of(node)
        place = {
            "elementId": node.id, "elementName": _named(node), "stepKey": step.key if step else None,
            "stepNumber": step.number if step else None,
        }  # fmt: skip
        for row in register.of_node(process, node):
            yield of | place | _EMPTY | row


def _named(node: Node) -> Row:
    return {"th": node.name or None, "en": node.name_en or None}
