"""Tables to which rows are only ever added: the database itself refuses to change or delete one.

PostgreSQL refuses TRUNCATE too. Whoever owns the tables can lift the rule; the account of the service need not own
them (docs/how-to/prove-the-history.md says which rights it is granted). SQLite has no accounts: there the rule keeps
the service from doing it by mistake or through an injected statement, and the checkpoints show whatever else is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import DDL, Connection, Table, event, text

TABLES = ("history_event", "service_event", "checkpoint", "checkpoint_head")
REFUSAL = "rows of this table are only ever added"
_FUNCTION = f"""CREATE OR REPLACE FUNCTION krabuan_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege'; END $$"""


def statements(dialect: str, table: str) -> list[str]:
    """What makes a table of this database append-only."""
    if dialect == "postgresql":
        when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        return [_FUNCTION, f"CREATE TRIGGER {table}_append_only {when} EXECUTE FUNCTION krabuan_append_only()"]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def guard(table: Table) -> None:
    """Whoever makes this table makes its triggers with it."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(dialect, table.name):
            made: DDL = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))


@contextmanager
def lifted(db: Connection, *tables: str) -> Iterator[None]:
    """Lift the rule for the rest of a transaction, and put it back: the switch of whoever must delete.

    Both databases undo it with the transaction. Raises ProgrammingError on PostgreSQL for an account that does not own
    the tables.
    """
    chosen, dialect = tables or TABLES, db.dialect.name
    for table in chosen:
        if dialect == "postgresql":
            db.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"))
            continue
        for verb in ("update", "delete"):
            db.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
    yield
    for table in chosen:
        if dialect == "postgresql":
            db.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only"))
            continue
        for statement in statements(dialect, table):
            db.execute(text(statement))
