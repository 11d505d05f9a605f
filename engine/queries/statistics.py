"""Counts over many cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from engine.model.actor import Actor
from engine.queries.definitions import PROCESS_DEFINITION, get_definition
from engine.queries.filters import compile_filter
from engine.queries.instances import PROCESS_INSTANCE, element_counts
from engine.queries.noun import Context
from engine.queries.visibility import sees_case
from engine.store.tables import element_instance
from engine.store.tables import process_instance as pi


def get_definition_statistics(db: Connection, actor: Actor, key: int, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """As get_element_statistics, over the cases of one version that the actor may see. Raises NotFound."""
    get_definition(db, actor, PROCESS_DEFINITION, key)
    conditions = compile_filter(wanted, PROCESS_INSTANCE, Context(db.dialect.name))
    seen = sees_case(actor, pi.c.key, pi.c.process_id)
    cases = select(pi.c.key).select_from(PROCESS_INSTANCE.source).where(pi.c.definition_key == key, seen, *conditions)
    return {"items": element_counts(db, element_instance.c.process_instance_key.in_(cases))}
