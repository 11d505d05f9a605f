"""The audit log: what people and clients asked for, in one list, from the service's events and the cases' histories.

Shown as the audit log of the Camunda 8 REST API. `auditLogKey` is the key of a service event, or the key of a case
followed by six digits of the event's number in its history.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from engine.errors import InvalidArgument, NotFound
from engine.history.verify import verify_service
from engine.model.actor import SYSTEM, Actor
from engine.model.audit import OF_CASES, OF_THE_SERVICE, Meaning
from engine.policy.permissions import Facts, require
from engine.queries.audit_window import TIME, stretch
from engine.queries.noun import TENANT, Field, Noun
from engine.queries.search import Search, read_window, search
from engine.queries.tasks import get_task
from engine.queries.visibility import cleared
from engine.store.sealing import read_bodies, read_name
from engine.store.tables import history_event as h
from engine.store.tables import process_instance as pi
from engine.store.tables import role_grant
from engine.store.tables import service_event as s

PERMISSION = "audit-log:read"
LONGEST_KEY = 25
_MILLION = 1_000_000  # events of a case that have a key here; the engine's limits end a case long before


def _meaning(column: ColumnElement[Any], known: Mapping[str, Meaning], part: str) -> ColumnElement[Any]:
    """One part of what the type of an event means."""
    return case({type_: getattr(meaning, part) for type_, meaning in known.items()}, value=column)


def _meanings(column: ColumnElement[Any], known: Mapping[str, Meaning]) -> list[ColumnElement[Any]]:
    return [_meaning(column, known, part).label(part) for part in ("entity", "operation", "category", "result")]


def _none(name: str, kind: Any = BigInteger) -> ColumnElement[Any]:
    return cast(null(), kind()).label(name)


def _key_of_task(type_: ColumnElement[Any]) -> ColumnElement[Any]:
    tasks = [name for name, meaning in OF_CASES.items() if meaning.entity == "USER_TASK"]
    return case((type_.in_(tasks), h.c.element_instance_key))


def _of_cases() -> Select[Any]:
    """The events of cases; `number` is the event's own in its case."""
    digits = func.substr(cast(_MILLION + h.c.sequence, String), 2)
    task = _key_of_task(h.c.type)
    of_cases = select(
        (cast(h.c.process_instance_key, String) + digits).label("key"), h.c.sequence.label("number"),
        h.c.at, h.c.type, read_name(h.c.actor).label("actor"),
        *_meanings(h.c.type, OF_CASES),
        cast(func.coalesce(task, h.c.process_instance_key), String).label("entity_key"),
        h.c.process_instance_key, h.c.element_instance_key, task.label("task_key"),
        pi.c.process_id, pi.c.definition_key, pi.c.root_key,
        _none("deployment_key", String), _none("resource_key", String), _none("batch_key", String),
        _none("body", String), h.c.process_instance_key.label("case_key"),
    )  # fmt: skip
    of_cases = of_cases.select_from(h.join(pi, pi.c.key == h.c.process_instance_key))
    return of_cases.where(h.c.type.in_(list(OF_CASES)), h.c.sequence < _MILLION)


def _of_service() -> Select[Any]:
    """The service's own events with the same columns; `number` is the event's key."""
    entity = _meaning(s.c.type, OF_THE_SERVICE, "entity")
    of_service = select(
        cast(s.c.key, String).label("key"), s.c.key.label("number"),
        s.c.at, s.c.type, read_name(s.c.actor).label("actor"),
        *_meanings(s.c.type, OF_THE_SERVICE),
        read_name(s.c.entity_key).label("entity_key"),
        _none("process_instance_key"), _none("element_instance_key"), _none("task_key"),
        _none("process_id", String), _none("definition_key"), _none("root_key"),
        case((s.c.type == "deployed", s.c.entity_key)).label("deployment_key"),
        case((s.c.type == "resource-withdrawn", s.c.entity_key)).label("resource_key"),
        case((entity == "BATCH", s.c.entity_key)).label("batch_key"),
        s.c.body, case((entity == "PROCESS_INSTANCE", cast(s.c.entity_key, BigInteger))).label("case_key"),
    )  # fmt: skip
    return of_service.where(s.c.type.in_(list(OF_THE_SERVICE)))


def _kind_of_actor(actor: ColumnElement[Any]) -> ColumnElement[Any]:
    """An account whose one role is client is a client; what the engine does by itself is by nobody."""
    grants, others = role_grant.alias(), role_grant.alias()
    client = select(grants.c.role).where(grants.c.username == actor, grants.c.role == "client").exists()
    other = select(others.c.role).where(others.c.username == actor, others.c.role != "client").exists()
    return case(
        (actor == SYSTEM.id, "UNKNOWN"),
        (actor == "anonymous", "ANONYMOUS"),
        (and_(client, ~other), "CLIENT"),
        else_="USER",
    )


def _absent(kind: Any = "string") -> Field:
    """What the API has a field for and Krabuan nothing to tell."""
    return Field(cast(null(), BigInteger if kind == "key" else String), kind, nullable=True)


