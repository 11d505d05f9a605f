"""What cases wait for now: people, workers, times, messages, signals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, String, case, cast, func, null, select, type_coerce, union_all

from engine.model.actor import Actor
from engine.model.jobs import FOR_WORKERS, NO_EVENT
from engine.queries.instances import get_instance
from engine.queries.noun import TENANT, Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import sees_case
from engine.store.tables import element_instance as ei
from engine.store.tables import job as j
from engine.store.tables import process_instance as pi
from engine.store.tables import subscription as s
from engine.store.tables import user_task as t

_TEXT, _NUMBER = cast(null(), String), cast(null(), Integer)
# what a job that failed waits for is a decision of people, and it still waits
_OPEN = ("PENDING", "LOCKED", "SUSPENDED", "FAILED")
_WAITS = union_all(
    select(
        t.c.key,
        t.c.key.label("element_instance_key"),
        t.c.process_instance_key,
        t.c.element_id,
        cast("USER_TASK", String).label("wait"),
        _TEXT.label("name"),
        _TEXT.label("correlation_key"),
        type_coerce(t.c.due_at, String).label("due_at"),
        _NUMBER.label("retries"),
        _TEXT.label("kind"),
        _TEXT.label("listener_event"),
    ).where(t.c.state.not_in(("COMPLETED", "CANCELED", "FAILED"))),
    select(
        j.c.key,
        j.c.element_instance_key,
        j.c.process_instance_key,
        j.c.element_id,
        case((j.c.kind == "TIMER", "TIMER"), else_="JOB"),
        j.c.type,
        _TEXT,
        type_coerce(j.c.due_at, String),
        j.c.retries,
        j.c.kind,
        j.c.listener_event,
    ).where(j.c.kind.in_((*FOR_WORKERS, "TIMER")), j.c.state.in_(_OPEN)),
    select(
        s.c.key,
        s.c.element_instance_key,
        s.c.process_instance_key,
        s.c.element_id,
        case((s.c.kind == "signal", "SIGNAL"), else_="MESSAGE"),
        s.c.name,
        s.c.correlation_key,
        _TEXT,
        _NUMBER,
        _TEXT,
        _TEXT,
    ).where(s.c.process_instance_key.is_not(None)),
).subquery("wait")
_w = _WAITS.c
_key = type_coerce(_w.key, BigInteger)
# an event on an activity or of an event sub-process becomes an element instance only once it happens: until
# then it waits in the name of what it stands on, whose type tells what the event is only for some
_TYPE = case(
    (ei.c.element_id == _w.element_id, ei.c.element_type),
    (ei.c.element_type == "PROCESS", "START_EVENT"),
    (ei.c.element_type.like("%TASK"), "BOUNDARY_EVENT"),
    (ei.c.element_type == "CALL_ACTIVITY", "BOUNDARY_EVENT"),
    else_="UNSPECIFIED",
)

WAIT = Noun(
    "ElementInstanceWaitState",
    _WAITS.outerjoin(ei, ei.c.key == _w.element_instance_key).join(pi, pi.c.key == _w.process_instance_key),
    "waitKey",
    {
        "waitKey": Field(_key, "key", filterable=False, sortable=False),
        "waitStateType": Field(_w.wait, "enum"),
        "name": Field(_w.name, "string", nullable=True, filterable=False, sortable=False),
        "correlationKey": Field(_w.correlation_key, "string", nullable=True, filterable=False, sortable=False),
        "dueAt": Field(_w.due_at, "string", nullable=True, filterable=False, sortable=False),
        "retries": Field(_w.retries, "integer", nullable=True, filterable=False, sortable=False),
        "kind": Field(_w.kind, "string", nullable=True, filterable=False, sortable=False),
        "listenerEvent": Field(_w.listener_event, "string", nullable=True, filterable=False, sortable=False),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key"),
        "processInstanceKey": Field(_w.process_instance_key, "key"),
        "elementInstanceKey": Field(_w.element_instance_key, "key"),
        "elementId": Field(_w.element_id, "string"),
        "elementType": Field(_TYPE, "enum"),
        "bpmnProcessId": Field(pi.c.process_id, "string"),
        "tenantId": TENANT,
    },
    contents=frozenset({"correlationKey"}),
)
INNER = ("waitKey", "waitStateType", "name", "correlationKey", "dueAt", "retries", "kind", "listenerEvent")


def search_waits(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """What the cases that the actor may see wait for.

    Conditions are not listed: they are part of the execution, and are looked at whenever a variable changes.
    """
    found = search(db, WAIT, request, sees_case(actor, _w.process_instance_key, pi.c.process_id), actor=actor)
    for item in found["items"]:
        item["details"] = _details({name: item.pop(name) for name in INNER})
    return found


def get_wait_counts(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """How many instances of each element of the case wait. Raises NotFound."""
    get_instance(db, actor, key)
    rows = db.execute(
        select(_w.element_id, func.count(_w.element_instance_key.distinct()).label("waiting"))
        .select_from(WAIT.source)
        .where(_w.process_instance_key == key)
        .group_by(_w.element_id)
        .order_by(_w.element_id)
    )
    return {"items": [{"elementId": row.element_id, "waitingCount": row.waiting} for row in rows]}


def _details(wait: dict[str, Any]) -> dict[str, Any]:
    """What the wait is for, in the words of its kind."""
    kind, name, due = wait["waitStateType"], wait["name"], wait["dueAt"]
    said: dict[str, Any] = {"waitStateType": kind}
    if kind == "USER_TASK":
        return said | {"taskKey": wait["waitKey"], "dueDate": due}
    if kind == "TIMER":
        at = None if due is None else round(datetime.fromisoformat(due).timestamp() * 1000)
        return said | {"dueDate": at, "repetitions": None}
    if kind == "JOB":
        event = None if wait["listenerEvent"] == NO_EVENT else wait["listenerEvent"]
        job = {"jobKey": wait["waitKey"], "jobType": name, "jobKind": wait["kind"], "listenerEventType": event}
        return said | job | {"retries": wait["retries"]}
    if kind == "SIGNAL":
        return said | {"signalName": name}
    return said | {"messageName": name, "correlationKey": wait["correlationKey"]}
