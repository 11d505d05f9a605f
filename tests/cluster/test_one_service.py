"""Nodes are one service: whatever their clocks, time zones and neighbours do."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from api.cluster import Cluster
from api.limits import Limits, Rate, Rates
from api.runtime import Alarm, Runtime, open_runtime
from engine.adapters.clock import SharedClock, TestClock
from engine.commands.claim_task import ClaimTask
from engine.errors import Busy
from engine.jobs.dispatcher import run_due
from engine.store import tables as t
from engine.store.database import Database
from engine.store.migrations import revisions, upgrade
from tests.cluster.conftest import wait_until_it_is
from tests.dsl import OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user

NOON = "<bpmn:timerEventDefinition><bpmn:timeDate>2026-04-10T19:00:00+07:00</bpmn:timeDate></bpmn:timerEventDefinition>"
WAITS = diagram(node("startEvent", "s") + node("intermediateCatchEvent", "t", body=NOON) + user("u") + flows("s t", "t u"))


class Bell:
    """A Wakeup that remembers."""

    def __init__(self) -> None:
        self.rung: list[datetime] = []

    def wake_at(self, moment: datetime) -> None:
        self.rung.append(moment)


@pytest.fixture
def runtime(shared_url: str) -> Iterator[Runtime]:
    opened = open_runtime(shared_url, clock=SharedClock())
    yield opened
    opened.close()


def clusters(runtime: Runtime, *, works: bool = True) -> tuple[Cluster, Bell, Limits]:
    """A node that was not started: what it hears is said to it here."""
    alarm, bell, limits = Alarm(), Bell(), Limits(Rates(account=Rate(1, 2)))
    alarm.rings(bell)
    return Cluster(runtime, alarm, limits, works=works), bell, limits


def ahead(runtime: Runtime) -> timedelta:
    """How far a node's clock is ahead of the machine's."""
    return runtime.clock.now() - datetime.now(UTC)


def test_a_node_goes_by_the_databases_clock(runtime: Runtime, caplog: pytest.LogCaptureFixture) -> None:
    cluster, _, _ = clusters(runtime)
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        cluster.clock_differs(3600.0, 3600.1)
    assert timedelta(minutes=59) < runtime.clock.now() - datetime.now(UTC) <= timedelta(hours=1)
    assert caplog.text.count("3600.0 seconds ahead") == 1, "it is said once"
    cluster.clock_differs(0.01, 0.02)
    cluster.clock_differs(-5.2, -5.0)
    assert "-5.0 seconds ahead" in caplog.text


def test_a_slow_answer_moves_no_clock_that_it_agrees_with(runtime: Runtime) -> None:
    """A node with a slow network would end the leases of workers early."""
    cluster, _, _ = clusters(runtime)
    cluster.clock_differs(-0.8, 0.1)
    assert ahead(runtime) < timedelta(milliseconds=50), "the clocks may well be the same"
    cluster.clock_differs(10.0, 10.1)
    cluster.clock_differs(9.5, 14.0)
    assert timedelta(seconds=9.9) < ahead(runtime) < timedelta(seconds=10.1)
    cluster.clock_differs(11.0, 16.0)  # the clock of one of them was set
    assert timedelta(seconds=10.9) < ahead(runtime) < timedelta(seconds=11.1)


def test_a_clock_that_is_moved_by_hand_stays_where_it_is(shared_url: str) -> None:
    still = open_runtime(shared_url, clock=TestClock(START))
    cluster, _, _ = clusters(still)
    cluster.clock_differs(3600.0, 3600.1)
    assert still.clock.now() == START
    still.close()


def test_what_others_say_reaches_who_it_is_for(runtime: Runtime) -> None:
    cluster, bell, limits = clusters(runtime)
    changes = runtime.live.changes
    cluster.heard("changed", None)
    assert runtime.live.wait(changes, 60) == changes + 1
    with runtime.live.listening() as announced:
        cluster.heard("announced", ["user-task", {"userTaskKey": "1"}])
        assert announced.get(timeout=60).topic == "user-task"
    cluster.heard("due", START.isoformat())
    assert bell.rung == [START]
    cluster.heard("taken", {"account": {"ann": 2}})
    with pytest.raises(Busy):
        limits.count_account("ann")
    cluster.heard("what a newer release says", {"any": "thing"})


def test_after_silence_everything_is_looked_at_again(runtime: Runtime) -> None:
    cluster, bell, _ = clusters(runtime)
    with runtime.live.listening() as announced:
        cluster.missed()
        assert announced.get(timeout=60).topic == "resync"
    assert len(bell.rung) == 1


def test_a_node_that_does_not_work_wakes_nobody_here(runtime: Runtime) -> None:
    cluster, bell, _ = clusters(runtime, works=False)
    cluster.heard("due", START.isoformat())
    cluster.missed()
    assert bell.rung == []


def test_what_was_counted_here_is_told_by_account(runtime: Runtime) -> None:
    cluster, _, limits = clusters(runtime)
    limits.count_account("ann")
    limits.count_account("ben")
    told: dict[str, Any] = {}
    for kind, data in cluster.to_tell():
        assert kind == "taken"
        told |= data["account"]
    assert told == {"ann": 1, "ben": 1} and not cluster.to_tell()


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_time_zone_of_a_session_changes_nothing(shared_url: str, zone: str) -> None:
    there = "&" if "?" in shared_url else "?"
    office = Office(f"{shared_url}{there}options=-c%20timezone%3D{zone}")
    office.deploy(WAITS)
    office.start()
    (row,) = [row for row in office.rows(t.job) if row.kind == "TIMER"]
    assert row.due_at == datetime(2026, 4, 10, 12, tzinfo=UTC)
    office.clock.advance(timedelta(hours=3))
    assert run_due(office.bus) == 1
    office.close()


def test_a_long_transaction_holds_up_its_own_case_alone_and_not_for_ever(shared_url: str) -> None:
    there = "&" if "?" in shared_url else "?"
    office = Office(f"{shared_url}{there}options=-c%20lock_timeout%3D100ms")
    office.deploy(WAITS)
    office.start()
    held = office.key
    office.clock.advance(timedelta(hours=3))
    assert run_due(office.bus) == 1
    task = office.task("u").key
    with office.database.write() as db:
        db.execute(text("SELECT 1 FROM process_instance WHERE key = :key FOR UPDATE"), {"key": held})
        with pytest.raises(Busy):
            office.run(ClaimTask(task), OWNER)
        assert office.start() != held, "another case goes on"
    office.run(ClaimTask(task), OWNER)
    office.close()


def test_a_migration_gives_way_to_who_is_at_work(postgres_url: str) -> None:
    """Whoever waits for a table makes all wait who come later: so it waits shortly, and again and again."""
    database, other = Database(postgres_url), Database(postgres_url)
    upgrade(database, "0048")
    migrating = threading.Thread(target=upgrade, args=(database,))
    with other.write() as busy:
        busy.execute(text("SELECT count(*) FROM job"))
        migrating.start()
        wait_until_it_is(lambda: _waits(other), "the migration waits for the table")
        wait_until_it_is(lambda: not _waits(other), "it gives way")
    migrating.join(60)
    with database.read() as db:
        present, newest = revisions(db)
    assert present == newest
    database.close()
    other.close()


def _waits(database: Database) -> bool:
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with database.read() as db:
        return bool(db.execute(text(asked)).scalar())
