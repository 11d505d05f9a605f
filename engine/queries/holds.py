"""Legal holds of cases: those that hold, and those that have ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, case

from engine.model.actor import Actor
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import sees_case
from engine.store.tables import legal_hold as h

HOLD = Noun(
    "LegalHold",
    h,
    "legalHoldKey",
    {
        "legalHoldKey": Field(h.c.key, "key"),
        "processInstanceKey": Field(h.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(h.c.root_key, "key"),
        "processDefinitionId": Field(h.c.process_id, "string"),
        "state": Field(case((h.c.ended_at.is_(None), "HOLDS"), else_="ENDED"), "enum"),
        "reason": Field(h.c.reason, "string"),
        "placedBy": Field(h.c.placed_by, "string"),
        "startDate": Field(h.c.placed_at, "moment"),
        "endedBy": Field(h.c.ended_by, "string", nullable=True),
        "endDate": Field(h.c.ended_at, "moment", nullable=True),
        "endReason": Field(h.c.end_reason, "string", nullable=True),
    },
)


def search_holds(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """Those of the cases that the actor may see, also of deleted ones. Raises InvalidArgument."""
    return search(db, HOLD, request, sees_case(actor, h.c.process_instance_key, h.c.process_id))
