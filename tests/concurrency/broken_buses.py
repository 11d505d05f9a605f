"""Engines that are wrong in one way each, and a door that is: what the judge of linearizability has to find."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.linearizability.doors import BusDoor, Known
from benchmarks.linearizability.drive import Arena, Shape
from benchmarks.linearizability.operations import Operation, Outcome
from benchmarks.linearizability.verdict import Tally
from benchmarks.linearizability.worker import Board, Task, work
from engine.bus import Bus
from engine.commands import registry
from engine.commands.assignment import set_assignee
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.registry import Handler, Target
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.model.actor import Actor
from engine.store import instances, tasks
from engine.store.prepared import Prepared

CLIENTS = 6


class Inside(Arena):
    """All clients are threads of this process, and come through one door."""

    def __init__(self, url: str, door: type[BusDoor], bus: type[Bus]) -> None:
        super().__init__(url, Shape(bus=(CLIENTS,), cases=10, each=40), "broken")
        self.door = door(bus(self.database, self.bus.clock, self.bus.services))

    def act(self, folder: Path, windows: Sequence[Sequence[int]], tally: Tally) -> None:
        task = Task(folder, windows, self.versions, self.shape.each, "broken")
        work(task, Board(CLIENTS), range(CLIENTS), lambda _client: self.door)


class Undone(Exception):
    """Rolls back."""


class Forgetful(Bus):
    """Acknowledges every fifth command and does not commit it."""

    counted = itertools.count(1)

    def _attempt(self, *about: Any) -> tuple[Transaction, Any]:
        if next(self.counted) % 5:
            return super()._attempt(*about)
        handler, command, actor, idempotency, _ticket = about
        try:
            with self.database.write() as db:
                tx = Transaction(db, actor, self.clock.now(), self.services)
                answer = self._once(handler, command, tx, idempotency)
                raise Undone
        except Undone:
            return tx, answer


class Obliging(Bus):
    """A task that is completed may be completed again, by whoever had it: nothing happens, and that is success."""

    def run(self, command: Any, actor: Actor, idempotency: str | None = None, **options: Any) -> Any:
        try:
            return super().run(command, actor, idempotency, **options)
        except InvalidState:
            if isinstance(command, CompleteTask):
                return None
            raise


class Repeating(Bus):
    """Does again what was asked for with the same key."""

    def run(self, command: Any, actor: Actor, idempotency: str | None = None, **options: Any) -> Any:
        return super().run(command, actor, None, **options)


class Remembering(BusDoor):
    """Every second look at a task shows what the last one showed."""

    def __init__(self, bus: Bus) -> None:
        super().__init__(bus)
        self._shown: dict[tuple[int, str | None], Outcome] = {}

    def ask(self, operation: Operation, known: Known) -> Outcome:
        about = known.case, operation.element
        if operation.kind == "see-task" and about in self._shown:
            return self._shown.pop(about)
        outcome = super().ask(operation, known)
        if operation.kind == "see-task":
            self._shown[about] = outcome
        return outcome


def leave_out_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is locked where it is loaded; the revision of the case is still looked at when it is written."""
    monkeypatch.setattr(tasks, "_LOCKING", Prepared(tasks._QUERY))
    monkeypatch.setattr(instances, "_HIERARCHY", Prepared(instances._ALL.where(instances.pi.c.key.in_(instances._ROOTS))))


def claim_what_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it once was: whose a task was could claim it when it was completed, which went into the history."""

    def act(_command: ClaimTask, target: Target, tx: Transaction) -> Any:
        task = target.rows["task"]
        if task.assignee is not None and task.assignee != tx.actor.name:
            raise InvalidState("somebody else has claimed this task", assignee=task.assignee)
        return None if task.assignee == tx.actor.name else set_assignee(tx, target, tx.actor.name, "claim")

    handler: Handler = registry.handler_of(ClaimTask)
    monkeypatch.setitem(registry._HANDLERS, ClaimTask, replace(handler, act=act))
