"""A noun of the API as one table: each field's column, kind and name, for lists, filters, sorting and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import orjson
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    Table,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.sql.util import find_tables
from sqlalchemy.sql.visitors import iterate

from engine.model.actor import Actor
from engine.queries.masking import CASE, cover, searchable

NOBODY = Actor("nobody")
Kind = Literal["key", "string", "integer", "moment", "date", "enum", "boolean", "strings", "object", "json"]
Special = Callable[[Any, "Context"], "ColumnElement[bool]"]
Together = Callable[[Mapping[str, Any], "Context"], "ColumnElement[bool]"]


@dataclass(frozen=True, slots=True)
class Context:
    """What compiling a filter may need: the connection's dialect, and who asks (as long as nobody is named, a filter
    by what cases hold finds nothing)."""

    dialect: str
    actor: Actor = NOBODY


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `filterable` and `sortable` say what a search may do with it; `shown` whether answers have it."""

    column: ColumnElement[Any]
    kind: Kind
    nullable: bool = False
    filterable: bool = True
    sortable: bool = True
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Noun:
    """`key` names the field that is unique: it breaks ties when sorting. `specials` are filters of their own kind;
    those of `together` are about one and the same other thing, and make one condition. `contents` are the fields (texts
    and JSON) that may tell what the case `processInstanceKey` holds, of which some may be above who asks. `described`
    tells callers what the filters of their own kind take. `rows` is the table whose rows the things are, where the
    source joins only what each of them has exactly one of: it is enough for counting them."""

    name: str
    source: FromClause
    key: str
    fields: Mapping[str, Field]
    specials: Mapping[str, Special] = field(default_factory=dict)
    together: tuple[frozenset[str], Together] | None = None
    contents: frozenset[str] = frozenset()
    described: Mapping[str, str] = field(default_factory=dict)
    rows: Table | None = None

    def counted(self, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
        """A row for each thing that fulfils the conditions, out of `rows` alone where they ask for nothing else."""
        source = self.source
        if self.rows is not None:
            named = {part.table for one in conditions for part in iterate(one) if isinstance(part, Column)}
            if not named & (set(find_tables(source)) - {self.rows}):
                source = self.rows
        return select(literal_column("1")).select_from(source).where(*conditions)

    def select(self) -> Select[Any]:
        """Every shown field, each in the form that needs least work in Python."""
        shown = [_cheap(f).label(name) for name, f in self.fields.items() if f.shown]
        return select(*shown).select_from(self.source)

    def shape(self, row: Any) -> dict[str, Any]:
        """A row of `select` as the API shows it: keys as decimal strings, moments as text."""
        answer = dict(row._mapping)
        for name, f in self.fields.items():
            if f.shown and f.kind in _SHAPES:
                value = answer[name]
                answer[name] = _SHAPES[f.kind](value) if value is not None else _EMPTY.get(f.kind)
        return answer

    def one(self, db: Connection, *where: ColumnElement[bool], actor: Actor = NOBODY) -> dict[str, Any] | None:
        """The first that fulfils every condition, as far as `actor` may read it."""
        row = db.execute(self.select().where(*where)).first()
        if row is None:
            return None
        found = self.shape(row)
        cover(db, actor, [found], self.contents)
        return found

    def asked_by(self, actor: Actor) -> Noun:
        """The same with the columns that this actor may find things by and sort by."""
        key = self.fields.get(CASE)
        if not self.contents or key is None:
            return self
        own = {name: self.fields[name] for name in self.contents}
        own = {name: replace(f, column=searchable(actor, f.column, key.column)) for name, f in own.items()}
        return replace(self, fields={**self.fields, **own})


def _cheap(f: Field) -> ColumnElement[Any]:
    """Moments are stored as the text that answers carry; JSON is parsed once, here."""
    return type_coerce(f.column, String) if f.kind in ("moment", "strings", "object", "json") else f.column


_SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "key": str,
    "boolean": bool,
    "strings": orjson.loads,
    "object": orjson.loads,
    "json": orjson.loads,
}
_EMPTY: Mapping[str, Any] = {"strings": [], "object": {}}


def constant(value: str) -> ColumnElement[Any]:
    """A field that is the same for everything."""
    return literal(value, String)


def truth(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    """A condition as a column."""
    return type_coerce(condition, Boolean)


TENANT = Field(constant("<default>"), "string", sortable=False)
