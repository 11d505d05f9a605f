"""Where texts about a person stand in the tables, and how they are replaced there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from engine.model.telling import DROPPED, FAILED, PACKED, PENDING
from engine.model.traces import Scrubber, Words, texts_in
from engine.store import tables as t
from engine.store.instances import ALIVE
from engine.store.labels import numbered
from engine.store.personal_columns import is_json, of_cases, of_people, searched, texts_of

AT_ONCE = 500  # rows that are read together, and patterns in one statement
# kept for a time to be used once: what is about an erased person is used no more
PASSING = (t.message, t.start_arrival, t.idempotency_key)
# in which no two rows may say the same
_UNIQUE = (t.process_instance.c.business_id, t.process_instance.c.start_correlation_key)
# a case's history says how its documents are called, so that another name would be a forgery
_PROVEN = (t.document.c.file_name, t.document.c.custom_properties)


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which one of the words stands; `case` is None for a row of no case."""

    column: Column[str]
    case: int | None
    row: Any
    value: Any

    @property
    def place(self) -> str:
        """Table and column."""
        return f"{self.column.table.name}.{self.column.name}"


def hits(db: Connection, words: Words) -> Iterator[Hit]:
    """Every text of the tables in which one of the words stands, by table."""
    likes = words.likes()
    if not likes:
        return
    for table in searched():
        columns = texts_of(table)
        if not columns:
            continue
        for row in _rows(db, table, or_(*(_fits(column, likes) for column in columns))):
            for column in columns:
                value = value_of(column, row._mapping[column.name])
                if value is not None and holds(words, value) and _is_a_person(column, row):
                    yield Hit(column, _case_of(db, table, row), row, value)


def holds(words: Words, value: Any) -> bool:
    """Whether one of the words stands in a JSON value."""
    return any(words.within(text) for text in texts_in(value))


def open_tasks(db: Connection, username: str) -> int:
    """How many tasks wait for this account."""
    u, p = t.user_task.c, t.process_instance.c
    theirs = select(func.count()).select_from(t.user_task.join(t.process_instance, p.key == u.process_instance_key))
    theirs = theirs.where(u.assignee == username, u.state.not_in(("COMPLETED", "CANCELED")), p.state.in_(ALIVE))
    return db.execute(theirs).scalar_one()


def _fits(column: Column[str], likes: list[str]) -> ColumnElement[bool]:
    low = func.lower(type_coerce(column, String))
    return and_(of_people(column), or_(*(low.like(like, escape="!") for like in likes)))


def _is_a_person(column: Column[str], row: Any) -> bool:
    if column is t.task_candidate.c.name:
        return bool(row.kind == "user")
    return column is not t.notification.c.recipient or bool(row.recipient_kind == "user")


def _rows(db: Connection, table: Table, where: ColumnElement[bool]) -> Iterable[Any]:
    """Without what documents hold, some hundred at a time."""
    columns = [column for column in table.c if column is not t.document.c.content]
    return db.execute(select(*columns).where(where).execution_options(yield_per=AT_ONCE))


def _case_of(db: Connection, table: Table, row: Any) -> int | None:
    if table is t.process_instance:
        return int(row.key)
    if table is t.task_draft:
        of = select(t.user_task.c.process_instance_key).where(t.user_task.c.key == row.task_key)
        return int(db.execute(of).scalar_one())
    found = row._mapping.get("process_instance_key")
    return None if found is None else int(found)


def value_of(column: Column[str], stored: Any) -> Any:
    """What a column says: a text, or the JSON value that its text is."""
    if isinstance(stored, str) and is_json(column):
        try:
            return orjson.loads(stored)
        except orjson.JSONDecodeError:
            return stored
    return stored


def scrub_cases(db: Connection, keys: list[int], scrubber: Scrubber) -> Counter[str]:
    """Replace it in every row of these cases, which are locked. How many rows of which table.column."""
    changed: Counter[str] = Counter()
    for table in searched():
        where = of_cases(table, keys)
        if where is None:
            continue
        if table in PASSING:
            changed[table.name] += db.execute(delete(table).where(where)).rowcount
        else:
            scrub(db, table, where, scrubber, changed)
    return +changed


def scrub_elsewhere(db: Connection, words: Words, by: str, everywhere: bool) -> Counter[str]:
    """Replace the words in what belongs to no case, `everywhere` also in all cases, but for the names of their
    documents. How many rows of which table.column."""
    changed: Counter[str] = Counter()
    likes = words.likes()
    for table in searched():
        columns = texts_of(table)
        if not likes or not columns:
            continue
        where = or_(*(_fits(column, likes) for column in columns))
        if not everywhere and (of := _of_no_case(table)) is not None:
            where = and_(where, of)
        if table in PASSING:
            changed[table.name] += _forget(db, table, where, words)
        elif everywhere or table not in (t.process_instance, t.task_draft):
            scrub(db, table, where, Scrubber({}, words, by), changed, _PROVEN)
    return +changed


def _of_no_case(table: Table) -> ColumnElement[bool] | None:
    return table.c.process_instance_key.is_(None) if "process_instance_key" in table.c else None


def _forget(db: Connection, table: Table, where: ColumnElement[bool], words: Words) -> int:
    """Delete the rows in which one of the words stands."""
    found = [
        _identity(table, row)
        for row in _rows(db, table, where)
        if any(holds(words, value_of(column, row._mapping[column.name])) for column in texts_of(table))
    ]
    for one in found:
        db.execute(delete(table).where(one))
    return len(found)


def scrub(
    db: Connection, table: Table, where: ColumnElement[bool], scrubber: Scrubber, changed: Counter[str],
    but: tuple[Column[Any], ...] = (),
) -> None:  # fmt: skip
    """Replace it in these rows of one table, but for the columns `but`; count what changed."""
    columns = [column for column in texts_of(table) if column not in but]
    for row in list(_rows(db, table, where)):
        new: dict[str, Any] = {}
        for column in columns:
            before = row._mapping[column.name]
            if before is not None and _is_a_person(column, row):
                after = _scrubbed(column, before, row, scrubber)
                if after != before:
                    new[column.name] = after
                    changed[f"{table.name}.{column.name}"] += 1
        if table is t.delivery and row.state in (PENDING, PACKED, FAILED) and new.keys() - {"error_message"}:
            new |= {"state": DROPPED, "content": None}  # to nobody any more, or about nobody
        if new:
            db.execute(update(table).where(_identity(table, row)).values(new))
        if table is t.user_task and "business_id" in new:
            _renumber(db, row.key, new["business_id"])


def _renumber(db: Connection, task_key: int, business_id: str) -> None:
    """Lists have the number of a case in their own way: what has gone from the task goes from them."""
    listed = t.task_candidate.c.task_key == task_key
    db.execute(update(t.task_candidate).where(listed).values(number=numbered(business_id)))


def _identity(table: Table, row: Any) -> ColumnElement[bool]:
    return and_(*(column == row._mapping[column.name] for column in table.primary_key))


def _scrubbed(column: Column[str], before: Any, row: Any, scrubber: Scrubber) -> Any:
    value = value_of(column, before)
    if column is t.variable.c.value:
        after = scrubber.variable(row.name, value)
    else:
        after = scrubber.json(value) if is_json(column) else scrubber.text(value)
    if after == value:
        return before
    if isinstance(before, str) and is_json(column):
        return orjson.dumps(after).decode()
    if column in _UNIQUE:
        after = f"{after}-{row.key}"
    length = getattr(column.type, "length", None)
    return after[:length] if isinstance(after, str) and length else after
