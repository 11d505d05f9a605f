"""Process instances: lists, one, its hierarchy, and what of its diagram was done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, String, and_, case, func, select, type_coerce

from engine.errors import InvalidArgument, NotFound
from engine.model.access import NORMAL, SHOWN
from engine.model.actor import Actor
from engine.queries.audit_filters import AUDIT_FILTERS, DESCRIBED
from engine.queries.case_filters import batch_filters, check_batch_names, error_hash_filter
from engine.queries.filters import compile_field, like
from engine.queries.masking import masked_case
from engine.queries.noun import TENANT, Context, Field, Kind, Noun, Special, truth
from engine.queries.search import Search, search, search_next
from engine.queries.variable_filter import holding, variables_filter
from engine.queries.visibility import sees_case
from engine.queries.words import Sought, number_sought, text_sought, words_sought
from engine.store.instances import DELETED
from engine.store.tables import deadline, element_instance, history_event, incident, job
from engine.store.tables import process_definition as pd
from engine.store.tables import process_instance as pi

# asked in this way there is nothing but the case to find them by: SQLite, which may not know how many deadlines run,
# would walk through all that do for every case that is shown
_statutory = (
    select(func.min(case((deadline.c.state.in_(("RUNNING", "MISSED")), deadline.c.due_at))))
    .where(deadline.c.process_instance_key == pi.c.key, deadline.c.kind == "statutory")
    .scalar_subquery()
)

_suspended = (
    select(func.max(history_event.c.at))
    .where(history_event.c.process_instance_key == pi.c.key, history_event.c.type == "instance-suspended")
    .scalar_subquery()
)


_ELEMENT_FILTERS: Mapping[str, tuple[str, Kind]] = {
    "elementId": ("element_id", "string"),
    "elementInstanceState": ("state", "enum"),
}


def stuck(element: Any) -> ColumnElement[bool]:
    """Whether the element instance (the columns of its table) has an open incident."""
    c = incident.c
    its_own = (c.process_instance_key == element.process_instance_key) & (c.element_instance_key == element.key)
    return select(c.key).where(its_own, c.state == "ACTIVE").exists()


def _element(wanted: Mapping[str, Any], context: Context) -> ColumnElement[bool]:
    """Whether one element instance of the case fulfils everything that is asked of it."""
    row = element_instance.alias()
    conditions = [row.c.process_instance_key == pi.c.key]
    for name, value in wanted.items():
        if name in _ELEMENT_FILTERS:
            column, kind = _ELEMENT_FILTERS[name]
            conditions += compile_field(name, row.c[column], kind, value, context)
        elif isinstance(value, bool):
            conditions.append(stuck(row.c) if value else ~stuck(row.c))
        else:
            raise InvalidArgument(f"filter: {name} is true or false")
    return select(row.c.key).where(*conditions).exists()


def tags_filter(column: ColumnElement[Any]) -> Special:
    """The filter `tags`: whether the list of texts in the column holds each of these."""

    def condition(value: Any, context: Context) -> ColumnElement[bool]:
        if not isinstance(value, list) or not all(isinstance(tag, str) and tag for tag in value):
            raise InvalidArgument("filter: tags is a list of tags")
        text = type_coerce(column, String)
        quoted = (orjson.dumps(tag).decode() for tag in value)
        return and_(True, *(like(text, f"*{_escaped(tag)}*", context.dialect) for tag in quoted))

    return condition


def _escaped(text: str) -> str:
    return re.sub(r"([\\*?])", r"\\\1", text)


def _error_message(value: Any, context: Context) -> ColumnElement[bool]:
    wanted = compile_field("errorMessage", incident.c.message, "string", value, context)
    mine = (incident.c.process_instance_key == pi.c.key, incident.c.state == "ACTIVE")
    return and_(select(incident.c.key).where(*mine, *wanted).exists(), ~masked_case(context.actor, pi.c.key))


def _retries_left(value: Any, _context: Context) -> ColumnElement[bool]:
    failed = and_(job.c.process_instance_key == pi.c.key, job.c.error_message.is_not(None), job.c.retries > 0)
    found = select(job.c.key).where(failed, job.c.ended_at.is_(None)).exists()
    return found if value is True else ~found


PROCESS_INSTANCE = Noun(
    "ProcessInstance",
    pi.join(pd, pd.c.key == pi.c.definition_key),
    "processInstanceKey",
    {
        "processInstanceKey": Field(pi.c.key, "key"),
        "processDefinitionKey": Field(pi.c.definition_key, "key"),
        "processDefinitionId": Field(pi.c.process_id, "string"),
        "processDefinitionName": Field(pd.c.name, "string", nullable=True),
        "processDefinitionVersion": Field(pi.c.version, "integer"),
        "processDefinitionVersionTag": Field(pd.c.version_tag, "string", nullable=True),
        "startDate": Field(pi.c.started_at, "moment"),
        "endDate": Field(pi.c.ended_at, "moment", nullable=True),
        "state": Field(pi.c.state, "enum"),
        "suspendedDate": Field(case((pi.c.state == "SUSPENDED", _suspended)), "moment", nullable=True, sortable=False),
        "hasIncident": Field(truth(pi.c.incidents > 0), "boolean", sortable=False),
        "tenantId": TENANT,
        "parentProcessInstanceKey": Field(pi.c.parent_key, "key", nullable=True),
        "parentElementInstanceKey": Field(pi.c.parent_element_instance_key, "key", nullable=True),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key"),
        "tags": Field(pi.c.tags, "strings", filterable=False, sortable=False),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "processNameEn": Field(pd.c.name_en, "string", nullable=True),
        "startedBy": Field(pi.c.started_by, "string"),
        "statutoryDueDate": Field(_statutory, "moment", nullable=True, filterable=False),
        "accessClass": Field(case(dict(enumerate(SHOWN)), value=pi.c.access_class), "enum", sortable=False),
        "rev": Field(pi.c.rev, "integer", filterable=False, sortable=False),
    },
    {
        "variables": variables_filter(pi.c.key),
        "text": lambda value, context: text_sought(value, context).asked,
        "tags": tags_filter(pi.c.tags),
        "errorMessage": _error_message,
        "hasRetriesLeft": _retries_left,
        "incidentErrorHashCode": error_hash_filter(pi.c.key),
        **batch_filters(pi.c.key),
        **AUDIT_FILTERS,
    },
    (frozenset({*_ELEMENT_FILTERS, "hasElementInstanceIncident"}), _element),
    described=DESCRIBED,
    rows=pi,
)


there = pi.c.state != DELETED
_SOUGHT: Mapping[str, Callable[[Any, Context], Sought | None]] = {
    "words": words_sought, "text": text_sought, "businessId": number_sought,
}  # fmt: skip


NEXT = 1_000  # cases that are asked for words before all are
_BY_TIME = ({"processInstanceKey"}, {"startDate"})


def search_instances(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The process instances that the actor may see."""
    check_batch_names(request.filter)
    context = Context(db.dialect.name, actor)
    found_by = holding(db, request.filter.get("variables"), context)
    where = [there, sees_case(actor, pi.c.key, pi.c.process_id)]
    asked = {name: value for name, value in request.filter.items() if name in _SOUGHT and value is not None}
    sought = {name: found for name, value in asked.items() if (found := _SOUGHT[name](value, context)) is not None}
    if not sought and not found_by:
        return search(db, PROCESS_INSTANCE, request, *where, actor=actor)
    rest = {name: value for name, value in request.filter.items() if name not in sought}
    where += [one.asked for one in sought.values()]
    return _search_sought(db, actor, replace(request, filter=rest), where, list(sought.values()), found_by)


