"""Element instances and variables of the cases that an actor may see."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, func, select

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.queries.case_filters import batch_filters, check_batch_names
from engine.queries.filters import read_key
from engine.queries.masking import masked_value, reach
from engine.queries.noun import TENANT, Context, Field, Noun, truth
from engine.queries.search import Search, search
from engine.queries.visibility import sees_case, sees_contents
from engine.store.elements import standard_due
from engine.store.tables import element_instance as ei
from engine.store.tables import incident as inc
from engine.store.tables import process_instance as pi
from engine.store.tables import variable as v

TRUNCATED_AT = 8191  # characters, as Camunda 8 cuts values in lists


def _in_scope(value: Any, _context: Context) -> Any:
    return ei.c.scope_key == read_key("elementInstanceScopeKey", value)


_incident = (
    select(func.min(inc.c.key))
    .where(inc.c.process_instance_key == ei.c.process_instance_key)
    .where(inc.c.element_instance_key == ei.c.key, inc.c.state == "ACTIVE")
    .scalar_subquery()
)

ELEMENT_INSTANCE = Noun(
    "ElementInstance",
    ei.join(pi, pi.c.key == ei.c.process_instance_key),
    "elementInstanceKey",
    {
        "elementInstanceKey": Field(ei.c.key, "key"),
        "elementId": Field(ei.c.element_id, "string"),
        "elementName": Field(func.coalesce(ei.c.element_name, ei.c.element_id), "string"),
        "type": Field(ei.c.element_type, "enum"),
        "state": Field(ei.c.state, "enum"),
        "startDate": Field(ei.c.started_at, "moment"),
        "endDate": Field(ei.c.ended_at, "moment", nullable=True),
        "standardDueDate": Field(standard_due(), "moment", nullable=True),
        "hasIncident": Field(truth(_incident.is_not(None)), "boolean", sortable=False),
        "incidentKey": Field(_incident, "key", nullable=True),
        "processInstanceKey": Field(ei.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key"),
        "processDefinitionKey": Field(pi.c.definition_key, "key"),
        "processDefinitionId": Field(pi.c.process_id, "string"),
        "tenantId": TENANT,
    },
    {"elementInstanceScopeKey": _in_scope, **batch_filters(ei.c.process_instance_key)},
)
VARIABLE = Noun(
    "Variable",
    v.join(pi, pi.c.key == v.c.process_instance_key),
    "variableKey",
    {
        "variableKey": Field(v.c.key, "key"),
        "name": Field(v.c.name, "string"),
        "value": Field(v.c.value, "string"),
        "scopeKey": Field(v.c.scope_key, "key"),
        "processInstanceKey": Field(v.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key"),
        "tenantId": TENANT,
    },
)


def search_elements(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The element instances of the cases that the actor may see (the process itself is none of them)."""
    check_batch_names(request.filter)
    seen = sees_case(actor, ei.c.process_instance_key, pi.c.process_id)
    return search(db, ELEMENT_INSTANCE, request, seen, ei.c.element_type != "PROCESS")


def get_element(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One element instance. Raises NotFound."""
    seen = sees_case(actor, ei.c.process_instance_key, pi.c.process_id)
    found = ELEMENT_INSTANCE.one(db, ei.c.key == key, seen)
    if found is None:
        raise NotFound(elementInstanceKey=str(key))
    return found


def search_variables(
    db: Connection, actor: Actor, request: Search, truncate: bool = True, *where: Any
) -> dict[str, Any]:
    """The variables of the cases whose contents the actor may see; a value above the actor's class is masked, and found
    by nothing. With `truncate`, long values are cut and say so."""
    seen = sees_contents(actor, v.c.process_instance_key, pi.c.process_id)
    found = search(db, _variables(reach(actor)), request, seen, *where, actor=actor)
    for item in found["items"]:
        _truncate(item, truncate)
    return found


def get_variable(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One variable with its whole value. Raises NotFound."""
    seen = sees_contents(actor, v.c.process_instance_key, pi.c.process_id)
    found = _variables(reach(actor)).one(db, v.c.key == key, seen)
    if found is None:
        raise NotFound(variableKey=str(key))
    return found


@cache  # for each class once: building the condition is most of the work
def _variables(clearance: int) -> Noun:
    value = replace(VARIABLE.fields["value"], column=masked_value(clearance, v.c, pi.c.root_key))
    return replace(VARIABLE, fields={**VARIABLE.fields, "value": value})


def scopes_of(db: Connection, element_instance_key: int) -> list[int]:
    """The scopes that an element instance sees, the innermost first, the process instance last."""
    scopes: list[int] = []
    key: int | None = element_instance_key
    while key is not None and key not in scopes:
        scopes.append(key)
        key = db.execute(select(ei.c.scope_key).where(ei.c.key == key)).scalar()
    return scopes


def _truncate(item: dict[str, Any], truncate: bool) -> None:
    item["isTruncated"] = truncate and len(item["value"]) > TRUNCATED_AT
    if item["isTruncated"]:
        item["value"] = item["value"][:TRUNCATED_AT]
