"""Searches in the manner of the Camunda 8 REST API: filter, sort, page; over any noun.

`filter` fields are ANDed; a value means equals, an object holds operators, `$or` a list of filters.
Pages by cursor stay equally fast however far one goes; a cursor is standard base64.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    and_,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.filters import among, compile_filter
from engine.queries.masking import cover
from engine.queries.noun import NOBODY, Context, Noun

DEFAULT_LIMIT, LARGEST_LIMIT, LARGEST_OFFSET = 100, 10_000, 1_000_000
COUNTED = 10_000  # beyond it, totals are a lower bound: counting must not slow down with the table


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it came in: {filter, sort, page}, not yet checked."""

    filter: Mapping[str, Any] = field(default_factory=dict)
    sort: Sequence[Mapping[str, Any]] = ()
    page: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to sort by: an expression that is never null, and the direction."""

    expression: ColumnElement[Any]
    descending: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the list: a limit, and an offset or a cursor."""

    limit: int
    offset: int = 0
    after: str | None = None
    before: str | None = None


def search(
    db: Connection, noun: Noun, request: Search, *where: ColumnElement[bool], actor: Actor = NOBODY
) -> dict[str, Any]:
    """The page {items, page} of what fulfils the filter and every condition of `where`. What cases hold is shown and
    found as far as `actor` may read it.

    Raises InvalidArgument for an unknown field, operator, value or cursor.
    """
    made = _Made.of(db, noun, request, where, actor)
    window = made.window
    rows = list(db.execute(made.page.limit(window.limit + 1).offset(window.offset or None)))
    total = min(len(rows), window.limit)
    if len(rows) > window.limit or made.cursor is not None or window.offset:
        total = made.count(db)
    return made.answer(db, rows, total, total > COUNTED)


def search_next(
    db: Connection, noun: Noun, request: Search, number: int, *where: ColumnElement[bool], actor: Actor = NOBODY,
    within: ColumnElement[bool] | None = None,
) -> dict[str, Any] | None:  # fmt: skip
    """As `search`, where the page is full of what is among the next `number` things in this order of those `within`
    which it looks; None where it is not, or for an offset. The total is that of the first `number`."""
    made = _Made.of(db, noun, request, where, actor)
    if made.window.offset or made.window.limit * 10 > number:
        return None
    near = db.execute(made.next(number, within)).scalars().all()
    rows = list(db.execute(made.page.where(among(made.key, near)).limit(made.window.limit + 1)))
    if len(rows) <= made.window.limit:
        return None
    first = near if made.cursor is None else db.execute(made.next(number, within, beyond_cursor=False)).scalars().all()
    total = made.count(db, among(made.key, first))
    return made.answer(db, rows, max(total, len(rows)), len(first) == number)


@dataclass(frozen=True, slots=True)
class _Made:
    """The statements of a search."""

    noun: Noun
    actor: Actor
    signature: str
    window: Window
    orders: Sequence[Order]
    conditions: Sequence[ColumnElement[bool]]
    cursor: ColumnElement[bool] | None  # what comes after it

    @classmethod
    def of(
        cls, db: Connection, noun: Noun, request: Search, where: Sequence[ColumnElement[bool]], actor: Actor
    ) -> _Made:
        """Raises InvalidArgument."""
        asked = noun.asked_by(actor)
        conditions = [*where, *compile_filter(request.filter, asked, Context(db.dialect.name, actor))]
        orders, window, signature = _orders(request.sort, asked), read_window(request.page), signature_of(request.sort)
        cursor = window.after if window.after is not None else window.before
        further = None
        if cursor is not None:
            values = read_cursor(cursor, signature, _kinds(orders))
            further = beyond(orders, values, window.before is not None)
        return cls(noun, actor, signature, window, orders, conditions, further)

    @property
    def key(self) -> ColumnElement[Any]:
        return self.noun.fields[self.noun.key].column

    @property
    def page(self) -> Select[Any]:
        """What is found, from the cursor on."""
        labelled = (one.expression.label(f"_{at}") for at, one in enumerate(self.orders))
        return self._ordered(self.noun.select().add_columns(*labelled).where(*self.conditions))

    def next(
        self, number: int, within: ColumnElement[bool] | None = None, beyond_cursor: bool = True
    ) -> Select[Any]:
        """The keys of the next things, or of the first ones."""
        keys = select(self.key).select_from(self.noun.source).where(true() if within is None else within)
        return (self._ordered(keys) if beyond_cursor else keys.order_by(*self._directed(False))).limit(number)

    def count(self, db: Connection, *where: ColumnElement[bool]) -> int:
        """Of what is found, to one more than COUNTED."""
        found = self.noun.counted([*self.conditions, *where])
        return db.execute(select(func.count()).select_from(found.limit(COUNTED + 1).subquery())).scalar_one()

    def answer(self, db: Connection, rows: list[Any], total: int, more: bool) -> dict[str, Any]:
        """The rows, of which one too many may be there, as they are shown."""
        rows = rows[: self.window.limit]
        if self.window.before is not None:
            rows.reverse()
        items, ends = [], []
        for row in rows:
            shown = self.noun.shape(row)
            ends.append([shown.pop(f"_{at}") for at in range(len(self.orders))])
            items.append(shown)
        cover(db, self.actor, items, self.noun.contents)
        facts = page_facts(total, COUNTED, ends, self.signature)
        return {"items": items, "page": facts | {"hasMoreTotalItems": more}}

    def _ordered(self, found: Select[Any]) -> Select[Any]:
        if self.cursor is not None:
            found = found.where(self.cursor)
        return found.order_by(*self._directed(self.window.before is not None))

    def _directed(self, backwards: bool) -> list[ColumnElement[Any]]:
        return [directed(one, backwards) for one in self.orders]


