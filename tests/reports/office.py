"""An office at work by chance, and a slow and plain account of what it did, kept while it was done."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.delete_instance import DeleteInstance
from engine.commands.update_task import UpdateTask
from engine.model.access import CLASSES
from engine.model.actor import SYSTEM, Actor
from engine.reports.periods import Kind
from engine.reports.scopes import Name
from engine.reports.standard_time import Wanted, standard_time_report
from engine.store import tables as t
from tests.dsl import ADMIN, OWNER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import TO_FINANCE, TO_LEGAL, account, employ

BANGKOK = ZoneInfo("Asia/Bangkok")
LIMITS = {"a": timedelta(days=1), "b": timedelta(days=2)}  # task c has no standard time
WHO = {"a": ("ann", "ben", "cem"), "b": ("ann",), "c": ("ben", "cem")}
FACTS = '<krabuan:process targetPercent="90"/>'


def step(key: str, days: int, number: str = "1") -> str:
    return f'<krabuan:step key="{key}" number="{number}" standardTime="P{days}D" calendar="calendar"/>'


def process(name: str = "p") -> bytes:
    """Task a (one day), task b (two days), task c."""
    box = f"<bpmn:extensionElements>{FACTS}</bpmn:extensionElements>"
    tasks = user("a", TO_FINANCE + step("a", 1)) + user("b", TO_LEGAL + step("b", 2, "2")) + user("c", TO_FINANCE)
    body = box + node("startEvent", "s") + tasks + node("endEvent", "e") + flows("s a", "a b", "b c", "c e")
    return diagram(body, process_id=name)


def report(
    office: Office, actor: Actor, kind: Kind, first: date, last: date | None = None, scope: Name | None = None
) -> dict[str, Any]:
    """What a person is told of process p."""
    services = office.bus.services
    diagrams: Any = lambda db, key: services.definitions.process(db, key).definition.process  # noqa: E731
    with office.database.read() as db:
        wanted, now = Wanted("p", kind, first, last, scope), office.clock.now()
        return standard_time_report(db, actor, diagrams, wanted, services.office(db, now), now)


@dataclass
class Done:
    """One task that was done. `kept` is None for one without standard time."""

    case: int
    version: int
    element: str
    person: str
    began: datetime
    claimed: datetime
    ended: datetime

    @property
    def kept(self) -> bool | None:
        limit = LIMITS.get(self.element)
        return None if limit is None else self.ended - self.began <= limit


@dataclass
class Chance:
    """Starts cases, claims, completes, classifies, cancels and deletes by chance; and writes down what it does."""

    office: Office
    random: random.Random
    done: list[Done] = field(default_factory=list)
    finished: dict[int, datetime] = field(default_factory=dict)  # completed cases
    classes: dict[int, int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)

    def work(self, rounds: int) -> None:
        employ(self.office).deploy(process())
        for number in range(rounds):
            if number == rounds // 2:
                self.office.deploy(process() + b" ")  # version 2 of the same
            self.office.clock.advance(timedelta(seconds=self.random.randrange(1, 6 * 3600)))
            self.random.choice((self._start, self._claim, self._claim, self._complete, self._complete, self._rare))()

    def _tasks(self, assigned: bool) -> list[Any]:
        rows = self.office.rows(t.user_task, everything=True)
        return [row for row in rows if row.state == "CREATED" and (row.assignee is not None) == assigned]

    def _start(self) -> None:
        key = int(self.office.run(CreateInstance("p"), OWNER)["processInstanceKey"])
        self.classes[key] = 0

    def _claim(self) -> None:
        if tasks := [task for task in self._tasks(False) if self.classes[task.process_instance_key] == 0]:
            task = self.random.choice(tasks)
            self.office.run(ClaimTask(task.key), account(self.office, self.random.choice(WHO[task.element_id])))

    def _complete(self) -> None:
        if not (tasks := [task for task in self._tasks(True) if self.classes[task.process_instance_key] == 0]):
            return
        task, now = self.random.choice(tasks), self.office.clock.now()
        self.office.run(CompleteTask(task.key), account(self.office, task.assignee))
        case = task.process_instance_key
        self.done.append(
            Done(case, task.process_version, task.element_id, task.assignee, task.created_at, task.claimed_at, now)
        )
        if task.element_id == "c":
            self.finished[case] = now

    def _rare(self) -> None:
        what = self.random.randrange(5)
        if what == 0 and self.finished:
            case = self.random.choice(sorted(self.finished))
            if case not in self.deleted and self.classes[case] == 0:
                self.classes[case] = 1
                self.office.run(ClassifyInstance(case, CLASSES[1]), SYSTEM)
        elif what == 1 and (tasks := self._tasks(False)):
            self.office.run(CancelInstance(self.random.choice(tasks).process_instance_key), ADMIN)
        elif what == 2 and (tasks := self._tasks(False)):
            later = self.office.clock.now() + timedelta(days=self.random.randrange(-3, 9))
            self.office.run(UpdateTask(self.random.choice(tasks).key, {"due_at": later}), OWNER)
        elif what == 3 and self.finished:
            case = self.random.choice(sorted(self.finished))
            if case not in self.deleted and self.classes[case] == 0:
                self.deleted.add(case)
                self.office.run(DeleteInstance(case), ADMIN)


def in_days(moment: datetime, first: date, last: date) -> bool:
    return first <= moment.astimezone(BANGKOK).date() <= last


def share(kept: Iterable[bool]) -> dict[str, Any]:
    """Counted one by one."""
    found = list(kept)
    return {
        "counted": len(found), "kept": found.count(True),
        "sharePercent": int(1000 * found.count(True) / len(found)) / 10 if found else None,
    }  # fmt: skip


def grouped(done: Iterable[Done], by: Callable[[Done], Any]) -> dict[Any, dict[str, Any]]:
    """The shares by something."""
    found: dict[Any, list[bool]] = {}
    for one in done:
        if one.kept is not None:
            found.setdefault(by(one), []).append(one.kept)
    return {key: share(kept) for key, kept in found.items()}
