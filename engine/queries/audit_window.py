"""The stretch of time that a page of the audit log is likely in: its next events are found along an index of time,
and no other is looked at. Who filters by what few events fit is given all of the log instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, Table, and_, select, true, type_coerce

from engine.queries.filters import compile_field
from engine.queries.noun import Context
from engine.queries.search import Search, Window, read_cursor, read_window, signature_of

NEXT, TIMES = 1_000, 10  # so many events of each table from the cursor on; so many times the page where that is more
TIME = "timestamp"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Moments as they are stored, in the order in which a page is read: from `begin` to `end`, both of them too, or
    without an end."""

    later_first: bool
    begin: str | None
    end: str | None = None

    def holds(self, at: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether the moment lies in it."""
        moment = type_coerce(at, String)
        earliest, latest = (self.end, self.begin) if self.later_first else (self.begin, self.end)
        bounds = [] if earliest is None else [moment >= earliest]
        return and_(true(), *bounds, *([] if latest is None else [moment <= latest]))

    def ending(self, ends: Collection[str]) -> Stretch | None:
        """As far as the first of these moments; None without any."""
        return replace(self, end=max(ends) if self.later_first else min(ends)) if ends else None


def stretch(db: Connection, request: Search, tables: Mapping[Table, Collection[str]]) -> Stretch | None:
    """From the cursor on until where the next events of these types in each table, which have columns `at` and `type`,
    certainly lie. None where no more are left, or the log is sorted by something else than time. Raises
    InvalidArgument."""
    if [item.get("field") for item in request.sort] != [TIME]:
        return None
    window, context, asked = read_window(request.page), Context(db.dialect.name), request.filter.get(TIME)
    number, ends = max(NEXT, TIMES * window.limit) + window.offset, []
    left = _left(request, window)
    for table, types in tables.items():
        moment = type_coerce(table.c.at, String)
        where = [] if asked is None else compile_field(TIME, moment, "moment", asked, context)
        events = select(moment).where(table.c.type.in_(sorted(types)), left.holds(moment), *where)
        in_order = events.order_by(moment.desc() if left.later_first else moment.asc())
        ends.append(db.execute(in_order.offset(number).limit(1)).scalar())
    return left.ending([end for end in ends if end is not None])


def _left(request: Search, window: Window) -> Stretch:
    """All from the cursor on, in the order in which the page is read."""
    later_first = str(request.sort[0].get("order") or "ASC").upper() == "DESC"
    backwards = window.before is not None
    cursor = window.before if backwards else window.after
    begin = None if cursor is None else read_cursor(cursor, signature_of(request.sort), (str, str))[0]
    return Stretch(later_first != backwards, begin)
