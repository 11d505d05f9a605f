"""Stamps: settings whose values the database changes itself, whenever one of certain tables changes.

What a server process knows of these tables it keeps under the stamp, and reads again when it finds another one.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import DDL, event

from engine.store.tables.base import metadata

Watched = Mapping[str, tuple[str, ...]]  # the columns that matter, by table
_UPSERT = "INSERT INTO setting (name, value) VALUES ('{stamp}', {value}) ON CONFLICT (name) DO UPDATE SET value = {new}"
_RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "md5(random()::text || clock_timestamp()::text)"}


def stamping(dialect: str, stamp: str, prefix: str, table: str, columns: tuple[str, ...]) -> list[str]:
    """What makes a table of this database change the stamp with itself; `prefix` begins the names of what is made."""
    action = _UPSERT.format(stamp=stamp, value=_RANDOM[dialect], new="excluded.value")
    if dialect == "postgresql":
        function = f"""CREATE OR REPLACE FUNCTION krabuan_{prefix}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {action}; RETURN NULL; END $$"""
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        run = f"EXECUTE FUNCTION krabuan_{prefix}()"
        return [
            function,
            f"CREATE TRIGGER {table}_{prefix} AFTER INSERT OR DELETE ON {table} FOR EACH STATEMENT {run}",
            f"CREATE TRIGGER {table}_{prefix}_update AFTER UPDATE ON {table} FOR EACH ROW WHEN ({changed}) {run}",
        ]
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    return [
        f"CREATE TRIGGER {table}_{prefix}_{verb.lower()} AFTER {verb} ON {table}{when} BEGIN {action}; END"
        for verb, when in (("INSERT", ""), ("DELETE", ""), ("UPDATE", f" WHEN {changed}"))
    ]


def watch(stamp: str, prefix: str, watched: Watched) -> None:
    """Whoever makes these tables makes their triggers with them."""
    for table, columns in watched.items():
        for dialect in ("sqlite", "postgresql"):
            for statement in stamping(dialect, stamp, prefix, table, columns):
                made: DDL = DDL(statement)  # type: ignore[no-untyped-call]
                event.listen(metadata.tables[table], "after_create", made.execute_if(dialect=dialect))
