"""A case copied a hundred thousand times, with whatever it waits for: each copy runs on as the first would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, select, text

from engine.model.chain import genesis
from engine.store import tables as t
from engine.store.database import Database

_TABLES: Sequence[Table] = (t.process_instance, t.element_instance, t.variable, t.user_task, t.task_candidate, t.job)
_KEYS_EACH, _FIRST = 64, 1 << 24  # keys of a copy; where those of the copies begin, far below what is drawn
_AT_ONCE = 2_000
Row = dict[str, Any]


def cloned(database: Database, case: int, count: int) -> list[int]:
    """Copy the case and all that belongs to it `count` times; returns the keys of the copies. Their histories begin
    empty. The case must have no documents, deadlines or subscriptions: these are not copied."""
    original = _rows_of(database, case)
    copies = _copies(original, case, count)
    keys = []
    while some := list(islice(copies, _AT_ONCE)):
        with database.write() as db:
            for at, table in enumerate(_TABLES):
                if rows := [row for copy in some for row in copy[at]]:
                    db.execute(insert(table), rows)
        keys += [copy[0][0]["key"] for copy in some]
    with database.write() as db:
        db.execute(text("ANALYZE"))
    return keys


def _rows_of(database: Database, case: int) -> list[list[Row]]:
    with database.read() as db:
        return [
            [dict(row) for row in db.execute(select(table).where(_of(table, case))).mappings()] for table in _TABLES
        ]


def _of(table: Table, case: int) -> Any:
    return (table.c.key if table is t.process_instance else table.c.process_instance_key) == case


def _copies(original: list[list[Row]], case: int, count: int) -> Iterator[list[list[Row]]]:
    own = dict.fromkeys([case, *(row["key"] for rows in original for row in rows if "key" in row)])
    if len(own) > _KEYS_EACH:
        raise ValueError("the case has more keys than a copy may have")
    for number in range(count):
        new = {old: _FIRST + number * _KEYS_EACH + at for at, old in enumerate(own)}
        copy = [[_renamed(row, new) for row in rows] for rows in original]
        copy[0][0].update(history_sequence=0, history_head=genesis(new[case]))
        yield copy


def _renamed(row: Row, new: Mapping[int, int]) -> Row:
    made = {name: new.get(value, value) if type(value) is int else value for name, value in row.items()}
    if state := row.get("execution"):
        for old, key in new.items():
            state = state.replace(str(old), str(key))
        made["execution"] = state
    return made
