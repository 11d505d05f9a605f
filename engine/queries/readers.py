"""The people who may read what a case holds: whom a comment on it may mention."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from engine.model.actor import Actor
from engine.queries.evidence import require_contents
from engine.queries.instances import get_instance
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.store.readers import reads_case
from engine.store.tables import person

READER = Noun(
    "Reader",
    person,
    "username",
    {
        "username": Field(person.c.username, "string"),
        "name": Field(person.c.display_name, "string"),
    },
)


def search_readers(db: Connection, actor: Actor, key: int, request: Search) -> dict[str, Any]:
    """The active accounts that may read the case. Raises NotFound, Forbidden for who may not read it."""
    get_instance(db, actor, key)
    require_contents(db, actor, key)
    return search(db, READER, request, reads_case(key))
