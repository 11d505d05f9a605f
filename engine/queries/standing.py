"""Where cases stand: what waits to be done in each of them now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.queries.instances import search_instances
from engine.queries.search import Search
from engine.store.tables import user_task as t

_OVER = ("COMPLETED", "CANCELED")
AT_ONCE = 500  # cases in one statement


def search_with_tasks(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """As search_instances; each item has also `tasks`, [{name, nameEn, assignee}] of its open tasks. Raises
    InvalidArgument."""
    found = search_instances(db, actor, request)
    waiting = _open_tasks(db, [int(item["processInstanceKey"]) for item in found["items"]])
    items = [{**item, "tasks": waiting.get(int(item["processInstanceKey"]), [])} for item in found["items"]]
    return {**found, "items": items}


def _open_tasks(db: Connection, keys: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    wanted, found = sorted(keys), dict[int, list[dict[str, Any]]]()
    columns = (t.c.process_instance_key, t.c.name, t.c.name_en, t.c.element_id, t.c.assignee)
    for at in range(0, len(wanted), AT_ONCE):
        mine = (t.c.process_instance_key.in_(wanted[at : at + AT_ONCE]), t.c.state.not_in(_OVER))
        for row in db.execute(select(*columns).where(*mine).order_by(t.c.key)):
            name = row.name or row.element_id
            told = {"name": name, "nameEn": row.name_en or name, "assignee": row.assignee}
            found.setdefault(row.process_instance_key, []).append(told)
    return found
