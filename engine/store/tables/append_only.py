"""Tables to which rows are only ever added: the database itself refuses to change or delete one.

The one exception is the history of a case that a certificate of retention names (`deleted_case`), or that was moved to
a file, as a signed record says (`archived_case`), and not brought back: its rows may be deleted, on PostgreSQL by the
role RETENTION_ROLE alone, and never be changed.

PostgreSQL refuses TRUNCATE too. Whoever owns the tables can lift the rule; the account of the service need not own
them (docs/how-to/prove-the-history.md says which rights it is granted). SQLite has no accounts: there the rule keeps
the service from doing it by mistake or through an injected statement, and the checkpoints show whatever else is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import DDL, Connection, Table, event, text

from engine.store.tables.months import partitions

TABLES = (
    "history_event", "service_event", "checkpoint", "checkpoint_head", "retention_certificate", "deleted_case",
    "history_archive", "archived_case", "restored_case",
)  # fmt: skip
HISTORY = "history_event"
RETENTION_ROLE = "krabuan_retention"
REFUSAL = "rows of this table are only ever added"
_REFUSE = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege'"
_CERTIFIED = "EXISTS (SELECT 1 FROM deleted_case d WHERE d.process_instance_key = OLD.process_instance_key)"
_ARCHIVED = (
    "EXISTS (SELECT 1 FROM archived_case a WHERE a.process_instance_key = OLD.process_instance_key"
    " AND a.sequence >= OLD.sequence AND NOT EXISTS (SELECT 1 FROM restored_case r"
    " WHERE r.process_instance_key = a.process_instance_key AND r.archive_key = a.archive_key))"
)
_KEPT_OTHERWISE = f"({_CERTIFIED} OR {_ARCHIVED})"
_FUNCTION = f"""CREATE OR REPLACE FUNCTION krabuan_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {_REFUSE}; END $$"""
# two triggers: one statement of the wrong role, which would touch no row, is refused as well
_BY_ROLE = f"""CREATE OR REPLACE FUNCTION krabuan_history_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF TG_OP <> 'DELETE' OR current_user <> '{RETENTION_ROLE}' THEN {_REFUSE}; END IF; RETURN NULL; END $$"""
BY_ROW = f"""CREATE OR REPLACE FUNCTION krabuan_history_certified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF NOT {_KEPT_OTHERWISE} THEN {_REFUSE}; END IF; RETURN OLD; END $$"""


def statements(dialect: str, table: str) -> list[str]:
    """What makes a table of this database append-only, without exception."""
    if dialect == "postgresql":
        when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        return [_FUNCTION, f"CREATE TRIGGER {table}_append_only {when} EXECUTE FUNCTION krabuan_append_only()"]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def rules(dialect: str, table: str, *, archives: bool = True) -> list[str]:
    """As `statements`, with the exceptions for the history of cases; without `archives`, as before there were any."""
    if table != HISTORY:
        return statements(dialect, table)
    if dialect == "postgresql":
        when = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {HISTORY} FOR EACH STATEMENT"
        each = f"BEFORE DELETE ON {HISTORY} FOR EACH ROW"
        return [
            _BY_ROLE, f"CREATE TRIGGER {HISTORY}_append_only {when} EXECUTE FUNCTION krabuan_history_only()",
            BY_ROW, f"CREATE TRIGGER {HISTORY}_certified {each} EXECUTE FUNCTION krabuan_history_certified()",
        ]  # fmt: skip
    no_update, _ = statements(dialect, HISTORY)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    unless = _KEPT_OTHERWISE if archives else _CERTIFIED
    return [no_update, f"CREATE TRIGGER {HISTORY}_no_delete BEFORE DELETE ON {HISTORY} WHEN NOT {unless} {refuse}"]


def names(dialect: str, table: str) -> list[str]:
    """The triggers that `rules` makes."""
    if dialect == "postgresql":
        return [f"{table}_append_only", *([f"{HISTORY}_certified"] if table == HISTORY else [])]
    return [f"{table}_no_update", f"{table}_no_delete"]


def guard(table: Table) -> None:
    """Whoever makes this table makes its triggers with it."""
    for dialect in ("sqlite", "postgresql"):
        for statement in rules(dialect, table.name):
            made: DDL = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))


@contextmanager
def lifted(db: Connection, *tables: str) -> Iterator[None]:
    """Lift the rule for the rest of a transaction, and put it back: for whoever must change what was written.

    Both databases undo it with the transaction. Raises ProgrammingError on PostgreSQL for an account that does not own
    the tables.
    """
    chosen, dialect = tables or TABLES, db.dialect.name
    switched = [(table, name) for table in chosen for name in names(dialect, table)]
    # each partition has a trigger of its own for whole statements; those for rows follow their parents
    switched += [(part, f"{HISTORY}_append_only") for part in partitions(db) if HISTORY in chosen]
    for table, name in switched:
        on = f"ALTER TABLE {table} DISABLE TRIGGER {name}"
        db.execute(text(on if dialect == "postgresql" else f"DROP TRIGGER {name}"))
    yield
    again = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in switched]
    if dialect != "postgresql":
        again = [statement for table in chosen for statement in rules(dialect, table)]
    for statement in again:
        db.execute(text(statement))
