"""The heat of one version of a process in a period: how often each element and flow was passed, how long it took, how
often it was late (docs/reference/heat-map.md has every figure).

Cases count that follow the version now and that who asks is cleared for; what is deleted counts for nothing. Counts are
made in the database; lengths of time are read row by row, as reports do (count.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from engine.calendar.working import WorkingCalendar
from engine.errors import ReportTooLarge
from engine.model.actor import Actor
from engine.model.diagram import Process
from engine.reports.count import LARGEST
from engine.reports.figures import Share, Spread, TaskTimes
from engine.reports.names import Diagrams
from engine.reports.office_time import OfficeMeter
from engine.reports.periods import Period
from engine.reports.versions import VersionWanted, reported
from engine.store.measured import steps_done, tasks_done, waits_over
from engine.store.tables import element_instance as ei
from engine.store.tables import history_event as h
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as ut

_AT_ONCE = 10_000
_ENDED = ("COMPLETED", "TERMINATED")


@dataclass(slots=True)
class Heat:
    """Of one element."""

    completed: int = 0
    terminated: int = 0
    active: int = 0
    steps: Share = field(default_factory=Share)
    times: TaskTimes = field(default_factory=TaskTimes)
    waited: Spread = field(default_factory=Spread)

    def shown(self) -> dict[str, Any]:
        """As the API shows it."""
        office = {"officeWaiting": self.times.office_waiting, "officeWorking": self.times.office_working}
        return {
            "completed": self.completed, "canceled": self.terminated, "active": self.active, **self.steps.shown(),
            "late": self.steps.counted - self.steps.kept, "waited": self.waited.shown(),
            **{name: spread.shown() for name, spread in office.items()},
        }  # fmt: skip


def heat_of_version(
    db: Connection, actor: Actor, diagrams: Diagrams, wanted: VersionWanted, office: WorkingCalendar, now: datetime
) -> dict[str, Any]:
    """The figures as the API shows them; `office` is the calendar of the organisation. Raises NotFound, PeriodRefused,
    ReportTooLarge, and Forbidden for who may not have the whole process reported."""
    version = reported(db, actor, wanted, office)
    of, period = version.of, version.period
    counted = _Counter(db, of, actor.clearance, period, office)
    return {
        **version.head(now),
        "cases": counted.cases(),
        "elements": _named(diagrams(db, of.key), counted.elements()),
        "flows": counted.flows(),
    }  # fmt: skip


def _named(process: Process, heats: dict[str, Heat]) -> list[dict[str, Any]]:
    """In the order of the diagram; what the version does not have is left out."""
    return [
        {"elementId": node.id, "name": {"th": node.name or None, "en": node.name_en or None}, **heats[node.id].shown()}
        for node in process.nodes.values()
        if node.id in heats
    ]


class _Counter:
    def __init__(self, db: Connection, of: Any, clearance: int, period: Period, office: WorkingCalendar) -> None:
        self._db, self._period = db, period
        self._meter = OfficeMeter(office, period.start)
        self._read = 0
        self._cases = (
            pi.c.process_id == of.process_id,  # for the index
            pi.c.definition_key == of.key,
            pi.c.state != "DELETED",
            pi.c.access_class <= clearance,
            pi.c.started_at < period.end,
            or_(pi.c.ended_at.is_(None), pi.c.ended_at >= period.start),
        )

    def cases(self) -> int:
        """The cases that were under way at any time of the period."""
        return int(self._db.execute(select(func.count()).select_from(pi).where(*self._cases)).scalar_one())

    def elements(self) -> dict[str, Heat]:
        """By element id."""
        heats: defaultdict[str, Heat] = defaultdict(Heat)
        for row in self._db.execute(self._counts()):
            heat = heats[row.element_id]
            heat.completed, heat.terminated, heat.active = int(row.completed), int(row.terminated), int(row.active)
        for row in self._rows(steps_done(*self._cases, *self._within(ei.c.ended_at))):
            heats[row.element_id].steps.add(row.kept)
        for row in self._rows(waits_over(*self._cases, *self._within(ei.c.ended_at))):
            heats[row.element_id].waited.add(_second(row.ended) - _second(row.began))
        for row in self._rows(tasks_done(*self._cases, *self._within(ut.c.completed_at))):
            if row.claimed is not None:
                began, claimed, ended = _second(row.began), _second(row.claimed), _second(row.ended)
                read = self._meter.read
                heats[row.element_id].times.add((began, claimed, ended), (read(began), read(claimed), read(ended)))
        return dict(heats)

    def flows(self) -> list[dict[str, Any]]:
        """How often each flow was taken in the period, by its id."""
        taken = func.count().label("taken")
        query = (
            select(h.c.element_id, taken)
            .join(pi, pi.c.key == h.c.process_instance_key)
            .where(h.c.type == "flow-taken", *self._cases, *self._within(h.c.at))
            .group_by(h.c.element_id)
            .order_by(h.c.element_id)
        )
        return [{"elementId": row.element_id, "taken": int(row.taken)} for row in self._db.execute(query)]

    def _counts(self) -> Select[Any]:
        """What ended in the period, and what is open now."""
        ended = [func.sum(case((ei.c.state == state, 1), else_=0)).label(state.lower()) for state in _ENDED]
        active = func.sum(case((ei.c.ended_at.is_(None), 1), else_=0)).label("active")
        return (
            select(ei.c.element_id, *ended, active)
            .join(pi, pi.c.key == ei.c.process_instance_key)
            .where(*self._cases, ei.c.element_type != "PROCESS")
            .where(
                or_(ei.c.ended_at.is_(None), (ei.c.ended_at >= self._period.start) & (ei.c.ended_at < self._period.end))
            )
            .group_by(ei.c.element_id)
        )

    def _within(self, at: ColumnElement[Any]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return at >= self._period.start, at < self._period.end

    def _rows(self, query: Select[Any]) -> Iterator[Any]:
        for row in self._db.execute(query, execution_options={"yield_per": _AT_ONCE}):
            self._read += 1
            if self._read > LARGEST:
                raise ReportTooLarge
            yield row


def _second(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
