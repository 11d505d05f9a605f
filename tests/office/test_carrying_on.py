"""A change of the calendar goes on where it stopped: after a crash in a step or between two, and by several nodes."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.move_deadlines import BeginCalendarChange, MoveDeadlines
from engine.jobs.calendars import run_calendar_changes
from engine.store import tables as t
from engine.store.batch import Batch
from tests.dsl import SYSTEM, Office
from tests.office.calendars import AWARE, CLOCK, change, holiday, local, steps

DONE = "21 Apr 16:30"


class Crash(Exception):
    """The power fails."""


def five_cases(office: Office) -> Office:
    office.deploy(steps(clocks=CLOCK))
    for _ in range(5):
        office.start(aware_at=AWARE)
    office.key = 0
    return office


def due(office: Office) -> list[str]:
    """When each task and clock is due."""
    rows = [*office.rows(t.user_task), *office.rows(t.deadline)]
    return [local(row.due_at) for row in rows]


def told(office: Office) -> list[int]:
    """The cases whose history tells of it."""
    return [row.process_instance_key for row in office.rows(t.history_event) if row.type == "deadlines-moved"]


def carry_on(office: Office) -> None:
    while run_calendar_changes(office.bus, step=2):
        pass


def test_progress_is_told_step_by_step(office: Office) -> None:
    holiday(five_cases(office), "2026-04-17", settle=False)
    assert run_calendar_changes(office.bus, step=2) == 1
    assert (change(office).state, change(office).total, change(office).done) == ("ACTIVE", 10, 0)
    seen = []
    while run_calendar_changes(office.bus, step=2):
        seen.append((change(office).done, change(office).moved))
    assert seen == sorted(seen) and len(set(seen)) >= 4
    assert (change(office).state, change(office).done, change(office).moved) == ("COMPLETED", 10, 10)
    assert due(office) == [DONE] * 10


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_crash_in_a_step_undoes_that_step_and_nothing_else(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    holiday(five_cases(office), "2026-04-17", settle=False)
    for _ in range(step):
        run_calendar_changes(office.bus, step=2)
    before = office.snapshot()

    def crash(batch: Batch, db: Any) -> None:
        run(batch, db)
        raise Crash

    run = Batch.run
    with monkeypatch.context() as patched:
        patched.setattr(Batch, "run", crash)
        assert run_calendar_changes(office.bus, step=2) == 1
    after = office.snapshot()
    assert {name for name in after if after[name] != before[name]} == {"job"}  # it is due again in a moment
    office.advance("PT1S")
    carry_on(office)
    assert due(office) == [DONE] * 10
    assert sorted(told(office)) == sorted(set(told(office))) and len(told(office)) == 5
    assert office.verified()


def test_a_new_process_goes_on_between_two_steps(office: Office, office_url: str) -> None:
    holiday(five_cases(office), "2026-04-17", settle=False)
    for _ in range(3):
        run_calendar_changes(office.bus, step=2)
    again = Office(office_url)
    carry_on(again)
    assert due(again) == [DONE] * 10 and len(told(again)) == 5
    again.close()


def test_a_step_that_was_done_already_does_nothing(office: Office) -> None:
    """As when another node was faster."""
    holiday(five_cases(office), "2026-04-17")
    before, key = office.snapshot(), change(office).key
    case = office.rows(t.process_instance)[0].key
    assert office.run(MoveDeadlines(key, (case,), case), SYSTEM) == 0
    office.run(BeginCalendarChange(key, 10), SYSTEM)
    assert office.snapshot() == before