def page_facts(total: int, counted: int, ends: Sequence[Sequence[Any]], signature: str) -> dict[str, Any]:
    """The member `page` of an answer; `ends` are the sort values of each item."""
    return {
        "totalItems": min(total, counted),
        "hasMoreTotalItems": total > counted,
        "startCursor": write_cursor(ends[0], signature) if ends else None,
        "endCursor": write_cursor(ends[-1], signature) if ends else None,
    }


def read_window(page: Mapping[str, Any]) -> Window:
    """Read {limit, from | after | before}. Raises InvalidArgument."""
    unknown = set(page) - {"limit", "from", "after", "before"}
    if unknown or sum(page.get(name) is not None for name in ("from", "after", "before")) > 1:
        raise InvalidArgument("page has limit and at most one of from, after, before")
    limit = _whole(page, "limit", DEFAULT_LIMIT, 1, LARGEST_LIMIT)
    offset = _whole(page, "from", 0, 0, LARGEST_OFFSET)
    return Window(limit, offset, page.get("after"), page.get("before"))


def _whole(page: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    value = page.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InvalidArgument(f"page.{name} is a number from {least} to {most}")
    return value


def write_cursor(values: Sequence[Any], signature: str) -> str:
    """A cursor that stands at these sort values."""
    return base64.b64encode(orjson.dumps([signature, *values])).decode("ascii")


def read_cursor(cursor: Any, signature: str, kinds: Sequence[type]) -> list[Any]:
    """The sort values of a cursor. Raises InvalidArgument for one of another search, or none at all."""
    try:
        content = orjson.loads(base64.b64decode(cursor, validate=True))
    except (binascii.Error, orjson.JSONDecodeError, TypeError, ValueError):
        content = None
    fits = isinstance(content, list) and len(content) == len(kinds) + 1 and content[0] == signature
    if not fits or not all(map(_comparable, content[1:], kinds)):
        raise InvalidArgument("page: the cursor does not belong to this search")
    return list(content[1:])


def _comparable(value: Any, kind: type) -> bool:
    if type(value) is not kind:
        return False
    return abs(value) < 1 << 63 if isinstance(value, int) else "\0" not in str(value)


def _kinds(orders: Sequence[Order]) -> list[type]:
    return [int if isinstance(o.expression.type, Integer) else str for o in orders]


def signature_of(sort: Sequence[Mapping[str, Any]]) -> str:
    """Of a search, which its cursors carry."""
    return ",".join(f"{s.get('field')}:{str(s.get('order') or 'ASC').upper()}" for s in sort)


def _orders(sort: Sequence[Mapping[str, Any]], noun: Noun) -> list[Order]:
    """The expressions to sort by, the key last; a null stands after every value."""
    orders: list[Order] = []
    descending = False
    for item in sort:
        name, order = item.get("field"), str(item.get("order") or "ASC").upper()
        f = noun.fields.get(str(name))
        if f is None or not f.sortable or order not in ("ASC", "DESC") or set(item) - {"field", "order"}:
            raise InvalidArgument(f"sort: {name} {order} is not possible")
        descending = order == "DESC"
        column = f.column
        if f.kind == "moment":
            column = type_coerce(column, String)
        if f.nullable:
            orders.append(Order(case((column.is_(None), 1), else_=0), descending))
            column = func.coalesce(column, 0 if f.kind in ("key", "integer") else "")
        elif f.kind == "boolean":
            column = case((column, 1), else_=0)
        orders.append(Order(column, descending))
    orders.append(Order(noun.fields[noun.key].column, descending))
    return orders


def directed(order: Order, backwards: bool) -> ColumnElement[Any]:
    return order.expression.desc() if order.descending != backwards else order.expression.asc()


def beyond(orders: Sequence[Order], values: Sequence[Any], backwards: bool) -> ColumnElement[bool]:
    """What comes after the cursor (before it, when going backwards). That the first value is not on the other side
    follows from the rest, and is said because no database finds it along an index otherwise."""
    alternatives = []
    for i, order in enumerate(orders):
        same = [orders[j].expression == values[j] for j in range(i)]
        smaller = order.descending != backwards
        further = order.expression < values[i] if smaller else order.expression > values[i]
        alternatives.append(and_(*same, further))
    first, value = orders[0].expression, values[0]
    within = first <= value if orders[0].descending != backwards else first >= value
    return and_(within, or_(*alternatives))
