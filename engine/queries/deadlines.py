"""The register of deadlines: searched, counted, and each with all that was recorded of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.model.manual import Deadline, Words
from engine.model.masking import Cover
from engine.policy.permissions import Facts, allowed
from engine.queries.evidence import Diagrams, may_read, words
from engine.queries.field_labels import Label, labels_of
from engine.queries.filters import compile_filter
from engine.queries.instances import get_instance
from engine.queries.masking import covers
from engine.queries.noun import Context, Field, Noun, truth
from engine.queries.search import Search, search
from engine.queries.visibility import sees_case, takes_part, watches
from engine.store.tables import deadline as dl
from engine.store.tables import deadline_overseer
from engine.store.tables import deadline_record as rec
from engine.store.tables import process_instance as pi

DEADLINE = Noun(
    "Deadline",
    dl.join(pi, pi.c.key == dl.c.process_instance_key),
    "deadlineKey",
    {
        "deadlineKey": Field(dl.c.key, "key"),
        "deadlineId": Field(dl.c.deadline_id, "string"),
        "kind": Field(dl.c.kind, "string"),
        "state": Field(dl.c.state, "enum"),
        "startedAt": Field(dl.c.started_at, "moment", nullable=True),
        "dueAt": Field(dl.c.due_at, "moment"),
        "lateUntil": Field(dl.c.late_until, "moment", nullable=True),
        "extendedUntil": Field(dl.c.extended_until, "moment", nullable=True),
        "stoppedAt": Field(dl.c.stopped_at, "moment", nullable=True),
        "stoppedByElementId": Field(dl.c.stopped_by_element, "string", nullable=True),
        "warnings": Field(dl.c.warnings, "strings", filterable=False, sortable=False),
        "lateReasons": Field(dl.c.late_reasons, "string", nullable=True),
        "ownerUnit": Field(dl.c.owner_unit, "string", nullable=True),
        "processInstanceKey": Field(dl.c.process_instance_key, "key"),
        "processDefinitionKey": Field(func.coalesce(dl.c.definition_key, pi.c.definition_key), "key"),
        "processDefinitionId": Field(dl.c.process_id, "string"),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
    },
    contents=frozenset({"lateReasons"}),
)
RECORD = Noun(
    "DeadlineRecord",
    rec,
    "deadlineRecordKey",
    {
        "deadlineRecordKey": Field(rec.c.key, "key"),
        "kind": Field(rec.c.kind, "enum"),
        "recordedAt": Field(rec.c.at, "moment"),
        "recordedBy": Field(rec.c.by, "string"),
        "recordedThrough": Field(rec.c.through, "string", nullable=True),
        "approvedBy": Field(rec.c.approved_by, "string", nullable=True),
        "elementId": Field(rec.c.element_id, "string", nullable=True),
        "happenedAt": Field(rec.c.happened_at, "moment", nullable=True),
        "dueBefore": Field(rec.c.due_before, "moment", nullable=True),
        "dueAfter": Field(rec.c.due_after, "moment", nullable=True),
        "text": Field(rec.c.text, "string", nullable=True),
    },
)
ACTIONS = {"extend": "deadline:extend", "supplement": "deadline:supplement"}


def search_deadlines(db: Connection, actor: Actor, diagrams: Diagrams, request: Search) -> dict[str, Any]:
    """The deadlines of the cases that the actor may see. Raises InvalidArgument."""
    found = search(db, DEADLINE, request, _seen(actor), actor=actor)
    for item in found["items"]:
        _say(db, diagrams, item)
    return found


def count_deadlines(db: Connection, actor: Actor, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """How many of the deadlines that fulfil the filter are in which state, still open or not. Raises
    InvalidArgument."""
    noun, open_ = DEADLINE.asked_by(actor), dl.c.stopped_at.is_(None)
    where = [_seen(actor), *compile_filter(wanted, noun, Context(db.dialect.name, actor))]
    query = select(dl.c.state, truth(open_).label("open"), func.count()).select_from(noun.source).where(*where)
    rows = db.execute(query.group_by(dl.c.state, open_).order_by(dl.c.state, open_))
    return {"items": [{"state": state, "open": bool(is_open), "count": count} for state, is_open, count in rows]}


def get_deadline(db: Connection, actor: Actor, diagrams: Diagrams, key: int) -> dict[str, Any]:
    """One deadline with its records. Raises NotFound, also for one that the actor may not see."""
    item = DEADLINE.one(db, dl.c.key == key, _seen(actor), actor=actor)
    if item is None:
        raise NotFound(deadlineKey=str(key))
    return _details(db, actor, diagrams, [item])[0]


def get_case_deadlines(db: Connection, actor: Actor, diagrams: Diagrams, key: int) -> dict[str, Any]:
    """The deadlines of a case with their records, in the order in which they began. Raises NotFound."""
    get_instance(db, actor, key)
    found = search(db, DEADLINE, Search({"processInstanceKey": str(key)}, (), {"limit": 1_000}), actor=actor)
    return {"items": _details(db, actor, diagrams, found["items"])}


def _seen(actor: Actor) -> ColumnElement[bool]:
    return sees_case(actor, dl.c.process_instance_key, dl.c.process_id)


def _say(db: Connection, diagrams: Diagrams, item: dict[str, Any]) -> Deadline | None:
    """Add what the diagram calls it, and the process."""
    diagram = diagrams(db, int(item["processDefinitionKey"]))
    drawn = next((d for d in diagram.deadlines if d.id == item["deadlineId"]), None)
    item["text"] = words(drawn.text if drawn else Words())
    item["legalBasis"] = words(drawn.legal_basis if drawn else Words())
    item["processName"] = words(Words(diagram.name, diagram.name_en))
    act = diagram.nodes.get(item["stoppedByElementId"] or (drawn.stopped_by if drawn else None) or "")
    item["act"] = words(Words(act.name, act.name_en) if act else Words())
    return drawn


def _details(
    db: Connection, actor: Actor, diagrams: Diagrams, items: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Deadlines of one case with their records, and what the actor may do about each."""
    if not items:
        return []
    case = int(items[0]["processInstanceKey"])
    more = (rec.c.deadline_key, rec.c.data, rec.c.document_id, rec.c.document_name)
    query = RECORD.select().add_columns(*more).where(rec.c.process_instance_key == case)
    records = [(dict(row._mapping), RECORD.shape(row)) for row in db.execute(query.order_by(rec.c.key))]
    reads = may_read(db, actor, case)
    masked = covers(db, actor, [case], past=True).get(case, Cover())
    names = {name for row, _ in records for name in row["data"]}
    labels = labels_of(db, items[0]["processDefinitionId"], names)
    for item in items:
        drawn = _say(db, diagrams, item)
        own = [(row, said) for row, said in records if str(row["deadline_key"]) == item["deadlineKey"]]
        item["records"] = [_record(row, said, masked if reads else None, labels) for row, said in own]
        item["actions"] = _actions(db, actor, item, drawn)
    return list(items)