def _search_sought(
    db: Connection, actor: Actor, request: Search, where: list[ColumnElement[bool]], sought: list[Sought],
    found_by: list[ColumnElement[bool]],
) -> dict[str, Any]:  # fmt: skip
    """First among the NEXT cases, in an order that an index has and where nothing else leads to them (`found_by`); then
    among the next of those that may be it; then among all of those."""
    by_time = {str(one.get("field")) for one in request.sort} in (set(), *_BY_TIME)
    if by_time and not found_by and (found := search_next(db, PROCESS_INSTANCE, request, NEXT, *where, actor=actor)):
        return found
    possible = and_(True, *found_by, *(one.narrowed(db) for one in sought))
    found = search_next(db, PROCESS_INSTANCE, request, NEXT, *where, actor=actor, within=possible)
    return found or search(db, PROCESS_INSTANCE, request, possible, *where, actor=actor)


def get_instance(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One process instance. Raises NotFound, also for a deleted one and one that the actor may not see."""
    return _get(db, actor, key, there)


def get_recorded(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """As get_instance, also a deleted one: its history is still there."""
    return _get(db, actor, key)


def _get(db: Connection, actor: Actor, key: int, *where: ColumnElement[bool]) -> dict[str, Any]:
    found = PROCESS_INSTANCE.one(db, pi.c.key == key, sees_case(actor, pi.c.key, pi.c.process_id), *where)
    if found is None:
        raise NotFound(processInstanceKey=str(key))
    return found


def get_hierarchy(db: Connection, actor: Actor, key: int) -> list[dict[str, Any]]:
    """The instance's ancestors from the root down, as far as the actor may see them, and itself. Raises NotFound."""
    found = [get_instance(db, actor, key)]
    while (parent := found[0]["parentProcessInstanceKey"]) is not None:
        above = PROCESS_INSTANCE.one(db, pi.c.key == int(parent), sees_case(actor, pi.c.key, pi.c.process_id))
        if above is None:
            break
        found.insert(0, above)
    return [
        {
            "processInstanceKey": one["processInstanceKey"],
            "processDefinitionKey": one["processDefinitionKey"],
            "processDefinitionName": one["processDefinitionName"] or one["processDefinitionId"],
        }
        for one in found
    ]


def get_sequence_flows(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """The sequence flows taken, each as often as it was taken. Raises NotFound."""
    of = get_instance(db, actor, key)
    rows = db.execute(
        select(history_event.c.element_id)
        .where(history_event.c.process_instance_key == key, history_event.c.type == "flow-taken")
        .order_by(history_event.c.sequence)
    ).scalars()
    common = {
        name: of[name]
        for name in ("processInstanceKey", "rootProcessInstanceKey", "processDefinitionKey", "processDefinitionId")
    }
    items = [
        {"sequenceFlowId": f"{key}_{flow}", "elementId": flow, **common, "tenantId": "<default>"} for flow in rows
    ]
    return {"items": items}


def get_element_statistics(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """How often each element was active, completed, canceled. Raises NotFound."""
    get_instance(db, actor, key)
    return {"items": element_counts(db, element_instance.c.process_instance_key == key)}


def element_counts(db: Connection, *where: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Counts by element over the element instances that fulfil the conditions."""
    e = element_instance.c

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    rows = db.execute(
        select(
            e.element_id,
            count(e.state == "ACTIVE").label("active"),
            count(e.state == "TERMINATED").label("canceled"),
            count(and_(e.state == "ACTIVE", stuck(e))).label("incidents"),
            count(e.state == "COMPLETED").label("completed"),
        )
        .where(*where, e.element_type != "PROCESS")
        .group_by(e.element_id)
        .order_by(e.element_id)
    )
    return [
        {
            "elementId": row.element_id,
            "active": int(row.active),
            "canceled": int(row.canceled),
            "incidents": int(row.incidents),
            "completed": int(row.completed),
        }
        for row in rows
    ]


def classified_of(db: Connection, keys: Iterable[int]) -> list[int]:
    """Those of the cases that are of a class above the ordinary."""
    query = select(pi.c.key).where(pi.c.key.in_(sorted(set(keys))), pi.c.access_class > NORMAL)
    return list(db.execute(query.order_by(pi.c.key)).scalars())


def instance_keys(db: Connection) -> list[int]:
    """Every process instance, the oldest first: for the command line on this machine."""
    return list(db.execute(select(pi.c.key).order_by(pi.c.key)).scalars())
