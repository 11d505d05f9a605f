"""The variants of one version of a process: the paths that its cases really took, how many took each, how long they
were and how often late (docs/reference/variants.md).

Counted are the cases that ended in the period, that follow the version now and that who asks is cleared for. A path is
the row of tasks and called processes in the order in which they were entered; what was done several times on end is
told once, as repeated. One row of the database for each step is read, in the order of an index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, case, exists, func, or_, select, type_coerce

from engine.calendar.working import WorkingCalendar
from engine.errors import ReportTooLarge
from engine.model.actor import Actor
from engine.model.diagram import Process
from engine.reports.count import LARGEST
from engine.reports.figures import Share, Spread
from engine.reports.names import Diagrams
from engine.reports.periods import Period
from engine.reports.versions import VersionWanted, reported
from engine.store.tables import deadline
from engine.store.tables import element_instance as ei
from engine.store.tables import process_instance as pi

MOST_SHOWN, MOST_KEYS = 100, 50  # variants of an answer; cases of a variant
LONGEST_LOOP, LONGEST_PATH = 6, 500  # steps of a loop that is folded; steps of a path that is looked at
_AT_ONCE = 10_000
_MISSED = ("MISSED", "LATE", "OUT_OF_TERM")
Step = tuple[str, bool]  # the id of an element, and whether it was repeated
Path = tuple[Step, ...]


@dataclass(slots=True)
class Variant:
    """Of one path. `keys` are those of its latest cases."""

    path: Path
    cases: int = 0
    cancelled: int = 0
    missed: int = 0  # cases that missed a deadline
    late: int = 0  # cases with a step that took longer than its standard time
    lasted: Spread = field(default_factory=Spread)
    keys: list[int] = field(default_factory=list)

    def shown(self, process: Process, of: int) -> dict[str, Any]:
        """As the API shows it; `of` is the number of all cases."""
        steps = []
        for element, repeated in self.path:
            node = process.nodes.get(element)
            name = {"th": None, "en": None} if node is None else {"th": node.name or None, "en": node.name_en or None}
            steps.append({"elementId": element, "name": name, "repeated": repeated})
        said = "\n".join(f"{element} {repeated:d}" for element, repeated in self.path)
        return {
            "variantId": hashlib.sha256(said.encode()).hexdigest()[:16], "steps": steps, "cases": self.cases,
            "sharePercent": Share(of, self.cases).percent, "duration": self.lasted.shown(), "canceled": self.cancelled,
            "missedDeadlines": self.missed, "lateSteps": self.late, "processInstanceKeys": [str(k) for k in self.keys],
        }  # fmt: skip


def variants_of_version(
    db: Connection, actor: Actor, diagrams: Diagrams, wanted: VersionWanted, office: WorkingCalendar, now: datetime
) -> dict[str, Any]:
    """The variants as the API shows them, the most frequent first. Raises NotFound, PeriodRefused, ReportTooLarge, and
    Forbidden for who may not have the whole process reported."""
    version = reported(db, actor, wanted, office)
    of, period = version.of, version.period
    found = sorted(_counted(db, _ended(of, actor.clearance, period)), key=lambda one: (-one.cases, one.path))
    total, process = sum(one.cases for one in found), diagrams(db, of.key)
    rest = found[MOST_SHOWN:]
    return {
        **version.head(now),
        "cases": total,
        "items": [one.shown(process, total) for one in found[:MOST_SHOWN]],
        "others": {"variants": len(rest), "cases": sum(one.cases for one in rest)},
    }  # fmt: skip


def _ended(of: Any, clearance: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        pi.c.process_id == of.process_id,  # for the index
        pi.c.definition_key == of.key,
        pi.c.state.in_(("COMPLETED", "TERMINATED")),
        pi.c.access_class <= clearance,
        pi.c.ended_at >= period.start,
        pi.c.ended_at < period.end,
    )


def _counted(db: Connection, cases: Sequence[ColumnElement[bool]]) -> list[Variant]:
    """Every variant, in no order."""
    found: dict[Path, Variant] = {}
    for _, rows in groupby(_rows(db, cases), key=lambda row: row.key):
        steps = list(rows)
        first = steps[0]
        path = folded([row.element_id for row in steps if row.element_id is not None])
        one = found.setdefault(path, Variant(path))
        one.cases += 1
        one.cancelled += first.state == "TERMINATED"
        one.missed += bool(first.missed)
        one.late += any(row.late for row in steps)
        one.lasted.add(_second(first.ended) - _second(first.began))
        one.keys = [first.key, *one.keys][:MOST_KEYS]
    return list(found.values())


def _rows(db: Connection, cases: Sequence[ColumnElement[bool]]) -> Iterator[Any]:
    """A row for each step, those of a case together in the order in which they were entered; one without a step for a
    case that had none."""
    missed = exists().where(deadline.c.process_instance_key == pi.c.key, deadline.c.state.in_(_MISSED))
    work = or_(ei.c.element_type.like("%\\_TASK", escape="\\"), ei.c.element_type == "CALL_ACTIVITY")
    query = (
        select(
            pi.c.key, pi.c.state, type_coerce(pi.c.started_at, String).label("began"),
            type_coerce(pi.c.ended_at, String).label("ended"), case((missed, 1), else_=0).label("missed"),
            ei.c.element_id, case((ei.c.ended_at > ei.c.standard_due_at, 1), else_=0).label("late"),
        )
        .select_from(pi.outerjoin(ei, (ei.c.process_instance_key == pi.c.key) & work))
        .where(*cases)
        .order_by(pi.c.ended_at, pi.c.key, ei.c.started_at, ei.c.key)
    )  # fmt: skip
    if db.execute(select(func.count()).select_from(pi).where(*cases)).scalar_one() > LARGEST:
        raise ReportTooLarge
    with db.execute(query, execution_options={"yield_per": _AT_ONCE}) as rows:
        for number, row in enumerate(rows):
            if number >= LARGEST:
                raise ReportTooLarge
            yield row


def folded(elements: Sequence[str]) -> Path:
    """The path with what was repeated on end, one step or several of them, told once: a b a b c is (a, b)+ c."""
    steps: list[Step] = [(element, False) for element in elements[:LONGEST_PATH]]
    for size in range(1, LONGEST_LOOP + 1):
        steps = _fold(steps, size)
    return tuple(steps)


def _fold(steps: list[Step], size: int) -> list[Step]:
    made: list[Step] = []
    for step in steps:
        made.append(step)
        last, before = made[-size:], made[-2 * size : -size]
        if len(before) == size and [name for name, _ in last] == [name for name, _ in before]:
            del made[-size:]
            made[-size:] = [(name, True) for name, _ in made[-size:]]
    return made


def _second(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
