"""Jobs, incidents, and decisions that were evaluated."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, func, literal, or_, select

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.model.jobs import FOR_WORKERS
from engine.queries.elements import get_element
from engine.queries.instances import get_instance
from engine.queries.masking import cover
from engine.queries.noun import TENANT, Field, Noun, truth
from engine.queries.search import Search, search
from engine.queries.visibility import cleared, sees_case, sees_contents, sees_job
from engine.store.free_jobs import free
from engine.store.tables import decision_definition as dd
from engine.store.tables import decision_instance as di
from engine.store.tables import element_instance as ei
from engine.store.tables import incident as inc
from engine.store.tables import job as j
from engine.store.tables import process_instance as pi

_open = j.c.state.in_(("PENDING", "LOCKED", "SUSPENDED"))
_failed = and_(_open, j.c.error_message.is_not(None))

JOB = Noun(
    "Job",
    j.outerjoin(pi, pi.c.key == j.c.process_instance_key),
    "jobKey",
    {
        "jobKey": Field(j.c.key, "key"),
        "type": Field(j.c.type, "string"),
        "kind": Field(j.c.kind, "enum"),
        "listenerEventType": Field(j.c.listener_event, "enum", sortable=False),
        "state": Field(case((_failed, "FAILED"), (_open, "CREATED"), else_=j.c.state), "enum"),
        "worker": Field(func.coalesce(j.c.worker, ""), "string"),
        "retries": Field(j.c.retries, "integer"),
        "priority": Field(j.c.priority, "integer"),
        "customHeaders": Field(j.c.custom_headers, "object", filterable=False, sortable=False),
        "deadline": Field(j.c.locked_until, "moment", nullable=True),
        "creationTime": Field(j.c.created_at, "moment", nullable=True),
        "endTime": Field(j.c.ended_at, "moment", nullable=True),
        "lastUpdateTime": Field(func.coalesce(j.c.updated_at, j.c.created_at), "moment", nullable=True),
        "errorCode": Field(j.c.error_code, "string", nullable=True),
        "errorMessage": Field(j.c.error_message, "string", nullable=True),
        "deniedReason": Field(j.c.denied_reason, "string", nullable=True, sortable=False),
        "isDenied": Field(j.c.denied, "boolean", nullable=True, filterable=False, sortable=False),
        "hasFailedWithRetriesLeft": Field(truth(and_(_failed, j.c.retries > 0)), "boolean", sortable=False),
        "elementId": Field(j.c.element_id, "string", nullable=True),
        "elementInstanceKey": Field(j.c.element_instance_key, "key"),
        "processInstanceKey": Field(j.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key", nullable=True),
        "processDefinitionKey": Field(j.c.definition_key, "key"),
        "processDefinitionId": Field(j.c.process_id, "string"),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "tenantId": TENANT,
    },
    contents=frozenset({"errorMessage", "deniedReason"}),
)
INCIDENT = Noun(
    "Incident",
    inc.join(pi, pi.c.key == inc.c.process_instance_key),
    "incidentKey",
    {
        "incidentKey": Field(inc.c.key, "key"),
        "errorType": Field(inc.c.error_type, "enum"),
        "errorMessage": Field(inc.c.message, "string"),
        "state": Field(inc.c.state, "enum"),
        "creationTime": Field(inc.c.created_at, "moment"),
        "elementId": Field(inc.c.element_id, "string"),
        "elementInstanceKey": Field(inc.c.element_instance_key, "key"),
        "jobKey": Field(inc.c.job_key, "key", nullable=True),
        "processInstanceKey": Field(inc.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key"),
        "processDefinitionKey": Field(inc.c.definition_key, "key"),
        "processDefinitionId": Field(inc.c.process_id, "string"),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "tenantId": TENANT,
    },
    contents=frozenset({"errorMessage"}),
)
_evaluation = cast(di.c.evaluation_key, String) + "-" + cast(di.c.number, String)
DECISION_INSTANCE = Noun(
    "DecisionInstance",
    di.join(dd, dd.c.key == di.c.decision_key).outerjoin(pi, pi.c.key == di.c.process_instance_key),
    "decisionInstanceKey",
    {
        "decisionInstanceKey": Field(di.c.key, "key", filterable=False, sortable=False, shown=False),
        "decisionEvaluationKey": Field(di.c.evaluation_key, "key"),
        "decisionEvaluationInstanceKey": Field(_evaluation, "string"),
        "decisionDefinitionId": Field(di.c.decision_id, "string"),
        "decisionDefinitionKey": Field(di.c.decision_key, "key"),
        "decisionDefinitionName": Field(func.coalesce(dd.c.name, dd.c.decision_id), "string"),
        "decisionDefinitionType": Field(di.c.decision_type, "enum"),
        "decisionDefinitionVersion": Field(dd.c.version, "integer"),
        "rootDecisionDefinitionKey": Field(di.c.root_key, "key"),
        "state": Field(di.c.state, "enum"),
        "evaluationDate": Field(di.c.evaluated_at, "moment"),
        "evaluationFailure": Field(di.c.failure, "string", nullable=True),
        "result": Field(di.c.result, "string"),
        "processDefinitionKey": Field(pi.c.definition_key, "key", nullable=True),
        "processInstanceKey": Field(di.c.process_instance_key, "key", nullable=True),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key", nullable=True),
        "elementInstanceKey": Field(di.c.element_instance_key, "key", nullable=True),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "tenantId": TENANT,
    },
    contents=frozenset({"result", "evaluationFailure"}),
)


def search_jobs(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The jobs for workers of the processes that the actor may see; timers and reminders are no jobs here."""
    seen = sees_job(actor, j.c.process_instance_key, j.c.process_id)
    return search(db, JOB, request, j.c.kind.in_(FOR_WORKERS), seen, actor=actor)


