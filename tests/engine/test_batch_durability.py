"""Batch operations are held, called off, and survive what goes wrong: nothing is lost and nothing done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.commands.advance_batch_operation import AdvanceBatchOperation
from engine.commands.cancel_instance import CancelInstance
from engine.commands.control_batch_operation import (
    CancelBatchOperation,
    ResumeBatchOperation,
    SuspendBatchOperation,
)
from engine.errors import Busy, Forbidden, InvalidState, NotFound
from engine.jobs import batches
from engine.jobs.batches import run_batches
from engine.model import batch as types
from engine.model.actor import Actor
from tests.dsl import ADMIN, OWNER, Office
from tests.engine.batching import ask, batch, items, states, three_cases, told

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def work(office: Office) -> Office:
    return three_cases(office)


def test_holding_going_on_and_calling_off(work: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "CHUNK", 1)
    key = ask(work, types.CANCEL)
    work.run(SuspendBatchOperation(key), OWNER)
    work.settle()
    assert (batch(work, key).state, batch(work, key).total) == ("SUSPENDED", 0)
    work.run(ResumeBatchOperation(key), ADMIN)
    run_batches(work.bus)
    run_batches(work.bus)
    assert (batch(work, key).state, batch(work, key).completed) == ("ACTIVE", 1)
    work.run(SuspendBatchOperation(key), OWNER)
    work.settle()
    assert [state for _, state in items(work, key)] == ["COMPLETED", "ACTIVE", "ACTIVE"]
    for refused in (SuspendBatchOperation(key), ResumeBatchOperation(0)):
        with pytest.raises((InvalidState, NotFound)):
            work.run(refused, OWNER)
    work.run(CancelBatchOperation(key), OWNER)
    work.settle()
    assert [state for _, state in items(work, key)] == ["COMPLETED", "CANCELED", "CANCELED"]
    row = batch(work, key)
    assert (row.state, row.completed, row.total, row.ended_at) == ("CANCELED", 1, 3, work.clock.now())
    for command in (ResumeBatchOperation(key), CancelBatchOperation(key), SuspendBatchOperation(key)):
        with pytest.raises(InvalidState):
            work.run(command, OWNER)
    with pytest.raises(Forbidden):
        work.run(CancelBatchOperation(key), Actor("narrow", roles=frozenset({"process-owner"}), owned=frozenset({"p"})))
    assert states(work) == ["TERMINATED", "ACTIVE", "ACTIVE"]


def test_a_suspended_operation_hands_out_no_item(work: Office) -> None:
    """A dispatcher that read the items before the suspension finds none of them to take."""
    key = ask(work, types.CANCEL)
    run_batches(work.bus)
    run, seen = work.bus.run, []

    def held(command: Any, actor: Actor, *rest: Any, **options: Any) -> Any:
        if isinstance(command, CancelInstance) and not seen:
            seen.append(command)
            run(SuspendBatchOperation(key), OWNER)
        return run(command, actor, *rest, **options)

    work.bus.run = held  # type: ignore[method-assign]
    run_batches(work.bus)
    assert (states(work), batch(work, key).state) == (["ACTIVE"] * 3, "SUSPENDED")


def test_a_filter_that_nobody_understands_is_an_error_of_the_operation(work: Office) -> None:
    key = ask(work, types.CANCEL, colour="red")
    work.settle()
    row = batch(work, key)
    assert (row.state, [e["type"] for e in row.errors]) == ("FAILED", ["QUERY_FAILED"])
    assert "colour" in row.errors[0]["message"]


def test_too_many_cases_are_refused_as_a_whole(work: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_CASES", 2)
    key = ask(work, types.CANCEL)
    work.settle()
    assert [e["type"] for e in batch(work, key).errors] == ["RESULT_BUFFER_SIZE_EXCEEDED"]
    assert states(work) == ["ACTIVE"] * 3


class Crash(BaseException):
    """The process ends here."""


def test_a_crash_after_an_item_neither_loses_nor_doubles_it(work: Office) -> None:
    key = ask(work, types.MODIFY, plan={"moves": [["a", "b"]]})
    run_batches(work.bus)
    run = work.bus.run

    def crashing(command: Any, actor: Actor, *rest: Any, **options: Any) -> Any:
        if isinstance(command, AdvanceBatchOperation):
            raise Crash
        return run(command, actor, *rest, **options)

    work.bus.run = crashing  # type: ignore[method-assign]
    with pytest.raises(Crash):
        run_batches(work.bus)
    work.bus.run = run  # type: ignore[method-assign]
    assert (batch(work, key).state, batch(work, key).completed) == ("ACTIVE", 0)
    work.settle()
    assert (batch(work, key).state, batch(work, key).completed) == ("COMPLETED", 3)
    assert len(told(work, "instance-modified")) == 3


def test_a_bug_in_one_item_stops_no_other(work: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    make = batches.command_of

    def broken(type_: str, plan: Any, instance: int, key: int) -> Any:
        return make(type_, plan, -1 if instance == work.key else instance, key)

    monkeypatch.setattr(batches, "command_of", broken)
    key = ask(work, types.CANCEL)
    work.settle()
    assert (batch(work, key).state, batch(work, key).failed) == ("PARTIALLY_COMPLETED", 1)


def test_what_is_busy_is_tried_again(work: Office) -> None:
    key = ask(work, types.CANCEL)
    run_batches(work.bus)
    run, refused = work.bus.run, []

    def busy(command: Any, actor: Actor, *rest: Any, **options: Any) -> Any:
        if isinstance(command, CancelInstance) and not refused:
            refused.append(command)
            raise Busy
        return run(command, actor, *rest, **options)

    work.bus.run = busy  # type: ignore[method-assign]
    work.settle()
    assert [state for _, state in items(work, key)] == ["ACTIVE", "COMPLETED", "COMPLETED"]
    work.advance("PT1S")
    assert batch(work, key).state == "COMPLETED"


KILLED = """
import os, signal, sys
from engine.adapters.clock import TestClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.definitions import Definitions
from engine.commands.modify_instance import ModifyInstance
from engine.commands.transaction import Services
from engine.jobs.batches import run_batches
from engine.store.database import Database
from tests.dsl import START

class Killed(Bus):
    done = 0
    def run(self, command, actor, *rest, **options):
        answer = super().run(command, actor, *rest, **options)
        if isinstance(command, ModifyInstance):
            self.done += 1
            if self.done == 2:
                os.kill(os.getpid(), signal.SIGKILL)
        return answer

bus = Killed(Database(sys.argv[1]), TestClock(START), Services(Keys(7), Definitions(), Passwords(8, 1)))
while run_batches(bus):
    pass
"""


def test_sigkill_in_the_middle(work: Office) -> None:
    key = ask(work, types.MODIFY, plan={"moves": [["a", "b"]]})
    url = work.database.url.render_as_string(hide_password=False)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", KILLED, url], env=environment, cwd=ROOT, check=False, timeout=120)
    assert ended.returncode == -signal.SIGKILL
    assert [state for _, state in items(work, key)] == ["COMPLETED", "COMPLETED", "ACTIVE"]
    work.settle()
    assert (batch(work, key).state, batch(work, key).completed) == ("COMPLETED", 3)
    assert len(told(work, "instance-modified")) == 3
    assert work.verified()
