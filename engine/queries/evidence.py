"""What is proved of a case: history, variables at each moment, control points; comments; notifications."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, select

from engine.errors import Forbidden, NotFound
from engine.history.inclusion import covered
from engine.history.verify import verify_instance
from engine.model.actor import Actor
from engine.model.diagram import Process
from engine.model.manual import ControlPoint, Words
from engine.model.masking import Cover
from engine.queries.instances import get_instance, get_recorded
from engine.queries.masking import covers
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.queries.tasks import get_task
from engine.queries.visibility import cleared, sees_contents, told
from engine.store.archives import archived, require_here
from engine.store.sealing import read_bodies
from engine.store.tables import comment, history_event, moment_text
from engine.store.tables import control_point_result as cpr
from engine.store.tables import notification as n
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as t

Diagrams = Callable[[Connection, int], Process]  # a deployed version's diagram, by its key
LARGEST_HISTORY = 1_000

COMMENT = Noun(
    "Comment",
    comment,
    "commentKey",
    {
        "commentKey": Field(comment.c.key, "key"),
        "author": Field(comment.c.author, "string"),
        "text": Field(comment.c.text, "string"),
        "createdAt": Field(comment.c.written_at, "moment"),
        "userTaskKey": Field(comment.c.task_key, "key", nullable=True),
        "mentions": Field(comment.c.mentions, "strings", filterable=False, sortable=False),
    },
)
NOTIFICATION = Noun(
    "Notification",
    n.outerjoin(pi, pi.c.key == n.c.process_instance_key),
    "notificationKey",
    {
        "notificationKey": Field(n.c.key, "key"),
        "topic": Field(n.c.topic, "string"),
        "about": Field(n.c.about, "string"),
        "subject": Field(n.c.subject, "string"),
        "body": Field(n.c.body, "string"),
        "subjectEn": Field(n.c.subject_en, "string"),
        "bodyEn": Field(n.c.body_en, "string"),
        "createdAt": Field(n.c.created_at, "moment"),
        "readAt": Field(n.c.read_at, "moment", nullable=True),
        "recipientKind": Field(n.c.recipient_kind, "string"),
        "recipient": Field(n.c.recipient, "string"),
        "processInstanceKey": Field(n.c.process_instance_key, "key", nullable=True),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "userTaskKey": Field(n.c.task_key, "key", nullable=True),
    },
    contents=frozenset({"subject", "body", "subjectEn", "bodyEn"}),
)


def get_history(db: Connection, actor: Actor, diagrams: Diagrams, key: int, after: int, limit: int) -> dict[str, Any]:
    """The events after a sequence number, in their order; without their data for who may not see what the case
    holds; and which archive the first ones are in. Raises NotFound."""
    of = get_recorded(db, actor, key)
    c = history_event.c
    query = select(history_event).where(c.process_instance_key == key, c.sequence > after)
    rows = list(db.execute(query.order_by(c.sequence).limit(limit + 1)))
    nodes = diagrams(db, int(of["processDefinitionKey"])).nodes if rows else {}
    masked = covers(db, actor, [key], past=True).get(key, Cover()) if may_read(db, actor, key) else None
    said = read_bodies(db, (row.body for row in rows[:limit]))
    items = [_event(row, one, nodes, masked) for row, one in zip(rows, said, strict=False)]
    page = {
        "hasMore": len(rows) > limit,
        "lastSequence": items[-1]["sequence"] if items else after,
    }
    return {"items": items, "page": page, "archive": _archive(db, key)}


def _archive(db: Connection, key: int) -> dict[str, Any] | None:
    found = archived(db, key)
    if found is None:
        return None
    return {"archive": found.archive, "madeAt": moment_text(found.made_at), "events": found.events}


def may_read(db: Connection, actor: Actor, key: int) -> bool:
    """Whether the actor may see what the case holds."""
    query = select(pi.c.key).where(pi.c.key == key, sees_contents(actor, pi.c.key, pi.c.process_id))
    return db.execute(query).first() is not None


def require_contents(db: Connection, actor: Actor, key: int) -> None:
    """Raises Forbidden for who sees that there is the case, but not what it holds."""
    if not may_read(db, actor, key):
        raise Forbidden(permission="process-instance:contents")


def _event(row: Any, said: Mapping[str, Any], nodes: Mapping[str, Any], masked: Cover | None) -> dict[str, Any]:
    node = nodes.get(row.element_id)
    key = row.element_instance_key
    return {
        "sequence": row.sequence,
        "at": row.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "type": row.type,
        "actor": said["actor"],
        "onBehalfOf": said["onBehalfOf"],
        "elementId": row.element_id,
        "elementName": None if node is None else node.name or None,
        "elementInstanceKey": None if key is None else str(key),
        "data": {} if masked is None else masked(said["data"]),
        "hash": row.hash,
    }


def verify_history(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """Whether the chain of the case's history is whole, and the one that a checkpoint covers. Raises NotFound."""
    get_recorded(db, actor, key)
    found = verify_instance(db, key)
    if found is None:
        raise NotFound(processInstanceKey=str(key))
    return {
        "valid": found.valid,
        "events": found.events,
        "head": found.head,
        "firstBadSequence": found.first_bad_sequence,
        "signed": covered(db, key),
        "archive": _archive(db, key),
    }