def has_activatable_job(db: Connection, actor: Actor, type_: str, now: datetime) -> bool:
    """Whether the actor could activate a job of this type now; what a waiting worker looks for."""
    query = select(literal(1)).select_from(j).where(j.c.type == type_, free(now))
    query = query.where(cleared(actor, j.c.process_instance_key))
    return db.execute(query.limit(1)).first() is not None


def search_incidents(
    db: Connection, actor: Actor, request: Search, process_instance_key: int | None = None
) -> dict[str, Any]:
    """The incidents of the cases that the actor may see, perhaps of one only. Raises NotFound for that one."""
    where = [sees_case(actor, inc.c.process_instance_key, inc.c.process_id)]
    if process_instance_key is not None:
        get_instance(db, actor, process_instance_key)
        where.append(inc.c.process_instance_key == process_instance_key)
    return search(db, INCIDENT, request, *where, actor=actor)


def search_element_incidents(db: Connection, actor: Actor, request: Search, key: int) -> dict[str, Any]:
    """The incidents of an element instance and of everything inside it. Raises NotFound."""
    same_case = ei.c.process_instance_key == int(get_element(db, actor, key)["processInstanceKey"])
    inside = select(ei.c.key).where(ei.c.key == key).cte("inside", recursive=True)
    below = select(ei.c.key).where(same_case, ei.c.scope_key == inside.c.key, ei.c.key != inside.c.key)
    inside = inside.union_all(below)
    return search(db, INCIDENT, request, inc.c.element_instance_key.in_(select(inside.c.key)), actor=actor)


def get_incident(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One incident. Raises NotFound."""
    seen = sees_case(actor, inc.c.process_instance_key, inc.c.process_id)
    found = INCIDENT.one(db, inc.c.key == key, seen, actor=actor)
    if found is None:
        raise NotFound(incidentKey=str(key))
    return found


def search_decision_instances(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Decisions evaluated in cases whose contents the actor may see; those outside any case, for auditors."""
    return search(db, DECISION_INSTANCE, request, _sees_decision(actor), actor=actor)


def get_decision_instance(db: Connection, actor: Actor, key: str) -> dict[str, Any]:
    """One evaluated decision (`<evaluation>-<number>`), with its inputs and the rules that matched. Raises NotFound."""
    evaluation, _, number = key.partition("-")
    seen = DECISION_INSTANCE.select().add_columns(di.c.inputs, di.c.rules).where(_sees_decision(actor))
    row = None
    if _is_key(evaluation) and _is_key(number):
        this = and_(di.c.evaluation_key == int(evaluation), di.c.number == int(number))
        row = db.execute(seen.where(this)).one_or_none()
    if row is None:
        raise NotFound(decisionEvaluationInstanceKey=key)
    shown = DECISION_INSTANCE.shape(row)
    cover(db, actor, [shown], {*DECISION_INSTANCE.contents, "inputs", "rules"})
    return shown | {"evaluatedInputs": shown.pop("inputs"), "matchedRules": shown.pop("rules")}


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 19 and int(text) < 1 << 63


def _sees_decision(actor: Actor) -> ColumnElement[bool]:
    in_case = di.c.process_instance_key.is_not(None)
    seen = and_(in_case, sees_contents(actor, di.c.process_instance_key, pi.c.process_id))
    outside = actor.is_system or "auditor" in actor.roles
    return or_(seen, and_(~in_case, truth(literal(outside))))
