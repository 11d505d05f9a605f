"""What waits for messages, which messages reached whom, and what has come of starts that need several events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, String, case, cast, func, literal, null, or_, true

from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.queries.noun import TENANT, Field, Noun, constant
from engine.queries.search import Search, search
from engine.queries.visibility import owned, sees_case, sees_everything
from engine.store.tables import element_instance as ei
from engine.store.tables import message_correlation as mc
from engine.store.tables import process_definition as pd
from engine.store.tables import process_instance as pi
from engine.store.tables import start_arrival as sa
from engine.store.tables import subscription as s

_definition = func.coalesce(s.c.definition_key, pi.c.definition_key)
_nothing = cast(null(), String)

MESSAGE_SUBSCRIPTION = Noun(
    "MessageSubscription",
    s.outerjoin(pi, pi.c.key == s.c.process_instance_key)
    .outerjoin(ei, ei.c.key == s.c.element_instance_key)
    .join(pd, pd.c.key == _definition),
    "messageSubscriptionKey",
    {
        "messageSubscriptionKey": Field(s.c.key, "key"),
        "messageSubscriptionState": Field(constant("CREATED"), "enum", sortable=False),
        "messageSubscriptionType": Field(
            case((s.c.definition_key.is_not(None), "START_EVENT"), else_="PROCESS_EVENT"), "enum"
        ),
        "messageName": Field(s.c.name, "string"),
        "correlationKey": Field(case((s.c.definition_key.is_(None), s.c.correlation_key)), "string", nullable=True),
        # rows are written once, when the element or the version began to wait
        "lastUpdatedDate": Field(func.coalesce(ei.c.started_at, pi.c.started_at, pd.c.deployed_at), "moment"),
        "processDefinitionId": Field(s.c.process_id, "string"),
        "processDefinitionKey": Field(_definition, "key", nullable=True),
        "processDefinitionName": Field(pd.c.name, "string", nullable=True),
        "processDefinitionVersion": Field(pd.c.version, "integer", nullable=True),
        "processInstanceKey": Field(s.c.process_instance_key, "key", nullable=True),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key", nullable=True),
        "elementId": Field(s.c.element_id, "string"),
        "elementInstanceKey": Field(s.c.element_instance_key, "key", nullable=True),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "toolName": Field(_nothing, "string", nullable=True, sortable=False),
        "toolProperties": Field(literal("{}", String), "object", filterable=False, sortable=False),
        "inboundConnectorType": Field(_nothing, "string", nullable=True, sortable=False),
        "tenantId": TENANT,
    },
    contents=frozenset({"correlationKey"}),
)
CORRELATED_MESSAGE = Noun(
    "CorrelatedMessageSubscription",
    mc.join(pi, pi.c.key == mc.c.process_instance_key),
    "correlationEntry",
    {
        "correlationEntry": Field(mc.c.key, "key", filterable=False, sortable=False, shown=False),
        "messageKey": Field(mc.c.message_key, "key"),
        "messageName": Field(mc.c.name, "string"),
        "correlationKey": Field(mc.c.correlation_key, "string", nullable=True),
        "correlationTime": Field(mc.c.correlated_at, "moment"),
        "subscriptionKey": Field(mc.c.subscription_key, "key"),
        "partitionId": Field(literal(1), "integer", sortable=False),
        "processDefinitionId": Field(mc.c.process_id, "string"),
        "processDefinitionKey": Field(mc.c.definition_key, "key", nullable=True),
        "processInstanceKey": Field(mc.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key", nullable=True),
        "elementId": Field(mc.c.element_id, "string"),
        "elementInstanceKey": Field(mc.c.element_instance_key, "key", nullable=True),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "tenantId": TENANT,
    },
    contents=frozenset({"correlationKey"}),
)
START_ARRIVAL = Noun(
    "StartArrival",
    sa,
    "startArrivalKey",
    {
        "startArrivalKey": Field(sa.c.key, "key"),
        "triggerType": Field(func.upper(sa.c.kind), "enum"),
        "name": Field(case((sa.c.name != "", sa.c.name)), "string", nullable=True),
        "correlationKey": Field(case((sa.c.kind == "message", sa.c.correlation_key)), "string", nullable=True),
        "arrivedDate": Field(sa.c.arrived_at, "moment"),
        "elementId": Field(sa.c.element_id, "string"),
        "processDefinitionId": Field(sa.c.process_id, "string"),
        "processDefinitionKey": Field(sa.c.definition_key, "key"),
        "tenantId": TENANT,
    },
)


def search_subscriptions(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """What waits for messages now: elements of cases that the actor may see, and start events, which
    stand in diagrams that everybody who is signed in may read."""
    require(actor, "definition:read", Facts())
    starts = s.c.process_instance_key.is_(None)
    seen = or_(starts, sees_case(actor, s.c.process_instance_key, s.c.process_id))
    return search(db, MESSAGE_SUBSCRIPTION, request, s.c.kind == "message", seen, actor=actor)


def search_correlated(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The messages that reached cases that the actor may see."""
    seen = sees_case(actor, mc.c.process_instance_key, mc.c.process_id)
    return search(db, CORRELATED_MESSAGE, request, seen, actor=actor)


def search_start_arrivals(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The events that have come for a start that needs others, too, before there is a case: for the owner of the
    process, and who sees everything. What they brought is not shown."""
    return search(db, START_ARRIVAL, request, true() if sees_everything(actor) else owned(actor, sa.c.process_id))
