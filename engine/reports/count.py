"""Count what a report is about: every finished step, case and task of the period that may be counted for who asks."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, select

from engine.calendar.working import WorkingCalendar
from engine.errors import ReportTooLarge
from engine.reports.figures import Share, Spread, TaskTimes
from engine.reports.office_time import OfficeMeter
from engine.reports.periods import Period
from engine.reports.scopes import Scope
from engine.store.measured import cases_done, steps_done, tasks_done, waits_over
from engine.store.tables import deleted_figure, moment_text
from engine.store.tables import element_instance as ei
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as ut

LARGEST = 2_000_000  # rows that one report reads
_AT_ONCE = 10_000


@dataclass(slots=True)
class Figures:
    """What was counted. Months and versions count steps in a report of the whole process, tasks in others."""

    steps: Share = field(default_factory=Share)
    cases: Share = field(default_factory=Share)
    tasks: Share = field(default_factory=Share)
    by_step: defaultdict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    step_times: defaultdict[str, Spread] = field(default_factory=lambda: defaultdict(Spread))
    by_task: defaultdict[str, TaskTimes] = field(default_factory=lambda: defaultdict(TaskTimes))
    by_groups: defaultdict[str, Share] = field(default_factory=lambda: defaultdict(Share))  # JSON text
    by_person: defaultdict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    months: dict[str, Share] = field(default_factory=dict)
    versions: defaultdict[int, Share] = field(default_factory=lambda: defaultdict(Share))
    waits: defaultdict[str, Spread] = field(default_factory=lambda: defaultdict(Spread))
    deleted: Share = field(default_factory=Share)  # of the steps: those of cases that are deleted


class Counter:
    """Counts for one report. `office` is the calendar in whose working time waiting and working are told, too."""

    def __init__(
        self, db: Connection, process_id: str, clearance: int, period: Period, scope: Scope, office: WorkingCalendar
    ) -> None:
        self.figures = Figures()
        self._db, self._process, self._clearance = db, process_id, clearance
        self._period, self._scope = period, scope
        self._meter = OfficeMeter(office, period.start)
        months = period.months()
        self._ends = [moment_text(end) for _, end, _ in months]
        self._whole = [name for name, _, whole in months if whole]
        self.figures.months = {name: Share() for name, _, _ in months}
        self._months = list(self.figures.months.values())
        self._read = 0

    def count(self) -> Figures:
        """Everything. Raises ReportTooLarge."""
        if self._scope.name == "PROCESS":
            self._steps()
            self._cases()
            self._waits()
        self._tasks()
        if self._scope.name == "PROCESS":
            self._deleted()
        return self.figures

    def _rows(self, query: Select[Any]) -> Iterator[Any]:
        for row in self._db.execute(query, execution_options={"yield_per": _AT_ONCE}):
            self._read += 1
            if self._read > LARGEST:
                raise ReportTooLarge
            yield row

    def _of(self, process_id: Any, at: Any) -> tuple[Any, ...]:
        """Of the process, in the period, and of no class that who asks is not cleared for."""
        within = (at >= self._period.start, at < self._period.end)
        return (process_id == self._process, *within, pi.c.access_class <= self._clearance)

    def _month(self, ended: str) -> Share:
        return self._months[bisect_right(self._ends, ended)]

    def _steps(self) -> None:
        f = self.figures
        done = steps_done(*self._of(pi.c.process_id, ei.c.ended_at))
        for _, version, _, element, began, ended, kept in self._rows(done):
            for share in (f.steps, f.by_step[element], f.versions[version], self._month(ended)):
                share.counted += 1
                share.kept += kept
            f.step_times[element].add(_second(ended) - _second(began))

    def _cases(self) -> None:
        for row in self._rows(cases_done(*self._of(pi.c.process_id, pi.c.ended_at))):
            self.figures.cases.add(row.kept)

    def _waits(self) -> None:
        for row in self._rows(waits_over(*self._of(pi.c.process_id, ei.c.ended_at))):
            self.figures.waits[row.element_id].add(_second(row.ended) - _second(row.began))

    def _tasks(self) -> None:
        mine = func.coalesce(ut.c.completed_through, ut.c.completed_by) == self._scope.me
        own = [mine] if self._scope.name == "OWN" else []
        f, whole = self.figures, self._scope.name == "PROCESS"
        for row in self._rows(tasks_done(*self._of(ut.c.process_id, ut.c.completed_at), *own)):
            if not whole and not self._scope.holds(orjson.loads(row.candidate_groups), row.person):
                continue
            _, version, _, element, groups, person, began, claimed, ended, kept = row
            times = f.by_task[element]
            if claimed is not None:
                moments = (_second(began), _second(claimed), _second(ended))
                read = self._meter.read
                times.add(moments, (read(moments[0]), read(moments[1]), read(moments[2])))
            if kept is None:
                continue
            shares = [f.tasks, times.share, f.by_groups[groups]]
            if self._scope.shows(person):
                shares.append(f.by_person[person])
            if not whole:
                shares += (f.versions[version], self._month(ended))
            for share in shares:
                share.counted += 1
                share.kept += kept

    def _deleted(self) -> None:
        """Of months that lie in the period as a whole."""
        d, f = deleted_figure.c, self.figures
        of = (d.process_id == self._process, d.month.in_(self._whole), d.access_class <= self._clearance)
        for row in self._rows(select(deleted_figure).where(*of)):
            if row.counts == "CASE":
                shares = [f.cases]
            elif row.counts == "STEP":
                shares = [f.steps, f.by_step[row.element_id], f.versions[row.version], f.months[row.month], f.deleted]
            else:
                shares = [f.tasks, f.by_task[row.element_id].share, f.by_groups[row.candidate_groups]]
            for share in shares:
                share.add(row.kept, row.counted)


def _second(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
