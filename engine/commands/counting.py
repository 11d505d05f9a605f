"""When what is open is due by the calendars as they are now: from what its row says, without loading its case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from engine.calendar.errors import CalendarError
from engine.calendar.standard import follows_office
from engine.calendar.working import WorkingCalendar
from engine.commands.calendar_spans import concerns
from engine.commands.task_rows import over_at
from engine.commands.transaction import Transaction
from engine.deadlines.compute import Term, extended, moves_with_office, term_from
from engine.model.diagram import Process
from engine.model.manual import Deadline


class Counting:
    """Of one step of one change. Everything is None for what the changed calendar has nothing to do with, for what
    does not count in the office's time, and for a term that leads nowhere any more: that stays as it is."""

    def __init__(self, tx: Transaction, calendar: str, definitions: Mapping[int, int]) -> None:
        """`calendar` is the changed one; `definitions` are the versions of the processes, by case."""
        self._tx, self._calendar, self._definitions = tx, calendar, definitions
        self._calendars: dict[tuple[Any, ...], str | None] = {}

    def process(self, case: int) -> Process:
        """The diagram of a case."""
        return self._tx.services.definitions.process(self._tx.db, self._definitions[case]).definition.process

    def clock(self, row: Row[Any]) -> Deadline | None:
        """What the diagram says of a clock; None when the case has gone over to a version without it."""
        deadlines = self.process(row.process_instance_key).deadlines
        return next((clock for clock in deadlines if clock.id == row.deadline_id), None)

    def office(self, case: int, groups: Sequence[str], since: datetime) -> WorkingCalendar:
        """The calendar of a task with these candidate groups, or of a clock (none)."""
        owner = self.process(case).facts.owner_unit
        return self._tx.office(self._tx.calendars().of_task(groups, owner), since)

    def of_task(self, task: Row[Any]) -> datetime | None:
        """When the standard time of a task is over."""
        calendar = self._counts(task.process_instance_key, tuple(task.candidate_groups))
        return self._over(calendar, task.standard_from, task.standard_term)

    def of_element(self, element: Row[Any]) -> datetime | None:
        """When the standard time of the step is over that an element carries."""
        node = self.process(element.process_instance_key).nodes.get(element.element_id)
        step = None if node is None else node.step
        if step is None or step.standard_time is None or step.calendar is None:
            return None
        if not follows_office(step.calendar, step.to_working_day):
            return None
        term = (step.standard_time, step.calendar, step.to_working_day)
        return self._over(self._counts(element.process_instance_key, ()), element.started_at, term)

    def of_clock(self, row: Row[Any]) -> Term | None:
        """The term of a clock that runs, from the moment that it counts from."""
        clock = self.clock(row)
        if clock is None or not moves_with_office(clock):
            return None
        calendar = self._counts(row.process_instance_key, ())
        if calendar is None:
            return None
        term = term_from(clock, row.started_at, self._tx.office(calendar, row.started_at))
        return None if term is None else extended(term, row.extended_until)

    def _over(self, calendar: str | None, start: datetime, term: Sequence[Any]) -> datetime | None:
        if calendar is None:
            return None
        try:
            return over_at(start, term, self._tx.office(calendar, start))
        except CalendarError:
            return None

    def _counts(self, case: int, groups: Sequence[str]) -> str | None:
        """The calendar that counts for a task with these candidate groups (of a clock: none)."""
        key = (self._definitions[case], *groups)
        if key not in self._calendars:
            owner, known = self.process(case).facts.owner_unit, self._tx.calendars()
            concerned = concerns(known, self._calendar, (*groups, owner))
            self._calendars[key] = known.of_task(groups, owner) if concerned else None
        return self._calendars[key]