def _noun(audit: Subquery) -> Noun:
    """As the API has it, of these events."""
    a = audit.c
    fields = {
        "auditLogKey": Field(a.key, "string"),
        "entityKey": Field(a.entity_key, "string"),
        "entityType": Field(a.entity, "enum"),
        "operationType": Field(a.operation, "enum"),
        "category": Field(a.category, "enum"),
        "result": Field(a.result, "enum"),
        "timestamp": Field(a.at, "moment"),
        "actorId": Field(a.actor, "string", nullable=True),
        "actorType": Field(_kind_of_actor(a.actor), "enum", nullable=True),
        "agentElementId": _absent(),
        "tenantId": TENANT,
        "batchOperationKey": Field(a.batch_key, "string", nullable=True),
        "batchOperationType": _absent("enum"),
        "processDefinitionId": Field(a.process_id, "string", nullable=True),
        "processDefinitionKey": Field(a.definition_key, "key", nullable=True),
        "processInstanceKey": Field(a.process_instance_key, "key", nullable=True),
        "rootProcessInstanceKey": Field(a.root_key, "key", nullable=True),
        "elementInstanceKey": Field(a.element_instance_key, "key", nullable=True),
        "jobKey": _absent("key"),
        "userTaskKey": Field(a.task_key, "key", nullable=True),
        "decisionRequirementsId": _absent(),
        "decisionRequirementsKey": _absent("key"),
        "decisionDefinitionId": _absent(),
        "decisionDefinitionKey": _absent("key"),
        "decisionEvaluationKey": _absent("key"),
        "deploymentKey": Field(a.deployment_key, "string", nullable=True),
        "formKey": _absent("key"),
        "resourceKey": Field(a.resource_key, "string", nullable=True),
        "relatedEntityKey": _absent(),
        "relatedEntityType": _absent("enum"),
        "entityDescription": Field(a.type, "string", nullable=True),
        "inboundChannelType": _absent(),
        "inboundChannelToolName": _absent(),
        "details": Field(a.body, "object", nullable=True, filterable=False, sortable=False),
    }
    return Noun("AuditLog", audit, "auditLogKey", fields)


_OF_CASES, _OF_SERVICE = _of_cases(), _of_service()
AUDIT_LOG = _noun(union_all(_OF_CASES, _OF_SERVICE).subquery("audit"))
_CASES_LOG, _SERVICE_LOG = (_noun(one.subquery("audit")) for one in (_OF_CASES, _OF_SERVICE))
_TYPES = {h: OF_CASES, s: OF_THE_SERVICE}


def search_audit_logs(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Everything that the log has but of cases above the actor's clearance, in the order of time unless the search
    says otherwise. Totals of a long log may be those of its next events alone, and say so. Raises Forbidden."""
    require(actor, PERMISSION, Facts())
    ordered = _by_time(request)
    found = _near(db, actor, ordered)
    if found is None:
        found = search(db, AUDIT_LOG, ordered, cleared(actor, AUDIT_LOG.source.c.case_key))
    return found | {"items": _shown(db, found["items"])}


def get_audit_log(db: Connection, actor: Actor, key: str) -> dict[str, Any]:
    """One entry. Raises Forbidden, NotFound, InvalidArgument."""
    require(actor, PERMISSION, Facts())
    if not (key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY):
        raise InvalidArgument(f"auditLogKey is a key: up to {LONGEST_KEY} decimal digits")
    number = literal(int(key), BigInteger) if int(key) < 1 << 63 else None
    found = None if number is None else _one(db, actor, _SERVICE_LOG, _SERVICE_LOG.source.c.number == number)
    case_key, number_of_event = divmod(int(key), _MILLION)
    if found is None and case_key < 1 << 63:
        c = _CASES_LOG.source.c
        of_case = c.process_instance_key == literal(case_key, BigInteger)
        found = _one(db, actor, _CASES_LOG, of_case, c.number == number_of_event)
    if found is None:
        raise NotFound(auditLogKey=key)
    return _shown(db, [found])[0]


def _one(db: Connection, actor: Actor, log: Noun, *where: ColumnElement[bool]) -> dict[str, Any] | None:
    return log.one(db, *where, cleared(actor, log.source.c.case_key))


def verify_log(db: Connection, actor: Actor) -> dict[str, Any]:
    """Whether the chain of the service's own events is as it was written: {valid, events, firstBadSequence}. Reads all
    of them. Raises Forbidden."""
    require(actor, PERMISSION, Facts())
    found = verify_service(db)
    return {"valid": found.valid, "events": found.events, "firstBadSequence": found.first_bad_sequence}


def search_task_audit_logs(db: Connection, actor: Actor, key: int, request: Search) -> dict[str, Any]:
    """What was done to a user task, for who may see the task. Raises NotFound."""
    task = get_task(db, actor, key)
    case_key = literal(int(task["processInstanceKey"]), BigInteger)
    c = _CASES_LOG.source.c
    found = search(db, _CASES_LOG, _by_time(request), c.process_instance_key == case_key, c.task_key == key)
    return found | {"items": _shown(db, found["items"])}


def _by_time(request: Search) -> Search:
    return Search(request.filter, request.sort or [{"field": TIME}], request.page)


def _near(db: Connection, actor: Actor, request: Search) -> dict[str, Any] | None:
    """A page out of the next stretch of time, with the totals of that; None where it is not full."""
    near = stretch(db, request, _TYPES)
    if near is None:
        return None
    parts = [of.where(near.holds(table.c.at)) for of, table in ((_OF_CASES, h), (_OF_SERVICE, s))]
    log = _noun(union_all(*parts).subquery("audit"))
    found = search(db, log, request, cleared(actor, log.source.c.case_key))
    if len(found["items"]) < read_window(request.page).limit:
        return None
    return found | {"page": found["page"] | {"hasMoreTotalItems": True}}


def _shown(db: Connection, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    said = read_bodies(db, (orjson.dumps(item["details"]).decode() for item in items))
    return [item | {"details": one.get("data", {})} for item, one in zip(items, said, strict=True)]
