"""Tables, indexes and triggers of this release, by the statements that make them: which of them a database lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, Executable, create_mock_engine, text
from sqlalchemy.sql.ddl import DDLElement

from engine.store.tables import metadata
from engine.store.tables.append_only import TABLES, names

_MADE = re.compile(
    r'CREATE (?:UNIQUE |VIRTUAL )?(TABLE|INDEX|TRIGGER) (?:IF NOT EXISTS )?"?(\w+)"?(?:.*? ON "?(\w+)"?)?', re.DOTALL
)
# an index that was given up half way is there, and answers nothing; a trigger may be switched off
_OF_POSTGRES = """
SELECT 'TABLE', relname, relname FROM pg_class WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)
UNION ALL SELECT 'INDEX', c.relname, t.relname FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
  WHERE i.indisvalid AND pg_table_is_visible(c.oid)
UNION ALL SELECT 'TRIGGER', g.tgname, t.relname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
  WHERE g.tgenabled IN ('O', 'A') AND pg_table_is_visible(t.oid)"""
_OF_SQLITE = "SELECT upper(type), name, tbl_name FROM sqlite_master"


@dataclass(frozen=True, slots=True)
class Part:
    """`kind`: TABLE, INDEX or TRIGGER; `table`: where it is (of a table, itself); `statement`: what makes it."""

    kind: str
    name: str
    table: str
    statement: str

    @property
    def only_for_speed(self) -> bool:
        """Without it all is right, and slow: an index that sees to nothing."""
        return self.kind == "INDEX" and not self.statement.startswith("CREATE UNIQUE")


def missing_parts(db: Connection) -> list[Part]:
    """What the database, whose schema must be of this release, lacks of what its migrations made, in the order in which
    it is made; of a table that is missing, the table alone. The triggers of tables that only grow are left out:
    `condition.missing_rules` looks at them."""
    dialect = db.dialect.name
    there = {tuple(row) for row in db.execute(text(_OF_POSTGRES if dialect == "postgresql" else _OF_SQLITE))}
    elsewhere = {("TRIGGER", name, table) for table in TABLES for name in names(dialect, table)}
    made = {(part.kind, part.name, part.table): part for part in _parts(db)}
    lost = [part for key, part in made.items() if key not in there | elsewhere]
    tables = {part.name for part in lost if part.kind == "TABLE"}
    return [part for part in lost if part.kind == "TABLE" or part.table not in tables]


def _parts(db: Connection) -> list[Part]:
    parts: list[Part] = []

    def read(statement: Executable, *_values: object, **_options: object) -> None:
        assert isinstance(statement, DDLElement)
        said = " ".join(str(statement.compile(dialect=db.dialect)).split())
        if made := _MADE.match(said):
            kind, name, table = made.groups()
            parts.append(Part(kind, name, name if kind == "TABLE" else table, said))

    metadata.create_all(create_mock_engine(db.engine.url, read), checkfirst=False)
    return parts
