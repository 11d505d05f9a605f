"""Rows that come due: each once, failures tried again and then visible, one row never in another's way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, insert

from engine.commands import fire_timer
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.transaction import Transaction
from engine.errors import Busy, InvalidState
from engine.jobs.dispatcher import next_due, run_due
from engine.store import tables as t
from tests.dsl import OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user

pytestmark = pytest.mark.usefixtures("quiet")

TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
WAITS = diagram(
    node("startEvent", "s") + node("intermediateCatchEvent", "t", body=TIMER) + user("u") + flows("s t", "t u")
)


class Faults:
    """Lets the next doings of a kind of row fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def make(self, kind: str, *errors: Exception | None) -> Callable[[], int]:
        """One error (or None) for each doing in turn; afterwards all is well. Returns a count of doings."""
        real, left, done = fire_timer.KINDS[kind], list(errors), []

        def act(tx: Transaction, row: Row[Any]) -> None:
            done.append(row.key)
            error = left.pop(0) if left else None
            if error is not None:
                raise error
            real(tx, row)

        self._monkeypatch.setitem(fire_timer.KINDS, kind, act)
        return lambda: len(done)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    return Faults(monkeypatch)


def timers(office: Office) -> list[Any]:
    return [r for r in office.rows(t.job) if r.kind == "TIMER"]


def late(office: Office, **duration: float) -> int:
    """Move the clock without doing anything, then let one round of the dispatcher run."""
    office.clock.advance(timedelta(**duration))
    return run_due(office.bus)


def test_what_fails_is_tried_again_later_and_later(office: Office, faults: Faults) -> None:
    office.deploy(WAITS)
    office.start()
    done = faults.make("TIMER", RuntimeError("disk"), RuntimeError("disk"))
    assert late(office, hours=1) == 1
    (row,) = timers(office)
    assert (row.state, row.retries, row.error_message) == ("PENDING", 2, "RuntimeError")
    assert row.due_at == office.clock.now() + timedelta(seconds=10)
    assert run_due(office.bus) == 0
    late(office, seconds=10)
    (row,) = timers(office)
    assert (row.retries, row.due_at) == (1, office.clock.now() + timedelta(minutes=1))
    late(office, minutes=1)
    assert (done(), office.waiting, timers(office)[0].state) == (3, ["u"], "COMPLETED")


def test_what_always_fails_becomes_an_incident_that_tries_again(office: Office, faults: Faults) -> None:
    office.deploy(WAITS)
    office.start()
    done = faults.make("TIMER", *[InvalidState("no disk")] * 3)
    late(office, hours=1)
    late(office, seconds=10)
    late(office, minutes=1)
    (row,), (incident,) = timers(office), office.rows(t.incident)
    assert (row.state, done(), office.instance.incidents) == ("FAILED", 3, 1)
    assert (incident.element_id, incident.error_type, incident.job_key) == ("t", "JOB_NO_RETRIES", row.key)
    assert "no disk" in incident.message
    assert next_due(office.bus) is None
    office.run(ResolveIncident(incident.key), OWNER)
    assert run_due(office.bus) == 1
    assert (office.waiting, office.instance.incidents, office.verified()) == (["u"], 0, True)


def test_contention_uses_up_no_tries(office: Office, faults: Faults) -> None:
    office.deploy(WAITS)
    office.start()
    faults.make("TIMER", *[Busy("a deadlock")] * 10)
    late(office, hours=1)
    for _ in range(9):
        late(office, seconds=1)
        assert timers(office)[0].retries == 3
    late(office, seconds=1)
    assert office.waiting == ["u"]


def test_a_failing_row_does_not_hold_up_the_rows_behind_it(office: Office, faults: Faults) -> None:
    office.deploy(WAITS)
    keys = [office.start() for _ in range(3)]
    faults.make("TIMER", RuntimeError("disk"), RuntimeError("disk"))  # together with the others, and alone
    assert late(office, hours=1) == 3
    waiting = []
    for key in keys:
        office.key = key
        waiting.append(office.waiting)
    assert waiting == [[], ["u"], ["u"]]


def test_a_failure_leaves_nothing_behind(office: Office, faults: Faults) -> None:
    office.deploy(WAITS)
    office.start()
    before = {k: v for k, v in office.snapshot().items() if k != "job"}
    faults.make("TIMER", RuntimeError("disk"))
    late(office, hours=1)
    assert {k: v for k, v in office.snapshot().items() if k != "job"} == before


def test_a_cancelled_case_fires_nothing(office: Office, faults: Faults) -> None:
    from engine.commands.cancel_instance import CancelInstance

    office.deploy(WAITS)
    office.start()
    done = faults.make("TIMER")
    office.run(CancelInstance(office.key), OWNER)
    late(office, hours=2)
    assert done() == 0


def test_the_earliest_comes_first_and_a_batch_has_a_limit(office: Office) -> None:
    office.deploy(WAITS)
    first = office.start()
    office.clock.advance(timedelta(minutes=1))
    second = office.start()
    office.clock.advance(timedelta(hours=2))
    assert next_due(office.bus) == START + timedelta(hours=1)
    assert run_due(office.bus, limit=1) == 1
    office.key = second
    assert office.waiting == []
    office.key = first
    assert office.waiting == ["u"]
    assert run_due(office.bus, limit=1) == 1
    assert run_due(office.bus) == 0


def test_jobs_of_workers_are_not_ours(office: Office) -> None:
    office.deploy(diagram(node("startEvent", "s") + node("serviceTask", "j", '<zeebe:taskDefinition type="pay"/>') + flows("s j")))
    office.start()
    assert (run_due(office.bus), next_due(office.bus)) == (0, None)


def test_a_start_timer_that_failed_starts_one_case(office: Office, faults: Faults) -> None:
    cycle = "<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>"
    office.deploy(diagram(node("startEvent", "s", body=cycle) + user("u") + flows("s u")))
    faults.make("TIMER_START", RuntimeError("disk"))
    late(office, days=1)
    assert office.rows(t.process_instance, everything=True) == []
    late(office, seconds=10)
    assert len(office.rows(t.process_instance, everything=True)) == 1
    assert next_due(office.bus) == START + timedelta(days=2)


def test_a_row_of_an_unknown_case_is_left_alone(office: Office) -> None:
    row = {"key": 99, "kind": "TIMER", "type": "timer", "state": "PENDING", "due_at": START, "retries": 3, "priority": 0, "payload": {}, "created_at": START}
    with office.database.write() as db:
        db.execute(insert(t.job), row)
    run_due(office.bus)
    for seconds in (10, 60):
        late(office, seconds=seconds)
    assert [r.state for r in office.rows(t.job, everything=True)] == ["FAILED"]
