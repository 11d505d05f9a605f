"""Whose time is over: cases that have been kept as long as their process says, with all that they called.

Ten years unless a process says otherwise: the ordinary time of the Office of the Prime Minister's Regulation on
Correspondence B.E. 2526 (1983), rule 57. It counts from the end of a case, by the version that the case ended under, so
that no later deployment shortens it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, false, or_, select

from engine.calendar.durations import add, parse_duration
from engine.calendar.keeping import FOREVER, is_period
from engine.commands.definitions import Definitions
from engine.errors import InvalidArgument
from engine.store.tables import process_definition, process_instance

DEFAULT_PERIOD = "P10Y"
SLACK = timedelta(days=3)  # months are of different length: what is found within it is counted exactly
_P = process_instance.c


@dataclass(frozen=True, slots=True)
class Due:
    """A case with all that it called. `cases` are (key, events, head), by key; `ended_at` is when the last ended, and
    `until` how long the one that is kept longest was to be kept."""

    root: int
    process_id: str
    ended_at: datetime
    until: datetime
    cases: tuple[tuple[int, int, str], ...]


class Periods:
    """How long the cases of each deployed version are kept, at one moment."""

    def __init__(self, db: Connection, definitions: Definitions, now: datetime, zone: str, default: str) -> None:
        """`default` is for versions that do not say. Raises InvalidArgument unless it is a period, or forever."""
        if not is_period(default):
            raise InvalidArgument(f"{default} is no period, such as {DEFAULT_PERIOD}, nor {FOREVER}")
        self._now, self._zone = now, zone
        self._of: dict[int, str] = {
            key: definitions.process(db, key).definition.process.retention or default
            for key in db.execute(select(process_definition.c.key)).scalars()
        }

    def until(self, definition: int, ended: datetime) -> datetime | None:
        """Until when a case that ended at a moment is kept; None for ever."""
        period = self._of[definition]
        return None if period == FOREVER else add(ended, parse_duration(period), self._zone)

    def perhaps_over(self) -> ColumnElement[bool]:
        """A condition that finds every case whose time is over, and a few others."""
        found: list[ColumnElement[bool]] = [false()]
        for period, keys in groupby(sorted(self._of, key=self._of.__getitem__), self._of.__getitem__):
            if period != FOREVER:
                back = replace(parse_duration(period), sign=-1)
                cut = add(self._now, back, self._zone) + SLACK
                found.append(_P.definition_key.in_(list(keys)) & (_P.ended_at <= cut))
        return or_(*found)

    def due(self, db: Connection, roots: Sequence[int]) -> list[Due]:
        """Those of these cases that were called by none and whose time is over, with all that they called, by key."""
        ends = (_P.definition_key, _P.ended_at, _P.history_sequence, _P.history_head)
        query = select(_P.key, _P.root_key, _P.process_id, *ends)
        rows = db.execute(query.where(_P.root_key.in_(roots)).order_by(_P.root_key, _P.key)).all()
        found = (self._one(list(group)) for _, group in groupby(rows, lambda row: row.root_key))
        return [due for due in found if due is not None]

    def _one(self, rows: list[Any]) -> Due | None:
        ends = [row.ended_at for row in rows]
        if any(end is None for end in ends):
            return None
        kept = [self.until(row.definition_key, row.ended_at) for row in rows]
        last = max((moment for moment in kept if moment is not None), default=None)
        if last is None or None in kept or last > self._now:
            return None
        cases = tuple((row.key, row.history_sequence, row.history_head) for row in rows)
        return Due(rows[0].root_key, rows[0].process_id, max(ends), last, cases)


def so_long_ago(now: datetime, period: str, zone: str) -> datetime:
    """The moment a period before now. Raises InvalidArgument for what is none, or for ever."""
    if period == FOREVER or not is_period(period):
        raise InvalidArgument(f"{period} is no period of years, months or days, such as P2Y")
    return add(now, replace(parse_duration(period), sign=-1), zone)


def due_pages(db: Connection, periods: Periods, at_once: int, after: int = 0) -> Iterator[tuple[int, list[Due]]]:
    """Some cases at a time, in the order of their keys: the last key that was looked at, and what is due of them."""
    while True:
        query = select(_P.key).where(_P.key > after, _P.parent_key.is_(None), periods.perhaps_over())
        roots = db.execute(query.order_by(_P.key).limit(at_once)).scalars().all()
        if not roots:
            return
        after = roots[-1]
        yield after, periods.due(db, roots)
