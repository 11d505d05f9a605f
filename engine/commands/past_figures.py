"""Keep what reports count of cases that are deleted: numbers by month, without the cases and the people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from engine.calendar.durations import zone_info
from engine.commands.transaction import Transaction
from engine.store.measured import cases_done, steps_done, tasks_done
from engine.store.tables import deleted_figure
from engine.store.tables import element_instance as ei
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as ut

_OF = ("process_id", "month", "version", "counts", "element_id", "candidate_groups", "access_class")


def _add(insert: Callable[..., Any]) -> Any:
    new = insert(deleted_figure)
    more = {name: deleted_figure.c[name] + new.excluded[name] for name in ("counted", "kept")}
    return new.on_conflict_do_update(index_elements=_OF, set_=more)


_ADD = {"sqlite": _add(sqlite.insert), "postgresql": _add(postgresql.insert)}


def keep_figures(tx: Transaction, keys: Sequence[int]) -> None:
    """Add up what is measured of these cases; to be called once, before what they worked with is deleted."""
    figures: dict[tuple[Any, ...], dict[str, Any]] = {}
    zone = zone_info(tx.services.zone)
    for counts, row in _measured(tx, keys):
        month = datetime.fromisoformat(row.ended).astimezone(zone).strftime("%Y-%m")
        element, groups = getattr(row, "element_id", ""), getattr(row, "candidate_groups", "[]")
        of = (row.process_id, month, row.version, counts, element, groups, row.access_class)
        figure = figures.setdefault(of, {**dict(zip(_OF, of, strict=True)), "counted": 0, "kept": 0})
        figure["counted"] += 1
        figure["kept"] += row.kept
    if figures:
        # in one order, so that two deletions at once wait for each other instead of for ever
        tx.db.execute(_ADD[tx.db.dialect.name], [figures[of] for of in sorted(figures)])


def _measured(tx: Transaction, keys: Sequence[int]) -> Iterator[tuple[str, Any]]:
    for row in tx.db.execute(steps_done(ei.c.process_instance_key.in_(keys))):
        yield "STEP", row
    for row in tx.db.execute(cases_done(pi.c.key.in_(keys))):
        yield "CASE", row
    with_time = (ut.c.process_instance_key.in_(keys), ut.c.standard_due_at.is_not(None))
    for row in tx.db.execute(tasks_done(*with_time)):
        yield "TASK", row
