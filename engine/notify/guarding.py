"""What was packed before its case was classified does not leave as it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from engine.model.telling import DROPPED, FAILED, PACKED
from engine.notify.contents import guarded
from engine.notify.settings import Telling
from engine.store.tables import delivery, person

_UNTOLD = {"recipient": None, "taskName": None, "guarded": True}  # as events.py packs it


def guard_again(db: Connection, case: int, level: int, telling: Telling) -> None:
    """The case is of this class now: what waits to be sent of it, perhaps again, goes to the cleared and to programs
    alone, and above the class that may be quoted it says only that there is something. A dead letter to others stays
    one, without its content."""
    d, p = delivery.c, person.c
    columns = (d.key, d.state, d.username, d.content, p.clearance)
    query = select(*columns).outerjoin_from(delivery, person, p.username == d.username)
    waits = (d.process_instance_key == case, d.state.in_((PACKED, FAILED)), d.content.is_not(None))
    for row in db.execute(query.where(*waits)).all():
        this = update(delivery).where(d.key == row.key)
        if row.username and (row.clearance is None or row.clearance < level):
            gone = {} if row.state == FAILED else {"state": DROPPED, "error_message": "not cleared for the case"}
            db.execute(this.values(content=None, **gone))
        elif level > telling.quoted_class and not row.content["guarded"]:
            db.execute(this.values(content=row.content | _guarded(case, row.content)))


def _guarded(case: int, content: dict[str, Any]) -> dict[str, Any]:
    event = content.get("event")
    if event is None:
        return guarded(case, content["language"])
    return {"guarded": True, "event": event | {"data": event["data"] | _UNTOLD}}