def get_variables_at(db: Connection, actor: Actor, key: int, sequence: int) -> dict[str, Any]:
    """The variables as they stood after the event with this number, by scope, from history alone. Raises NotFound,
    Forbidden for who may not see what the case holds, HistoryArchived."""
    get_recorded(db, actor, key)
    require_contents(db, actor, key)
    require_here(db, key)
    c = history_event.c
    told = select(c.body).where(c.process_instance_key == key, c.sequence <= sequence, c.type == "variable-set")
    values: dict[tuple[str, str], Any] = {}
    for said in read_bodies(db, db.execute(told.order_by(c.sequence)).scalars()):
        data = said["data"]
        values[data["scope"], data["name"]] = data["value"]
    masked = covers(db, actor, [key], past=True).get(key, Cover())
    items = [
        {"name": name, "value": orjson.dumps(masked({name: value})[name]).decode(), "scopeKey": scope}
        for (scope, name), value in sorted(values.items(), key=lambda item: (item[0][1], item[0][0]))
    ]
    return {"items": items, "sequence": sequence}


def get_task_control_points(db: Connection, actor: Actor, diagrams: Diagrams, key: int) -> dict[str, Any]:
    """The control points of a task's step, each with what is recorded of it. Raises NotFound."""
    task = get_task(db, actor, key)
    node = diagrams(db, int(task["processDefinitionKey"])).nodes[task["elementId"]]
    rows = {row.control_point_id: row for row in db.execute(select(cpr).where(cpr.c.task_key == key))}
    items = [_control_point(point, rows.get(point.id), task["elementId"], key) for point in node.control_points]
    return _as_seen(db, actor, int(task["processInstanceKey"]), items)


def get_case_control_points(db: Connection, actor: Actor, diagrams: Diagrams, key: int) -> dict[str, Any]:
    """The control points of every task that the case had so far. Raises NotFound."""
    get_instance(db, actor, key)
    rows = {
        (row.task_key, row.control_point_id): row
        for row in db.execute(select(cpr).where(cpr.c.process_instance_key == key))
    }
    columns = (t.c.key, t.c.element_id, t.c.definition_key)  # of the version in which the task was done
    tasks = db.execute(select(*columns).where(t.c.process_instance_key == key).order_by(t.c.key))
    items = [
        _control_point(point, rows.get((task.key, point.id)), task.element_id, task.key)
        for task in tasks
        for point in diagrams(db, task.definition_key).nodes[task.element_id].control_points
    ]
    return _as_seen(db, actor, key, items)


def _as_seen(db: Connection, actor: Actor, key: int, points: list[dict[str, Any]]) -> dict[str, Any]:
    """With the details as the actor may read them, which may quote what was entered."""
    masked = covers(db, actor, [key]).get(key, Cover())
    return {"items": [point | {"detail": masked(point["detail"])} for point in points]}


def _control_point(point: ControlPoint, row: Any, element_id: str, task_key: int) -> dict[str, Any]:
    e = point.evidence
    return {
        "controlPointId": point.id,
        "text": words(point.text),
        "mandatory": point.mandatory,
        "binding": {
            "type": e.type,
            "field": e.field,
            "expression": e.expression,
            "decisionId": e.decision_id,
            "deadlineId": e.deadline_id,
            "lateReasonsField": e.late_reasons_field,
        },
        "state": "OPEN" if row is None else row.state,
        "detail": None if row is None else row.detail,
        "recordedAt": None if row is None else row.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "recordedBy": None if row is None else row.recorded_by,
        "elementId": element_id,
        "userTaskKey": str(task_key),
    }


def words(said: Words) -> dict[str, str | None]:
    """A text in both languages, null where it is missing."""
    return {"th": said.th or None, "en": said.en or None}


def get_comments(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """The comments on a case, the oldest first. Raises NotFound, Forbidden."""
    get_instance(db, actor, key)
    require_contents(db, actor, key)
    rows = db.execute(COMMENT.select().where(comment.c.process_instance_key == key).order_by(comment.c.key))
    return {"items": [COMMENT.shape(row) for row in rows]}


def search_notifications(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """What the actor, or a group of the actor, was told."""
    return search(db, NOTIFICATION, request, told(actor), cleared(actor, n.c.process_instance_key), actor=actor)
