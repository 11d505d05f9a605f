"""Cases change while a change of the calendar moves their deadlines, and calendars change while cases begin."""

from __future__ import annotations

from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import Connection

from engine.commands import transaction
from engine.commands.calendars import settle
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.jobs.calendars import run_calendar_changes
from engine.store import tables as t
from engine.store.batch import Batch
from tests.concurrency.races import RacingOffice
from tests.dsl import OWNER, person
from tests.office.calendars import STEP, groups, holiday, local, steps

CLERK = person("cat", "g")


def begun(racing: RacingOffice, cases: int = 3) -> None:
    racing.deploy(steps(a=STEP + groups("g")))
    for _ in range(cases):
        racing.start()


def due(racing: RacingOffice) -> list[str]:
    """When each open task with a standard time is due."""
    rows = racing.rows(t.user_task, everything=True)
    return [local(row.due_at) for row in rows if row.element_id == "a" and row.completed_at is None]


def carry_on(racing: RacingOffice) -> None:
    while run_calendar_changes(racing.bus):
        pass


@pytest.mark.parametrize("first", ["the move", "the completion"])
def test_a_task_is_completed_while_it_is_moved(racing: RacingOffice, first: str) -> None:
    begun(racing)
    holiday(racing, "2026-04-17", settle=False)
    run_calendar_changes(racing.bus)  # it is begun
    complete = partial(racing.run, CompleteTask(racing.task("a").key, {}), CLERK)
    move = partial(run_calendar_changes, racing.bus)
    results = racing.race(move, complete) if first == "the move" else racing.race(complete, move)
    assert not [found for found in results if isinstance(found, Exception)]
    carry_on(racing)
    assert due(racing) == ["21 Apr 16:30"] * 2
    told = [r for r in racing.rows(t.history_event, everything=True) if r.type == "deadlines-moved"]
    assert len(told) == (3 if first == "the move" else 2)
    assert racing.verified()


@pytest.mark.parametrize("first", ["the case", "the change"])
def test_a_case_that_begins_at_the_same_moment_is_due_by_the_changed_calendar(
    racing: RacingOffice, first: str
) -> None:
    begun(racing, 1)
    begin = partial(racing.run, CreateInstance("p"), OWNER)
    add = partial(holiday, racing, "2026-04-17", settle=False)
    results = racing.race(begin, add) if first == "the case" else racing.race(add, begin)
    assert not [found for found in results if isinstance(found, Exception)]
    carry_on(racing)
    assert due(racing) == ["21 Apr 16:30"] * 2
    assert racing.verified()


def test_two_nodes_carry_the_same_change_on(racing: RacingOffice) -> None:
    begun(racing, 4)
    holiday(racing, "2026-04-17", settle=False)
    run_calendar_changes(racing.bus)
    racing.crowd([partial(run_calendar_changes, racing.bus, 1)] * 6)
    carry_on(racing)
    assert due(racing) == ["21 Apr 16:30"] * 4
    (change,) = racing.rows(t.calendar_change, everything=True)
    assert (change.state, change.done, change.moved) == ("COMPLETED", 4, 4)
    assert racing.verified()


def test_what_was_counted_before_a_whole_change_is_counted_anew(
    emptied_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a change may begin and end while a command counts: nobody would move what it has not written yet."""
    with closing(RacingOffice(emptied_postgres)) as racing:
        begun(racing, 1)
        counted: list[str] = []

        def changed_meanwhile(batch: Batch, db: Connection, stamp: str) -> None:
            counted.append(stamp)
            if len(counted) == 1:
                holiday(racing, "2026-04-17", settle=False)
                carry_on(racing)
            settle(batch, db, stamp)

        monkeypatch.setattr(transaction, "settle", changed_meanwhile)
        racing.run(CreateInstance("p"), OWNER)
        assert len(counted) == 2 and counted[0] != counted[1]
        assert due(racing) == ["21 Apr 16:30"] * 2
        assert racing.verified()
