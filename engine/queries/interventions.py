"""Interventions that wait for a second person, or did."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select, true

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.diagram import Process
from engine.model.manual import Words
from engine.queries.evidence import Diagrams, words
from engine.queries.masking import cover
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import owned, sees_case
from engine.store.tables import deadline as dl
from engine.store.tables import intervention as i
from engine.store.tables import process_definition as pd
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as t

INTERVENTION = Noun(
    "Intervention",
    i.join(pi, pi.c.key == i.c.process_instance_key),
    "interventionKey",
    {
        "interventionKey": Field(i.c.key, "key"),
        "kind": Field(i.c.kind, "string"),
        "state": Field(i.c.state, "enum"),
        "reason": Field(i.c.reason, "string"),
        "request": Field(i.c.request, "json", filterable=False, sortable=False),
        "elementId": Field(i.c.element_id, "string", nullable=True),
        "elementInstanceKey": Field(i.c.element_instance_key, "key", nullable=True),
        "processInstanceKey": Field(i.c.process_instance_key, "key"),
        "processDefinitionId": Field(i.c.process_id, "string"),
        "processDefinitionKey": Field(pi.c.definition_key, "key"),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "requestedBy": Field(i.c.requested_by, "string"),
        "onBehalfOf": Field(i.c.on_behalf_of, "string", nullable=True),
        "requestDate": Field(i.c.requested_at, "moment"),
        "decidedBy": Field(i.c.decided_by, "string", nullable=True),
        "decisionDate": Field(i.c.decided_at, "moment", nullable=True),
        "note": Field(i.c.note, "string", nullable=True),
    },
    contents=frozenset({"reason", "note"}),
)


def search_interventions(db: Connection, actor: Actor, diagrams: Diagrams, request: Search) -> dict[str, Any]:
    """Those of the cases that the actor may see. The filter `toDecide` (true) is for those that wait for the actor: the
    inbox of who approves. Raises InvalidArgument."""
    wanted = dict(request.filter)
    to_decide = wanted.pop("toDecide", None)
    where = [_sees(actor)]
    if to_decide is not None:
        if to_decide is not True:
            raise InvalidArgument("filter: toDecide is true, or left out")
        where.append((i.c.state == "PENDING") & _decides(actor) & ~_concerned(actor))
    found = search(db, INTERVENTION, Search(wanted, request.sort, request.page), *where, actor=actor)
    return {**found, "items": _told(db, actor, diagrams, found["items"])}


def get_intervention(db: Connection, actor: Actor, diagrams: Diagrams, key: int) -> dict[str, Any]:
    """One of them. Raises NotFound, also for one that the actor may not see."""
    found = INTERVENTION.one(db, i.c.key == key, _sees(actor), actor=actor)
    if found is None:
        raise NotFound(interventionKey=str(key))
    return _told(db, actor, diagrams, [found])[0]


def _sees(actor: Actor) -> ColumnElement[bool]:
    return sees_case(actor, i.c.process_instance_key, i.c.process_id)


def _decides(actor: Actor) -> ColumnElement[bool]:
    return or_(true() if "administrator" in actor.roles else false(), owned(actor, i.c.process_id))


def _concerned(actor: Actor) -> ColumnElement[bool]:
    """Whether it is the actor's own request, or made in the actor's name, or about a control point of the actor's
    task: then somebody else decides."""
    theirs = select(t.c.key).where(t.c.key == i.c.element_instance_key, t.c.assignee == actor.id)
    in_their_name = and_(i.c.on_behalf_of.is_not(None), i.c.on_behalf_of == actor.id)
    return or_(i.c.requested_by == actor.id, in_their_name, and_(i.c.kind == "waive", theirs.exists()))


def _told(db: Connection, actor: Actor, diagrams: Diagrams, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the name of the process, and of what each is about, in both languages; what is asked for as the actor may
    read it."""
    told = [_named(db, diagrams, item) for item in items]
    cover(db, actor, told, {"request"})
    return told


def _named(db: Connection, diagrams: Diagrams, item: dict[str, Any]) -> dict[str, Any]:
    diagram = diagrams(db, int(item["processDefinitionKey"]))
    match item["kind"]:
        case "migrate":
            about = _version(db, item)
        case "extend":
            about = _deadline(db, diagram, item)
        case _:
            about = _about(diagram, item)
    return {**item, "processName": words(Words(diagram.name, diagram.name_en)), "about": words(about)}


def _version(db: Connection, item: dict[str, Any]) -> Words:
    query = select(pd.c.version).where(pd.c.key == item["request"]["target_definition_key"])
    version = db.execute(query).scalar()
    return Words() if version is None else Words(f"ฉบับที่ {version}", f"version {version}")


def _deadline(db: Connection, diagram: Process, item: dict[str, Any]) -> Words:
    of = select(dl.c.deadline_id).where(dl.c.key == item["request"]["deadline_key"])
    id_ = db.execute(of).scalar()
    return next((d.text for d in diagram.deadlines if d.id == id_), Words())


def _about(diagram: Process, item: dict[str, Any]) -> Words:
    """A control point, the elements that are moved, or the element."""
    request = item["request"]
    if item["kind"] == "modify":
        moves = [(m["source"]["element_id"], m["target"]["element_id"]) for m in request["move"]]
        moves += [(s["element_id"], None) for s in request["terminate"]]
        moves += [(None, a["element_id"]) for a in request["activate"]]
        steps = [(_name(diagram, a), _name(diagram, b)) for a, b in moves]
        return Words(*("; ".join(f"{a[n]} → {b[n]}" for a, b in steps) for n in (0, 1)))
    node = diagram.nodes.get(request.get("timer") or item["elementId"])
    if item["kind"] == "waive" and node is not None:
        return next((p.text for p in node.control_points if p.id == request["control_point_id"]), Words())
    return Words() if node is None else Words(*_name(diagram, node.id))


def _name(diagram: Process, element_id: str | None) -> tuple[str, str]:
    """Of an element, in both languages; an ellipsis for none."""
    node = diagram.nodes.get(element_id or "")
    if node is None:
        return element_id or "…", element_id or "…"
    return node.name or node.id, node.name_en or node.name or node.id
