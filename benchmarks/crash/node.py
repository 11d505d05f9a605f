"""One engine process of the crash run: it starts cases, does people's and workers' work, and what falls due.

Everything it does goes through the bus. It is killed at any moment and started again; what is left to
do it finds in the database. It prints `ready` when it begins and `done` when all cases are complete.
"""

from __future__ import annotations

import argparse
import threading
from contextlib import suppress

from sqlalchemy import func, select

from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.adapters.scheduler import Scheduler
from engine.bus import Bus
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.definitions import Definitions
from engine.commands.transaction import Services
from engine.errors import EngineError
from engine.jobs.dispatcher import next_due
from engine.jobs.work import work
from engine.model.actor import Actor
from engine.store.database import Database
from engine.store.tables import process_instance, user_task

STAFF = Actor("staff", roles=frozenset({"staff"}), groups=frozenset({"staff_group"}))
CLIENT = Actor("client", kind="client", roles=frozenset({"client"}))


class Node:
    """Starts cases and does whatever is open."""

    def __init__(self, url: str, cases: int) -> None:
        self.database = Database(url)
        self.cases = cases
        services = Services(Keys(), Definitions(), Passwords())
        self.bus = Bus(self.database, SystemClock(), services)
        self.scheduler = Scheduler(lambda: work(self.bus), lambda: next_due(self.bus), self.bus.clock)
        self.bus._wakeup = self.scheduler

    def run(self) -> None:
        """Until every case is complete."""
        self.scheduler.start()
        print("ready", flush=True)
        idle = threading.Event()
        while self._completed() < self.cases:
            if not (self._start() + self._tasks() + self._jobs()):
                idle.wait(0.02)
        print("done", flush=True)
        self.scheduler.stop()

    def _completed(self) -> int:
        p = process_instance.c
        with self.database.read() as db:
            return db.execute(select(func.count()).where(p.state == "COMPLETED")).scalar_one()

    def _start(self) -> int:
        """Start the next few cases; the key makes sure that a case killed after its commit is not started twice."""
        p = process_instance.c
        with self.database.read() as db:
            begun = db.execute(select(func.count()).select_from(process_instance)).scalar_one()
            open_ = db.execute(select(func.count()).where(p.state == "ACTIVE")).scalar_one()
        started = 0
        for number in range(begun, min(self.cases, begun + max(0, 40 - open_))):
            command = CreateInstance("crash", variables={"number": number}, business_id=f"C-{number}")
            self.bus.run(command, STAFF, idempotency=f"case-{number}")
            started += 1
        return started

    def _tasks(self) -> int:
        u = user_task.c
        with self.database.read() as db:
            keys = db.execute(select(u.key).where(u.state == "CREATED").order_by(u.key).limit(20)).scalars().all()
        for key in keys:
            with suppress(EngineError):
                self.bus.run(ClaimTask(key), STAFF)
                self.bus.run(CompleteTask(key, {"checked": True}), STAFF)
        return len(keys)

    def _jobs(self) -> int:
        jobs = self.bus.run(ActivateJobs("pay", "crash-node", 300, 20), CLIENT)
        for job in jobs:
            with suppress(EngineError):
                self.bus.run(CompleteJob(int(job["jobKey"]), {"paid": True}), CLIENT)
        return len(jobs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--cases", type=int, required=True)
    options = parser.parse_args()
    Node(options.database, options.cases).run()


if __name__ == "__main__":
    main()
