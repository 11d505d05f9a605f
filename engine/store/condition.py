"""In what condition a database is: facts that are read and not judged here. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from engine.store.tables import process_definition, service_event
from engine.store.tables.append_only import HISTORY, TABLES, names
from engine.store.tables.months import partitions

_SETTINGS = (
    "server_version_num", "server_encoding", "fsync", "full_page_writes", "synchronous_commit", "wal_level",
    "archive_mode", "max_connections", "superuser_reserved_connections", "reserved_connections", "TimeZone",
    "session_replication_role",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostgresCondition:
    """What a PostgreSQL server tells an account of the service. `limit`: the connections that the account and the
    database are allowed, None without a limit of theirs; `letters`: whether ก counts as a letter; `failing`: since
    when the archive takes no log."""

    settings: dict[str, str]
    limit: int | None
    letters: bool
    superuser: bool
    now: datetime
    failing: datetime | None


def postgres_condition(db: Connection) -> PostgresCondition:
    """Of the server and the database of this connection, whatever its schema is."""
    query = text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)")
    rows = db.execute(query, {"names": list(_SETTINGS)})
    settings: dict[str, str] = {row.name: row.setting for row in rows}
    utf8 = settings["server_encoding"] == "UTF8"
    found = db.execute(text(_FACTS)).mappings().one()
    limits = [int(found[name]) for name in ("role_limit", "database_limit") if int(found[name]) >= 0]
    return PostgresCondition(
        settings,
        min(limits, default=None),
        utf8 and bool(db.execute(text("SELECT 'ก' ~ '^[[:alpha:]]$'")).scalar_one()),
        bool(found["rolsuper"]),
        db.execute(text("SELECT clock_timestamp()")).scalar_one(),
        found["failing"],
    )


_FACTS = """SELECT r.rolconnlimit AS role_limit, d.datconnlimit AS database_limit, r.rolsuper,
  (SELECT last_failed_time FROM pg_stat_archiver
   WHERE last_failed_time > coalesce(last_archived_time, '-infinity')) AS failing
FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()"""


def may_change_history(db: Connection) -> bool:
    """Whether this account could lift the rules of the tables that only grow: it owns one of them, or is granted more
    than to add rows. False on SQLite, which has no accounts."""
    if db.dialect.name != "postgresql":
        return False
    query = text(
        "SELECT bool_or(pg_has_role(c.relowner, 'USAGE') OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))"
        " FROM pg_class c WHERE c.oid = ANY(SELECT to_regclass(n) FROM unnest(CAST(:names AS text[])) n)"
    )
    return bool(db.execute(query, {"names": list(TABLES)}).scalar())


def missing_rules(db: Connection) -> list[str]:
    """The tables that only grow, and of which a trigger that sees to it is missing or switched off; of history, each
    partition has one of its own."""
    dialect = db.dialect.name
    wanted = [(table, name) for table in TABLES for name in names(dialect, table)]
    wanted += [(part, names(dialect, HISTORY)[0]) for part in partitions(db)]
    query = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    if dialect == "postgresql":
        query = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    there = {(row[0], row[1]) for row in db.execute(text(query))}
    return list(dict.fromkeys(table for table, name in wanted if (table, name) not in there))


def writes_ahead(file: Path) -> bool:
    """Whether the SQLite database is in WAL mode, by its header. Raises OSError for a file that is no database."""
    with open(file, "rb") as opened:
        header = opened.read(20)
    if len(header) < 20 or not header.startswith(b"SQLite format 3\0"):
        raise OSError(f"{file} is no SQLite database")
    return header[18:20] == b"\x02\x02"


def last_event(db: Connection, kind: str) -> datetime | None:
    """When an event of the service of this type was written last."""
    found: datetime | None = db.execute(
        select(func.max(service_event.c.at)).where(service_event.c.type == kind)
    ).scalar()
    return found


def deployed_processes(db: Connection) -> int:
    """How many processes have a version."""
    return db.execute(select(func.count(process_definition.c.process_id.distinct()))).scalar_one()

