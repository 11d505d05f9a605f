"""What comes to a running case from outside the office: messages and signals that scenarios send, jobs of workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from benchmarks.year.chance import dice
from benchmarks.year.library import Library
from benchmarks.year.people import People, described, shifted
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.complete_job import CompleteJob
from engine.commands.publish_message import PublishMessage
from engine.commands.throw_job_error import ThrowJobError
from engine.errors import EngineError
from engine.model.actor import SYSTEM, Actor
from engine.model.jobs import FOR_WORKERS
from engine.scenarios.world import World
from engine.store.tables import job, process_instance, subscription

WORKER = Actor("worker", kind="client", roles=frozenset({"client"}))
SELDOM = 0.25  # how often something comes that a case can go on without
_BESIDE = frozenset({"boundaryEvent", "startEvent"})


@dataclass(slots=True)
class Outside:
    """The world around the office, as far as scenarios tell of it."""

    world: World
    library: Library
    people: People

    def comes(self, row: Row[Any]) -> bool:
        """Whether what a case waits for comes some day: always on its way, seldom beside a task."""
        if (row.kind, row.name) not in self.library.events:
            return False
        with self.world.database.read() as db:
            p = process_instance.c
            key = db.execute(select(p.definition_key).where(p.key == row.process_instance_key)).scalar_one()
            process = self.world.bus.services.definitions.process(db, key).definition.process
        beside = process.nodes[row.element_id].type in _BESIDE
        return not beside or dice(self.people.seed, "seldom", row.key).random() < SELDOM

    def works(self, row: Row[Any]) -> bool:
        """Whether a worker of some scenario does jobs of this kind."""
        return row.kind in FOR_WORKERS and row.type in self.library.jobs

    def do(self, kind: str, key: int) -> None:
        """Let it come, unless nobody waits for it any more."""
        try:
            self._event(key) if kind == "event" else self._job(key)
        except EngineError as error:
            self.people.refusals[f"{kind} {described(error)}"] += 1

    def _event(self, key: int) -> None:
        with self.world.database.read() as db:
            row = db.execute(select(subscription).where(subscription.c.key == key)).one_or_none()
        if row is None:
            return
        sample = dice(self.people.seed, "event", key).choice(self.library.events[row.kind, row.name])
        data = self._data(sample.what, sample)
        who = self.people.actor(sample.account) if sample.account else SYSTEM
        if row.kind == "message":
            self.world.bus.run(PublishMessage(row.name, row.correlation_key, 0, None, data), who)
        else:
            self.world.bus.run(BroadcastSignal(row.name, data), who)

    def _job(self, key: int) -> None:
        with self.world.database.read() as db:
            row = db.execute(select(job).where(job.c.key == key)).one()
        if row.state not in ("PENDING", "LOCKED"):
            return
        sample = dice(self.people.seed, "job", key).choice(self.library.jobs[row.type])
        data = self._data(sample.what, sample)
        if "error" in sample.what:
            command: Any = ThrowJobError(key, str(sample.what["error"]), "", data)
        else:
            done: Mapping[str, Any] = sample.what.get("complete") or {}
            command = CompleteJob(key, shifted(done, sample.at, self.world.clock.now()))
        self.world.bus.run(command, WORKER)

    def _data(self, what: Mapping[str, Any], sample: Any) -> dict[str, Any]:
        return shifted(what.get("data") or {}, sample.at, self.world.clock.now())
