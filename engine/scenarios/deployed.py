"""What an office has deployed, read once and put into a database in memory: no case, no person, no calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, and_, func, insert, select

from engine.commands.definitions import Definitions
from engine.model.organisation import Group, Organisation
from engine.store.tables import (
    decision_definition,
    decision_import,
    decision_requirements,
    deployment,
    form_definition,
    form_use,
    group_,
    marked_field,
    process_definition,
    subscription,
)

Rows = list[dict[str, Any]]
_WHOLE = (group_, marked_field, form_use, decision_requirements, decision_import, decision_definition)
_NEWEST = ((process_definition, "process_id"), (form_definition, "form_id"))
_IN_ORDER = (deployment, *_WHOLE, *(table for table, _ in _NEWEST), subscription)  # what is referred to comes first
_AT_ONCE = 50  # rows of one statement: SQLite has a bound on the values of one


@dataclass(frozen=True, slots=True)
class Deployed:
    """`rows` by the name of their table; `definitions` knows what was parsed of them, and goes its own way."""

    rows: Mapping[str, Rows]
    definitions: Definitions
    organisation: Organisation
    last_key: int


def read_deployed(db: Connection, definitions: Definitions) -> Deployed:
    """The newest version of each process and form (of each version tag), the decisions, what starts processes besides
    timers, and the groups. Who deployed them is left out."""
    known = definitions.copy()  # before the rows: whatever it knows is not newer than they are
    rows = {table.name: _rows(db, table) for table in _WHOLE}
    rows |= {table.name: _newest(db, table, id_) for table, id_ in _NEWEST}
    processes = {row["key"] for row in rows[process_definition.name]}
    s = subscription.c
    of_none = s.process_instance_key.is_(None)  # few among very many, and found by an index
    waiting = db.execute(select(subscription).where(of_none, s.definition_key.is_not(None))).mappings()
    rows[subscription.name] = [dict(row) for row in waiting if row["definition_key"] in processes]
    named = {row["deployment_key"] for found in rows.values() for row in found if "deployment_key" in row}
    made = db.execute(select(deployment.c.key, deployment.c.deployed_at)).mappings()
    rows[deployment.name] = [{**row, "deployed_by": "-"} for row in made if row["key"] in named]
    groups = tuple(
        Group(row["key"], row["kind"], row["th"], row["en"], row["parent"], row["head_of"]) for row in rows[group_.name]
    )
    numbers = [row["key"] for name, found in rows.items() if name != group_.name for row in found if "key" in row]
    return Deployed(rows, known, Organisation(groups, {}, {}, frozenset(), ()), max(numbers, default=0))


def put_in(db: Connection, deployed: Deployed) -> None:
    """Write it into a database that has nothing of it yet."""
    for table in _IN_ORDER:
        found = deployed.rows[table.name]
        for begin in range(0, len(found), _AT_ONCE):
            db.execute(insert(table), found[begin : begin + _AT_ONCE])


def _rows(db: Connection, table: Table) -> Rows:
    return [dict(row) for row in db.execute(select(table)).mappings()]


def _newest(db: Connection, table: Table, id_: str) -> Rows:
    c = table.c
    newest = select(c[id_].label("id"), c.version_tag.label("tag"), func.max(c.version).label("version"))
    found = newest.group_by(c[id_], c.version_tag).subquery()
    query = select(table).join(found, and_(c[id_] == found.c.id, c.version == found.c.version))
    return [dict(row) for row in db.execute(query).mappings()]
