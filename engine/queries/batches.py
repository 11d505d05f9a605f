"""Batch operations: which cases one is for, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, select

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.batch import CHOICES
from engine.queries.case_filters import check_batch_names
from engine.queries.filters import compile_filter
from engine.queries.instances import PROCESS_INSTANCE
from engine.queries.noun import Context, Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import cleared, sees_case, sees_everything
from engine.store.tables import batch_operation as b
from engine.store.tables import batch_operation_item as item
from engine.store.tables import process_instance as pi

MOST_CASES = 50_000  # of one operation

BATCH_OPERATION = Noun(
    "BatchOperation",
    b,
    "batchOperationKey",
    {
        "batchOperationKey": Field(b.c.key, "key"),
        "state": Field(b.c.state, "enum"),
        "batchOperationType": Field(b.c.type, "enum"),
        "operationType": Field(b.c.type, "enum", shown=False),  # as filters and sorting call it
        "startDate": Field(b.c.started_at, "moment", nullable=True),
        "endDate": Field(b.c.ended_at, "moment", nullable=True),
        "actorType": Field(case({"person": "USER", "client": "CLIENT"}, value=b.c.actor_kind, else_="UNKNOWN"), "enum"),
        "actorId": Field(b.c.actor, "string"),
        "operationsTotalCount": Field(b.c.total, "integer"),
        "operationsFailedCount": Field(b.c.failed, "integer"),
        "operationsCompletedCount": Field(b.c.completed, "integer"),
        "errors": Field(b.c.errors, "json", filterable=False, sortable=False),
        "reason": Field(b.c.plan, "json", nullable=True, filterable=False, sortable=False),  # until `_told`
    },
)
BATCH_ITEM = Noun(
    "BatchOperationItem",
    item.join(b, b.c.key == item.c.batch_key).join(pi, pi.c.key == item.c.process_instance_key),
    "number",
    {
        "number": Field(item.c.key, "key", filterable=False, sortable=False, shown=False),
        "operationType": Field(b.c.type, "enum"),
        "batchOperationKey": Field(item.c.batch_key, "key"),
        "itemKey": Field(item.c.process_instance_key, "key"),
        "processInstanceKey": Field(item.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(pi.c.root_key, "key"),
        "businessId": Field(pi.c.business_id, "string", nullable=True),
        "state": Field(item.c.state, "enum"),
        "processedDate": Field(item.c.processed_at, "moment", nullable=True),
        "errorMessage": Field(item.c.error_message, "string", nullable=True),
    },
)


def cases_for(db: Connection, actor: Actor, type_: str, wanted: Mapping[str, Any]) -> list[int]:
    """The keys of the cases that an operation of this type is for, the oldest first: those that the filter finds, the
    actor may see, and that are in a state for it; one more than MOST_CASES when there are more. Raises InvalidArgument.
    """
    query = select(pi.c.key).select_from(PROCESS_INSTANCE.source)
    where = _conditions(db, actor, type_, wanted)
    return list(db.execute(query.where(*where).order_by(pi.c.key).limit(MOST_CASES + 1)).scalars())


def check_filter(db: Connection, actor: Actor, type_: str, wanted: Mapping[str, Any]) -> None:
    """Raises InvalidArgument for a filter that is not understood, or asks for states that the operation is not for."""
    _conditions(db, actor, type_, wanted)


def _conditions(db: Connection, actor: Actor, type_: str, wanted: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """A filter narrows the states where there is a choice; what the operation fixes itself it overrides."""
    choice = CHOICES[type_]
    check_batch_names(wanted)
    fixed = {"parentProcessInstanceKey"} if choice.roots else set()
    if len(choice.states) == 1:
        fixed.add("state")
    else:
        _check_states(wanted.get("state"), choice.states)
    own = {name: value for name, value in wanted.items() if name not in fixed}
    where = [pi.c.state.in_(choice.states), sees_case(actor, pi.c.key, pi.c.process_id)]
    if choice.roots:
        where.append(pi.c.parent_key.is_(None))
    if choice.broken:
        where.append(pi.c.incidents > 0)
    return [*where, *compile_filter(own, PROCESS_INSTANCE, Context(db.dialect.name, actor))]


def _check_states(wanted: Any, possible: tuple[str, ...]) -> None:
    named = wanted if isinstance(wanted, Mapping) else {"$eq": wanted}
    asked = [named.get("$eq"), *(named.get("$in") or () if isinstance(named.get("$in"), list) else ())]
    wrong = [state for state in asked if isinstance(state, str) and state.upper() not in possible]
    if wrong:
        raise InvalidArgument(f"filter: this is for cases in the state {' or '.join(possible)}, not {wrong[0]}")


def _sees_batch(actor: Actor) -> list[ColumnElement[bool]]:
    """Who asked for it sees it, and who sees everything."""
    return [] if sees_everything(actor) else [b.c.actor == actor.id]


def _told(found: dict[str, Any]) -> dict[str, Any]:
    """With the reason that was given, which is a part of the plan; null where none was."""
    return found | {"reason": found["reason"].get("reason")}


def search_batches(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The batch operations that the actor may see."""
    found = search(db, BATCH_OPERATION, request, *_sees_batch(actor))
    return found | {"items": [_told(item) for item in found["items"]]}


def get_batch(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One batch operation. Raises NotFound."""
    found = BATCH_OPERATION.one(db, b.c.key == key, *_sees_batch(actor))
    if found is None:
        raise NotFound(batchOperationKey=str(key))
    return _told(found)


def search_batch_items(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The cases of the batch operations that the actor may see, in the order in which they are done."""
    return search(db, BATCH_ITEM, request, *_sees_batch(actor), cleared(actor, item.c.process_instance_key))
