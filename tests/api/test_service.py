"""What a server process does by itself: wake up, do what is due, tidy up."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from api.runtime import Alarm, Runtime
from api.service import Worker
from engine.adapters.clock import TestClock
from engine.commands.create_instance import CreateInstance
from engine.commands.sign_in import SignIn
from engine.queries.people import account_of
from engine.store.tables import idempotency_key, session
from tests.api.world import World, actor


def counted(runtime: Runtime) -> tuple[int, int]:
    with runtime.database.read() as db:
        answers = db.execute(select(func.count()).select_from(idempotency_key)).scalar_one()
        return answers, db.execute(select(func.count()).select_from(session)).scalar_one()


def test_what_is_kept_for_a_time_is_forgotten(at_work: tuple[Runtime, World]) -> None:
    runtime, _ = at_work
    clock = runtime.clock
    assert isinstance(clock, TestClock)
    with runtime.database.read() as db:
        ann = account_of(db, "ann")
    assert ann is not None and ann.password_hash is not None
    runtime.bus.run(SignIn("ann", ann.password_hash), ann.actor())
    creation = CreateInstance("sdk-order", variables={"orderId": "x"})
    first = runtime.bus.run(creation, actor(runtime, "narrow"), "key")
    Worker(runtime).work()
    assert counted(runtime) == (1, 2)  # the world has a session, too
    clock.advance(timedelta(hours=12))
    Worker(runtime).work()
    assert counted(runtime) == (1, 0)
    clock.advance(timedelta(hours=12))
    Worker(runtime).work()
    assert counted(runtime) == (0, 0)
    again = runtime.bus.run(creation, actor(runtime, "narrow"), "key")
    assert again["processInstanceKey"] != first["processInstanceKey"]


def test_tidying_is_not_done_with_every_look(at_work: tuple[Runtime, World]) -> None:
    runtime, _ = at_work
    worker = Worker(runtime)
    before = runtime.live.changes
    worker.work()
    first = runtime.live.changes
    assert first > before  # tidied, and the holidays of the years around written down
    for _ in range(5):
        worker.work()
    assert runtime.live.changes == first


def test_an_alarm_rings_once_there_is_somebody_to_hear() -> None:
    heard: list[datetime] = []

    class Sleeper:
        def wake_at(self, moment: datetime) -> None:
            heard.append(moment)

    alarm, now = Alarm(), datetime.fromisoformat("2026-04-10T09:00:00+00:00")
    alarm.wake_at(now)
    alarm.rings(Sleeper())
    alarm.wake_at(now)
    assert heard == [now]
