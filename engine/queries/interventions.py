"""Interventions that wait for a second person, or did."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, false, or_, true

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import owned, sees_case
from engine.store.tables import intervention as i

INTERVENTION = Noun(
    "Intervention",
    i,
    "interventionKey",
    {
        "interventionKey": Field(i.c.key, "key"),
        "kind": Field(i.c.kind, "string"),
        "state": Field(i.c.state, "enum"),
        "reason": Field(i.c.reason, "string"),
        "request": Field(i.c.request, "json", filterable=False, sortable=False),
        "processInstanceKey": Field(i.c.process_instance_key, "key"),
        "processDefinitionId": Field(i.c.process_id, "string"),
        "requestedBy": Field(i.c.requested_by, "string"),
        "requestDate": Field(i.c.requested_at, "moment"),
        "decidedBy": Field(i.c.decided_by, "string", nullable=True),
        "decisionDate": Field(i.c.decided_at, "moment", nullable=True),
        "note": Field(i.c.note, "string", nullable=True),
    },
)


def search_interventions(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Those of the cases that the actor may see. The filter `toDecide` (true) is for those that wait for the actor: the
    inbox of who approves. Raises InvalidArgument."""
    wanted = dict(request.filter)
    to_decide = wanted.pop("toDecide", None)
    where = [_sees(actor)]
    if to_decide is not None:
        if to_decide is not True:
            raise InvalidArgument("filter: toDecide is true, or left out")
        where.append((i.c.state == "PENDING") & (i.c.requested_by != actor.id) & _decides(actor))
    return search(db, INTERVENTION, Search(wanted, request.sort, request.page), *where)


def get_intervention(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One of them. Raises NotFound, also for one that the actor may not see."""
    found = INTERVENTION.one(db, i.c.key == key, _sees(actor))
    if found is None:
        raise NotFound(interventionKey=str(key))
    return found


def _sees(actor: Actor) -> ColumnElement[bool]:
    return sees_case(actor, i.c.process_instance_key, i.c.process_id)


def _decides(actor: Actor) -> ColumnElement[bool]:
    return or_(true() if "administrator" in actor.roles else false(), owned(actor, i.c.process_id))