def _record(
    row: Mapping[str, Any], said: Mapping[str, Any], masked: Cover | None, labels: Mapping[str, Label]
) -> dict[str, Any]:
    """A record as the actor may read it; of who may not see what the case holds, `masked` is None."""
    shown = {name: said[name] for name in RECORD.fields}
    if masked is None:
        return {**shown, "text": None, "facts": [], "document": None}
    of = {"documentId": row["document_id"], "fileName": row["document_name"]}
    facts = masked(row["data"])
    return {
        **shown,
        "text": None if said["text"] is None else masked(said["text"]),
        "facts": [_fact(name, facts[name], labels.get(name)) for name in facts],
        "document": None if row["document_id"] is None else masked(of),
    }


def _fact(name: str, value: Any, label: Label | None) -> dict[str, Any]:
    """A variable as it was: what its field is called, and for a choice the words of the option."""
    option = None if label is None or not isinstance(value, str) else label.options.get(value)
    return {
        "name": name,
        "label": words(Words() if label is None else label.said),
        "value": value,
        "shown": words(option or Words()),
    }


def _actions(db: Connection, actor: Actor, item: Mapping[str, Any], drawn: Deadline | None) -> list[str]:
    """What the actor may do about a deadline as it stands."""
    key = int(item["deadlineKey"])
    watching = watches(actor, deadline_overseer.c.deadline_key, dl.c.key)
    query = select(pi.c.access_class, truth(takes_part(actor, pi.c.key)), truth(watching))
    both = dl.join(pi, pi.c.key == dl.c.process_instance_key)
    query = query.select_from(both).where(dl.c.key == key)
    access_class, part, oversees = db.execute(query).one()
    facts = Facts(
        frozenset({item["processDefinitionId"]}), participant=bool(part), access_class=access_class,
        oversees=bool(oversees),
    )  # fmt: skip
    may = [name for name, permission in ACTIONS.items() if allowed(actor, permission, facts)]
    runs = item["state"] == "RUNNING" and item["stoppedAt"] is None
    possible = drawn is not None and runs and (item["kind"] != "statutory" or item["lateUntil"] is not None)
    return [name for name in may if possible or name != "extend"]
