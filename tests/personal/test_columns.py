"""No column is forgotten: a text that somebody adds to a table is searched and erased, unless it is said to be nobody's."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import orjson
from sqlalchemy import Boolean, Column, Connection, Integer, LargeBinary, Table, insert, select, text

from engine.model.traces import Words
from engine.store import tables as t
from engine.store.personal import PASSING, hits, scrub_elsewhere
from engine.store.personal_columns import DEPLOYED, FIXED, KEYS, is_json, is_text, searched, texts_of
from engine.store.tables import Moment, metadata
from engine.store.tables.append_only import TABLES
from tests.dsl import START, Office

WORD = "ผู้ถูกลืมโดยสิ้นเชิง"
COLUMNS = [column for table in searched() for column in texts_of(table)]


def test_every_text_of_every_table_is_accounted_for() -> None:
    """What is left out is left out by name, and what is named is there."""
    every = {table.name for table in metadata.sorted_tables}
    assert {table.name for table in searched()} == every - {*DEPLOYED, *KEYS, *TABLES}
    assert every >= DEPLOYED and FIXED.keys() <= every
    for name, columns in FIXED.items():
        table = metadata.tables[name]
        assert columns <= {column.name for column in table.c if is_text(column)}, name


def row_with(table: Table, column: Column[Any]) -> dict[str, Any]:
    """A row in which the one column names the person, and nothing else says anything."""
    row: dict[str, Any] = {}
    for other in table.c:
        if isinstance(other.type, Moment):
            row[other.name] = START
        elif isinstance(other.type, Boolean | Integer) or not is_text(other):
            row[other.name] = b"" if isinstance(other.type, LargeBinary) else 1
        else:
            row[other.name] = WORD if other is column else "y" if other.name == "absent" else "x"
    if is_json(column):
        value = {"deep": [{"er": WORD}]}
        row[column.name] = value if isinstance(column.type, t.Json) else orjson.dumps(value).decode()
    if table is t.task_draft:
        row["task_key"] = 2
    for name in ("kind", "recipient_kind"):
        if name in table.c and column.name in ("name", "recipient"):
            row[name] = "user"
    if "process_instance_key" in table.c:
        row["process_instance_key"] = None if table.c.process_instance_key.nullable else 1
    return row


class NothingStays(Exception):
    """All that was written is taken back."""


def test_whatever_column_names_a_person_is_found_and_erased(small_office: Office) -> None:
    with suppress(NothingStays), small_office.database.write() as db:
        db.execute(text("PRAGMA defer_foreign_keys = ON"))
        db.execute(insert(t.user_task), row_with(t.user_task, t.user_task.c.key) | {"key": 2})
        for column in COLUMNS:
            with db.begin_nested() as tried:
                db.execute(insert(column.table), row_with(column.table, column))
                check(db, column)
                tried.rollback()
        raise NothingStays


def check(db: Connection, column: Column[Any]) -> None:
    table, words = column.table, Words([WORD])
    name = f"{table.name}.{column.name}"
    assert [hit.place for hit in hits(db, words)] == [name]
    changed = scrub_elsewhere(db, words, "$erased", everywhere=True)
    proven = table is t.document and column.name in ("file_name", "custom_properties")
    assert proven or sum(changed.values()) == 1, name
    assert bool(list(hits(db, words))) == proven, name
    assert len(db.execute(select(table)).all()) == (0 if table in PASSING else 2 if table is t.user_task else 1), name
