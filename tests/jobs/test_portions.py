"""Due timers of different cases share a transaction: all of them are kept, or each is done alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Row, event, insert

from engine.commands import fire_timer
from engine.commands.cancel_instance import CancelInstance
from engine.commands.transaction import Transaction
from engine.errors import Busy
from engine.jobs.dispatcher import OF_ONE_CASE, TOGETHER, run_due
from engine.store import tables as t
from tests.dsl import OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user

pytestmark = pytest.mark.usefixtures("quiet")

TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
WAITS = diagram(
    node("startEvent", "s") + node("intermediateCatchEvent", "t", body=TIMER) + user("u") + flows("s t", "t u")
)
TWICE = diagram(
    node("startEvent", "s")
    + user("a")
    + node("boundaryEvent", "t", body=TIMER, attributes='attachedToRef="a"')
    + node("boundaryEvent", "n", body=TIMER, attributes='attachedToRef="a"')
    + user("b") + user("c")
    + flows("s a", "t b", "n c")
)  # fmt: skip


class Killed(BaseException):
    """The process ends in the middle of it."""


def due(office: Office, count: int) -> list[int]:
    """So many cases whose timer is due."""
    office.deploy(WAITS)
    keys = [office.start() for _ in range(count)]
    office.clock.advance(timedelta(hours=1))
    return keys


def waiting(office: Office, keys: list[int]) -> list[list[str]]:
    found = []
    for key in keys:
        office.key = key
        found.append(office.waiting)
    return found


def breaks(monkeypatch: pytest.MonkeyPatch, case: int, error: BaseException) -> list[int]:
    """Each doing of this case's timer ends so; returns the cases whose timers were begun, as they are."""
    real, begun = fire_timer.KINDS["TIMER"], list[int]()

    def act(tx: Transaction, row: Row[Any]) -> None:
        begun.append(row.process_instance_key)
        real(tx, row)
        if row.process_instance_key == case:
            raise error

    monkeypatch.setitem(fire_timer.KINDS, "TIMER", act)
    return begun


def commits(office: Office, wanted: int) -> int:
    """How often is committed while so many rows are done."""
    counted: list[Connection] = []

    def count(db: Connection) -> None:
        counted.append(db)

    event.listen(office.database.engine, "commit", count)
    try:
        assert run_due(office.bus) == wanted
    finally:
        event.remove(office.database.engine, "commit", count)
    return len(counted)


def test_the_timers_of_many_cases_share_a_commit(office: Office) -> None:
    keys = due(office, TOGETHER)
    assert commits(office, TOGETHER) <= 2, "what is due is read, and done"
    assert waiting(office, keys) == [["u"]] * TOGETHER and office.verified()


def test_what_concerns_more_than_a_case_is_done_alone() -> None:
    assert not OF_ONE_CASE - fire_timer.KINDS.keys() and not OF_ONE_CASE & {"SIGNAL", "TIMER_START", "DEADLINE"}


def test_one_that_fails_spoils_nothing_of_the_others(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = due(office, 5)
    office.run(CancelInstance(keys[3]), OWNER)  # its row is not due any more
    row = {"key": 99, "kind": "TIMER", "type": "timer", "state": "PENDING", "due_at": START, "retries": 3, "priority": 0, "payload": {}, "created_at": START}
    with office.database.write() as db:
        db.execute(insert(t.job), row)  # of no case
    breaks(monkeypatch, keys[1], RuntimeError("disk"))
    for seconds in (0, 10, 60):
        office.clock.advance(timedelta(seconds=seconds))
        run_due(office.bus)
    assert waiting(office, keys) == [["u"], [], ["u"], [], ["u"]]
    (incident,) = office.rows(t.incident, everything=True)
    assert (incident.process_instance_key, incident.error_type) == (keys[1], "JOB_NO_RETRIES")
    states = {r.process_instance_key: r.state for r in office.rows(t.job, everything=True) if r.kind == "TIMER"}
    assert states == dict(zip([*keys, None], ["COMPLETED", "FAILED", "COMPLETED", "CANCELED", "COMPLETED", "FAILED"], strict=True))
    fired = [e.process_instance_key for e in office.rows(t.history_event, everything=True) if e.type == "timer-fired"]
    assert sorted(fired) == sorted([keys[0], keys[2], keys[4]]) and office.verified()


def test_contention_of_one_uses_up_no_tries_of_any(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = due(office, 3)
    breaks(monkeypatch, keys[0], Busy("a deadlock"))
    run_due(office.bus)
    assert waiting(office, keys) == [[], ["u"], ["u"]]
    assert {r.retries for r in office.rows(t.job, everything=True) if r.kind == "TIMER"} == {3}


def test_two_rows_of_one_case_are_done_one_after_the_other(office: Office) -> None:
    office.deploy(TWICE)
    keys = [office.start() for _ in range(2)]
    office.clock.advance(timedelta(hours=1))
    run_due(office.bus)
    assert waiting(office, keys) == [["b"], ["b"]], "the first that comes interrupts, and the second finds nothing"
    for key in keys:
        office.key = key
        assert sorted(r.state for r in office.rows(t.job) if r.kind == "TIMER") == ["CANCELED", "COMPLETED"]
        assert office.events("timer-fired") == [("timer-fired", "t")]
    assert office.verified()


def test_who_dies_in_the_middle_leaves_nothing_half(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = due(office, 3)
    before = office.snapshot()
    with monkeypatch.context() as broken:
        begun = breaks(broken, keys[1], Killed())
        with pytest.raises(Killed):
            run_due(office.bus)
    assert begun == keys[:2] and office.snapshot() == before
    run_due(office.bus)
    assert waiting(office, keys) == [["u"]] * 3 and office.verified()


def test_nothing_follows_what_was_taken_back(office: Office) -> None:
    told: list[str] = []
    with pytest.raises(Killed), office.bus.together():
        office.bus.when_kept(lambda: told.append("half"))
        raise Killed
    with office.bus.together():
        office.bus.when_kept(lambda: told.append("whole"))
        assert told == []
    office.bus.when_kept(lambda: told.append("alone"))
    assert told == ["whole", "alone"]
