"""Writes of thousands of rows at once: on PostgreSQL one statement over a text of JSON, which both sides read and write
several times as fast as arrays; on SQLite the driver's own loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import orjson
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON

from engine.store.batch import Batch, Checked
from engine.store.prepared import Prepared, Row


class ManyUpdates:
    """An UPDATE of rows that are known by the columns `match`, giving each its own values of `sets`; those of `plus`
    grow by one, those of `computed` become what an expression says. Only rows that fulfil `where` are changed."""

    def __init__(
        self, table: Table, match: Sequence[str], sets: Sequence[str], plus: Sequence[str] = (),
        where: ColumnElement[bool] | None = None, computed: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self._table, self._names = table, (*match, *sets)
        given = _given(table, self._names)
        grown = {name: table.c[name] + 1 for name in plus} | dict(computed)
        also = true() if where is None else where
        each = update(table).where(*(table.c[n] == _bound(table.c[n]) for n in match), also)
        each = each.values({n: _bound(table.c[n]) for n in sets} | grown)
        joined = and_(*(table.c[n] == given.c[n] for n in match), also)
        at_once = update(table).where(joined).values({n: given.c[n] for n in sets} | grown)
        self._write = Prepared({"sqlite": each, "postgresql": at_once})

    def add(self, batch: Batch, db: Connection, rows: Sequence[Row], checked: Checked | None = None) -> None:
        """Remember the rows, which have these columns by name; `checked` is told how many were changed."""
        batch.add(self._write, _shaped(db, self._table, self._names, rows), checked)


class ManyInserts:
    """An INSERT of whole rows."""

    def __init__(self, table: Table) -> None:
        self._table, self._names = table, tuple(column.name for column in table.c)
        given = _given(table, self._names)
        at_once = insert(table).from_select(list(self._names), select(*(given.c[n] for n in self._names)))
        each = insert(table).values({column.name: _bound(column) for column in table.c})
        self._write = Prepared({"sqlite": each, "postgresql": at_once})

    def add(self, batch: Batch, db: Connection, rows: Sequence[Row]) -> None:
        """Remember the rows, which have every column of the table by name."""
        batch.add(self._write, _shaped(db, self._table, self._names, rows))


def among(db: Connection, column: ColumnElement[Any], keys: Sequence[int]) -> ColumnElement[bool]:
    """Whether the column is one of these keys, of which there may be thousands: one parameter on either database."""
    told = ",".join(map(str, keys))
    if db.dialect.name == "postgresql":
        return column == func.any(cast(bindparam(None, f"{{{told}}}", type_=Text), ARRAY(column.type, dimensions=1)))
    listed = func.json_each(bindparam(None, f"[{told}]")).table_valued("value")
    return column.in_(select(listed.c.value))


def _bound(column: Column[Any]) -> Any:
    return bindparam(f"b_{column.name}", type_=column.type)


def _given(table: Table, names: Sequence[str]) -> Any:
    """The rows as a table, made of a list of objects."""
    told = cast(bindparam("b_rows", type_=Text), JSON)
    columns = [column(n, table.c[n].type) for n in names]
    return func.json_to_recordset(told).table_valued(*columns).render_derived(name="given", with_types=True)


def _shaped(db: Connection, table: Table, names: Sequence[str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    if db.dialect.name != "postgresql":
        return [{f"b_{n}": row[n] for n in names} for row in rows]
    if not rows:
        return []
    stored = [(str(n), table.c[n].type.dialect_impl(db.dialect).bind_processor(db.dialect)) for n in names]
    told = [{n: row[n] if process is None else process(row[n]) for n, process in stored} for row in rows]
    return [{"b_rows": orjson.dumps(told).decode()}]
