"""Read the variables that are visible from an element instance, without loading its case."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, text

# from the element instance outward; the process's own scope is its own parent
_VISIBLE = """
    WITH RECURSIVE chain (key, scope_key, depth) AS (
        SELECT key, scope_key, 0 FROM element_instance WHERE key = :key
        UNION ALL
        SELECT e.key, e.scope_key, chain.depth + 1
        FROM element_instance e JOIN chain ON e.key = chain.scope_key
        WHERE chain.key <> chain.scope_key
    )
    SELECT v.name, v.value, v.scope_key, v.key, chain.depth
    FROM chain JOIN variable v ON v.scope_key = chain.key {}
    ORDER BY chain.depth DESC
"""
_STATEMENTS = {
    "sqlite": text(_VISIBLE.format("")),
    # it takes a chain to be long, and would read every variable there is; of a list it takes the index
    "postgresql": text(_VISIBLE.format("WHERE v.scope_key = ANY (ARRAY(SELECT key FROM chain))")),
}


def visible_variables(db: Connection, element_instance_key: int) -> dict[str, Any]:
    """The variables by name as JSON values; the innermost of a name wins."""
    return {row.name: orjson.loads(row.value) for row in visible_rows(db, element_instance_key)}


def visible_rows(db: Connection, element_instance_key: int) -> list[Any]:
    """Every visible variable with name, value (JSON text), scope_key, key and depth, outermost first."""
    return list(db.execute(_STATEMENTS[db.dialect.name], {"key": element_instance_key}))
