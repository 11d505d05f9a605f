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
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from engine.errors import InvalidArgument, NotFound
from engine.history.verify import verify_service
from engine.model.actor import SYSTEM, Actor
from engine.model.audit import OF_CASES, OF_THE_SERVICE, Meaning
from engine.policy.permissions import Facts, require
from engine.queries.noun import TENANT, Field, Noun
from engine.queries.search import Search, search
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


def _events() -> Subquery:
    """Both kinds of events with the same columns."""
    number = func.substr(cast(_MILLION + h.c.sequence, String), 2)
    task = _key_of_task(h.c.type)
    of_cases = select(
        (cast(h.c.process_instance_key, String) + number).label("key"),
        h.c.at, h.c.type, read_name(h.c.actor).label("actor"),
        *_meanings(h.c.type, OF_CASES),
        cast(func.coalesce(task, h.c.process_instance_key), String).label("entity_key"),
        h.c.process_instance_key, h.c.element_instance_key, task.label("task_key"),
        pi.c.process_id, pi.c.definition_key, pi.c.root_key,
        _none("deployment_key", String), _none("resource_key", String), _none("batch_key", String),
        _none("body", String), h.c.process_instance_key.label("case_key"),
    )  # fmt: skip
    of_cases = of_cases.select_from(h.join(pi, pi.c.key == h.c.process_instance_key))
    of_cases = of_cases.where(h.c.type.in_(list(OF_CASES)), h.c.sequence < _MILLION)
    entity = _meaning(s.c.type, OF_THE_SERVICE, "entity")
    of_service = select(
        cast(s.c.key, String).label("key"),
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
    return union_all(of_cases, of_service.where(s.c.type.in_(list(OF_THE_SERVICE)))).subquery("audit")


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


_AUDIT = _events()
_a = _AUDIT.c


def _absent(kind: Any = "string") -> Field:
    """What the API has a field for and Krabuan nothing to tell."""
    return Field(cast(null(), BigInteger if kind == "key" else String), kind, nullable=True)


AUDIT_LOG = Noun(
    "AuditLog",
    _AUDIT,
    "auditLogKey",
    {
        "auditLogKey": Field(_a.key, "string"),
        "entityKey": Field(_a.entity_key, "string"),
        "entityType": Field(_a.entity, "enum"),
        "operationType": Field(_a.operation, "enum"),
        "category": Field(_a.category, "enum"),
        "result": Field(_a.result, "enum"),
        "timestamp": Field(_a.at, "moment"),
        "actorId": Field(_a.actor, "string", nullable=True),
        "actorType": Field(_kind_of_actor(_a.actor), "enum", nullable=True),
        "agentElementId": _absent(),
        "tenantId": TENANT,
        "batchOperationKey": Field(_a.batch_key, "string", nullable=True),
        "batchOperationType": _absent("enum"),
        "processDefinitionId": Field(_a.process_id, "string", nullable=True),
        "processDefinitionKey": Field(_a.definition_key, "key", nullable=True),
        "processInstanceKey": Field(_a.process_instance_key, "key", nullable=True),
        "rootProcessInstanceKey": Field(_a.root_key, "key", nullable=True),
        "elementInstanceKey": Field(_a.element_instance_key, "key", nullable=True),
        "jobKey": _absent("key"),
        "userTaskKey": Field(_a.task_key, "key", nullable=True),
        "decisionRequirementsId": _absent(),
        "decisionRequirementsKey": _absent("key"),
        "decisionDefinitionId": _absent(),
        "decisionDefinitionKey": _absent("key"),
        "decisionEvaluationKey": _absent("key"),
        "deploymentKey": Field(_a.deployment_key, "string", nullable=True),
        "formKey": _absent("key"),
        "resourceKey": Field(_a.resource_key, "string", nullable=True),
        "relatedEntityKey": _absent(),
        "relatedEntityType": _absent("enum"),
        "entityDescription": Field(_a.type, "string", nullable=True),
        "inboundChannelType": _absent(),
        "inboundChannelToolName": _absent(),
        "details": Field(_a.body, "object", nullable=True, filterable=False, sortable=False),
    },
)


def search_audit_logs(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Everything that the log has but of cases above the actor's clearance, in the order of time unless the search
    says otherwise. Raises Forbidden."""
    require(actor, PERMISSION, Facts())
    return _searched(db, request, cleared(actor, _a.case_key))


def get_audit_log(db: Connection, actor: Actor, key: str) -> dict[str, Any]:
    """One entry. Raises Forbidden, NotFound, InvalidArgument."""
    require(actor, PERMISSION, Facts())
    if not (key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY):
        raise InvalidArgument(f"auditLogKey is a key: up to {LONGEST_KEY} decimal digits")
    of_case: ColumnElement[bool] = _a.process_instance_key.is_(None)
    if (instance := int(key) // _MILLION) < 1 << 63:  # so that the rows of that case alone are read
        of_case = or_(of_case, _a.process_instance_key == literal(instance, BigInteger))
    found = AUDIT_LOG.one(db, _a.key == key, of_case, cleared(actor, _a.case_key))
    if found is None:
        raise NotFound(auditLogKey=key)
    return _shown(db, [found])[0]


def verify_log(db: Connection, actor: Actor) -> dict[str, Any]:
    """Whether the chain of the service's own events is as it was written: {valid, events, firstBadSequence}. Reads all
    of them. Raises Forbidden."""
    require(actor, PERMISSION, Facts())
    found = verify_service(db)
    return {"valid": found.valid, "events": found.events, "firstBadSequence": found.first_bad_sequence}


def search_task_audit_logs(db: Connection, actor: Actor, key: int, request: Search) -> dict[str, Any]:
    """What was done to a user task, for who may see the task. Raises NotFound."""
    task = get_task(db, actor, key)
    of_case = _a.process_instance_key == literal(int(task["processInstanceKey"]), BigInteger)
    return _searched(db, request, and_(of_case, _a.task_key == key))


def _searched(db: Connection, request: Search, condition: ColumnElement[bool]) -> dict[str, Any]:
    ordered = Search(request.filter, request.sort or [{"field": "timestamp"}], request.page)
    found = search(db, AUDIT_LOG, ordered, condition)
    return found | {"items": _shown(db, found["items"])}


def _shown(db: Connection, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    said = read_bodies(db, (orjson.dumps(item["details"]).decode() for item in items))
    return [item | {"details": one.get("data", {})} for item, one in zip(items, said, strict=True)]
