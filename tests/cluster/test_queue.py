"""Due rows go through a queue that nodes share: each is done once, whoever dies, and none is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from engine.adapters.queue import ProcrastinateQueue
from engine.commands.fire_timer import KINDS
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.commands.transaction import Transaction
from engine.jobs.dispatcher import next_due, run_due, run_rows
from engine.jobs.handing import LOST, hand_over, next_to_hand, portions, take_back
from engine.store import tables as t
from tests.cluster.conftest import wait_until_it_is
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
WAITS = diagram(node("startEvent", "s") + node("intermediateCatchEvent", "t", body=HOUR) + user("u") + flows("s t", "t u"))


def queue_of(office: Office, do: Callable[[Sequence[int]], None] | None = None) -> ProcrastinateQueue:
    """The queue as one node has it; it does nothing before it is started."""
    return ProcrastinateQueue(office.database.conninfo(), do or (lambda keys: run_rows(office.bus, keys)))


@contextmanager
def at_work(*queues: ProcrastinateQueue) -> Iterator[None]:
    """Nodes that take what the queue holds."""
    for queue in queues:
        queue.start()
    try:
        yield
    finally:
        for queue in queues:
            queue.stop()


def timers(office: Office, **having: Any) -> list[Any]:
    rows = [row for row in office.rows(t.job, everything=True) if row.kind == "TIMER"]
    return [row for row in rows if all(getattr(row, name) == value for name, value in having.items())]


def waiting(office: Office, count: int) -> Office:
    """So many cases whose timer is due."""
    office.deploy(WAITS)
    for _ in range(count):
        office.start()
    office.clock.advance(timedelta(hours=1))
    return office


def test_what_is_due_is_done_once_by_either_of_two_nodes(shared: Office) -> None:
    waiting(shared, 40)
    mine, other = queue_of(shared), queue_of(shared)
    assert hand_over(shared.bus, mine) == 40
    assert hand_over(shared.bus, other) == 0, "what was given is not given again"
    with at_work(mine, other):
        wait_until_it_is(lambda: len(timers(shared, state="COMPLETED")) == 40, "every timer fires")
        wait_until_it_is(lambda: queue_is_empty(shared), "the queue forgets what is done")
    events = [e for e in shared.rows(t.history_event, everything=True) if e.type == "timer-fired"]
    assert len(events) == len({e.process_instance_key for e in events}) == 40


def queue_is_empty(office: Office) -> bool:
    with office.database.read() as db:
        return queue_of(office).is_empty(db.connection.driver_connection)


def test_what_is_due_later_is_not_given(shared: Office) -> None:
    shared.deploy(WAITS)
    shared.start()
    assert hand_over(shared.bus, queue_of(shared)) == 0
    due = next_to_hand(shared.bus)
    assert due is not None and due == next_due(shared.bus) == shared.clock.now() + timedelta(hours=1)
    shared.clock.advance(timedelta(hours=2))
    due = next_to_hand(shared.bus)
    assert due is not None and due > shared.clock.now(), "what somebody holds is looked at again in a moment, not at once"


def test_a_row_that_was_given_is_in_nobody_elses_hands(shared: Office) -> None:
    waiting(shared, 1)
    hand_over(shared.bus, queue_of(shared))
    assert next_due(shared.bus) is None and run_due(shared.bus) == 0


def test_what_was_not_done_is_given_again_when_it_is_due_again(
    shared: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waiting(shared, 1)
    caplog.set_level(logging.CRITICAL, "krabuan.jobs")

    def fail(tx: Transaction, row: Any) -> None:
        raise RuntimeError("disk")

    (row,) = timers(shared)
    with monkeypatch.context() as broken:
        broken.setitem(KINDS, "TIMER", fail)
        hand_over(shared.bus, queue_of(shared))
        run_rows(shared.bus, [row.key])
    (row,) = timers(shared)
    assert (row.state, row.retries, row.handed_at) == ("PENDING", 2, None)
    assert hand_over(shared.bus, queue_of(shared)) == 0, "not before its next try is due"
    shared.clock.advance(timedelta(seconds=10))
    assert hand_over(shared.bus, queue_of(shared)) == 1


def test_a_timer_of_a_case_that_was_suspended_on_the_way_fires_after_it(shared: Office) -> None:
    waiting(shared, 1)
    hand_over(shared.bus, queue_of(shared))
    shared.run(SuspendInstance(shared.key), OWNER)
    (row,) = timers(shared)
    run_rows(shared.bus, [row.key])
    shared.run(ResumeInstance(shared.key), OWNER)
    assert hand_over(shared.bus, queue_of(shared)) == 1


def test_a_doubled_delivery_does_nothing(shared: Office) -> None:
    waiting(shared, 1)
    (row,) = timers(shared)
    run_rows(shared.bus, [row.key])
    before = shared.rows(t.history_event)
    run_rows(shared.bus, [row.key, row.key])
    assert shared.rows(t.history_event) == before


def test_what_a_silent_node_had_begun_is_done_by_another(shared: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.adapters.queue.BEAT", 0.1)
    waiting(shared, 1)
    begun, never = threading.Event(), threading.Event()

    def hang(keys: Sequence[int]) -> None:
        begun.set()
        never.wait(60)

    dead = queue_of(shared, hang)
    hand_over(shared.bus, dead)
    with at_work(dead):
        assert begun.wait(60)
        with shared.database.write() as db:  # it has not been heard of for a minute
            db.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"))
        with at_work(queue_of(shared)):
            wait_until_it_is(lambda: bool(timers(shared, state="COMPLETED")), "another node fires it")
        never.set()


def test_a_queue_whose_database_went_away_is_entered_again(
    shared: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("engine.adapters.queue.BEAT", 0.1)
    monkeypatch.setattr("engine.adapters.queue.AGAIN", 0.01)
    caplog.set_level(logging.CRITICAL, "procrastinate")
    caplog.set_level(logging.CRITICAL, "psycopg.pool")
    waiting(shared, 1)
    queue = queue_of(shared)
    with at_work(queue):
        wait_until_it_is(lambda: registered(shared) == 1, "it is a worker")
        with shared.database.write() as db:
            db.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                            " AND datname = current_database()"))  # fmt: skip
        hand_over(shared.bus, queue)
        wait_until_it_is(lambda: bool(timers(shared, state="COMPLETED")), "it works as before")


def registered(office: Office) -> int:
    with office.database.read() as db:
        found: int = db.execute(text("SELECT count(*) FROM procrastinate_workers")).scalar_one()
        return found


def test_what_the_queue_lost_is_given_again(shared: Office) -> None:
    waiting(shared, 2)
    queue = queue_of(shared)
    hand_over(shared.bus, queue)
    assert take_back(shared.bus, queue) == 0, "it is in the queue"
    with shared.database.write() as db:
        db.execute(text("DELETE FROM procrastinate_jobs"))
    assert take_back(shared.bus, queue) == 0, "it may be on its way there"
    with shared.database.write() as db:
        db.execute(update(t.job).values(handed_at=shared.clock.now() - 2 * LOST))
    assert take_back(shared.bus, queue) == 2
    assert hand_over(shared.bus, queue) == 2


SLOW, QUICK = [(1, [1]), (5, [1] * 5), (40, [5] * 8), (500, [10] * 50), (81, [10] * 8 + [1])], [(1, [1]), (5, [5]), (50, [20, 20, 10])]


@pytest.mark.parametrize(("kind", "rows", "sizes"), [
    *(("SERVICE_TASK", *one) for one in SLOW), *(("TIMER", *one) for one in QUICK),
])  # fmt: skip
def test_what_may_take_long_goes_one_by_one_until_there_is_much(kind: str, rows: int, sizes: list[int]) -> None:
    assert [len(portion) for portion in portions([(key, kind) for key in range(rows)])] == sizes


def test_the_order_stays_when_what_is_quick_goes_together() -> None:
    rows = [(1, "TIMER"), (2, "REMINDER"), (3, "SERVICE_TASK"), (4, "TIMER"), (5, "NEW_TASK")]
    assert portions(rows) == [[1, 2], [3], [4, 5]]


def test_a_case_that_somebody_holds_keeps_the_timers_of_no_other_waiting(shared: Office) -> None:
    waiting(shared, 3)
    held, *others = timers(shared)
    case = select(t.process_instance.c.key).where(t.process_instance.c.key == held.process_instance_key)
    node = threading.Thread(target=run_rows, args=[shared.bus, [held.key, *(row.key for row in others)]])
    with shared.database.write() as db:
        db.execute(case.with_for_update())
        node.start()
        wait_until_it_is(lambda: len(timers(shared, state="COMPLETED")) == 2, "the others fire meanwhile")
        assert timers(shared, state="PENDING") == [held]
    node.join(30)
    assert len(timers(shared, state="COMPLETED")) == 3 and shared.verified()
