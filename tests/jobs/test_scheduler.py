"""The embedded scheduler by the machine's clock: woken in time, one call at a time, never for good asleep."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.scheduler import Scheduler
from engine.bus import Bus
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.transaction import Services
from engine.jobs.dispatcher import next_due
from engine.jobs.work import work
from engine.store import tables as t
from tests.dsl import OWNER, Office, PlainHasher
from tests.execution.bench import diagram, flows, node, user

PATIENCE = 30.0  # seconds: what a loaded machine may take; nothing waits so long


class Agenda:
    """Moments at which something is due, done when they have come. Says what was done when."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.due: list[datetime] = []
        self.done: list[tuple[datetime, datetime]] = []  # (due, done)
        self.failures = 0
        self.rounds = 0
        self._alone = threading.Lock()

    def add(self, milliseconds: int) -> datetime:
        moment = datetime.now(UTC) + timedelta(milliseconds=milliseconds)
        with self.changed:
            self.due.append(moment)
        return moment

    def run_due(self) -> int:
        assert self._alone.acquire(blocking=False), "two calls at a time"
        try:
            with self.changed:
                self.rounds += 1
                self.changed.notify_all()
                if self.failures:
                    self.failures -= 1
                    raise RuntimeError("the database is away")
                now = datetime.now(UTC)
                ready = [moment for moment in self.due if moment <= now]
                self.due = [moment for moment in self.due if moment > now]
                self.done += [(moment, now) for moment in ready]
                return len(ready)
        finally:
            self._alone.release()

    def next_due(self) -> datetime | None:
        with self.changed:
            return min(self.due, default=None)

    def wait_done(self, count: int) -> list[tuple[datetime, datetime]]:
        """Returns as soon as so many are done."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.done) >= count, PATIENCE)
            return list(self.done)

    def wait_rounds(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.rounds >= count, PATIENCE)


@pytest.fixture
def agenda() -> Agenda:
    return Agenda()


@pytest.fixture
def scheduler(agenda: Agenda) -> Iterator[Scheduler]:
    made = Scheduler(agenda.run_due, agenda.next_due)
    yield made
    made.stop()
    assert not [th for th in threading.enumerate() if "APScheduler" in th.name]


def test_what_came_due_while_nothing_ran_is_done_at_the_start(agenda: Agenda, scheduler: Scheduler) -> None:
    agenda.add(-5000)
    agenda.add(-1)
    scheduler.start()
    assert len(agenda.wait_done(2)) == 2


def test_it_sleeps_until_the_next_is_due_and_is_never_early(agenda: Agenda, scheduler: Scheduler) -> None:
    moments = [agenda.add(ms) for ms in (150, 300, 450)]
    scheduler.start()
    done = agenda.wait_done(3)
    assert [due for due, _ in done] == moments
    assert all(at >= due for due, at in done)


def test_an_earlier_moment_moves_the_wake_up(agenda: Agenda, scheduler: Scheduler) -> None:
    agenda.add(3_600_000)
    scheduler.start()
    agenda.wait_rounds(1)
    soon = agenda.add(50)
    scheduler.wake_at(soon)
    assert [due for due, _ in agenda.wait_done(1)] == [soon]
    assert len(agenda.due) == 1


def test_a_missed_wake_up_costs_a_tick_not_a_timer(agenda: Agenda, scheduler: Scheduler) -> None:
    scheduler.start()
    agenda.wait_rounds(1)
    agenda.add(0)  # nobody says so
    agenda.wait_done(1)


def test_a_failure_does_not_end_it(agenda: Agenda, scheduler: Scheduler) -> None:
    logging.getLogger("apscheduler.executors.default").disabled = True
    agenda.failures = 2
    agenda.add(0)
    scheduler.start()
    agenda.wait_done(1)
    assert agenda.rounds >= 3
    logging.getLogger("apscheduler.executors.default").disabled = False


def test_many_wake_ups_at_once_are_one_call_at_a_time(agenda: Agenda, scheduler: Scheduler) -> None:
    scheduler.start()
    for ms in range(0, 200, 5):
        scheduler.wake_at(agenda.add(ms))
    agenda.wait_done(40)


@pytest.mark.parametrize(("rest", "waits"), [(0.0, False), (60.0, True)])
def test_between_two_rounds_it_rests(agenda: Agenda, rest: float, waits: bool) -> None:
    made = Scheduler(agenda.run_due, agenda.next_due, rest=rest)
    made._scheduler.start(paused=True)
    made._work()
    made.wake_at(datetime.now(UTC))
    planned = made._scheduler.get_job("krabuan-wake").next_run_time
    made.stop()
    assert (planned > datetime.now(UTC) + timedelta(seconds=30)) is waits


def test_after_the_end_nothing_is_done(agenda: Agenda) -> None:
    scheduler = Scheduler(agenda.run_due, agenda.next_due)
    scheduler.start()
    agenda.wait_rounds(1)
    scheduler.stop()
    rounds = agenda.rounds
    agenda.add(0)
    assert agenda.rounds == rounds
    assert not [th for th in threading.enumerate() if "APScheduler" in th.name]


def test_a_timer_of_a_case_fires_by_itself(office_url: str) -> None:
    office = Office(office_url)
    fired = threading.Event()

    class Listener:
        def announce(self, topic: str, data: dict[str, object]) -> None:
            if topic == "user-task":
                fired.set()

    services = Services(Keys(), Definitions(), PlainHasher())
    bus = Bus(office.database, SystemClock(), services, announcer=Listener())
    scheduler = Scheduler(lambda: work(bus), lambda: next_due(bus))
    bus = Bus(office.database, SystemClock(), services, wakeup=scheduler, announcer=Listener())
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT0.2S</bpmn:timeDuration></bpmn:timerEventDefinition>"
    xml = diagram(node("startEvent", "s") + node("intermediateCatchEvent", "t", body=timer) + user("u") + flows("s t", "t u"))
    scheduler.start()
    try:
        bus.run(Deploy((Resource("p.bpmn", xml),)), OWNER)
        key = int(bus.run(CreateInstance("p"), OWNER)["processInstanceKey"])
        assert fired.wait(PATIENCE)
    finally:
        scheduler.stop()
    office.key = key
    (row,) = office.rows(t.job)
    assert row.state == "COMPLETED" and row.ended_at >= row.due_at
    assert office.waiting == ["u"]
    office.close()


def test_it_can_be_stopped_while_it_wakes_up() -> None:
    """A thread that dies of an exception fails this test by itself."""
    for _ in range(60):
        scheduler = Scheduler(lambda: 0, lambda: None)
        scheduler.start()
        now = datetime.now(UTC)

        def tell(of: Scheduler = scheduler, from_: datetime = now) -> None:
            for minutes in range(30, -1, -1):
                of.wake_at(from_ + timedelta(minutes=minutes))

        threads = [threading.Thread(target=tell) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        scheduler.stop()
