"""The service as a server process runs it: engine, wake-ups, what leaves it, application."""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from api.app import create_app
from api.ending import Ending
from api.leaving import Leaving, WrongSetting, leaving_of
from api.limits import Limits, rates_of
from api.proof import Proof
from api.providers import SignInRules
from api.proving import Proving
from api.replicas import replica_of
from api.runtime import Alarm, Runtime, open_runtime
from api.watching.settings import watch_of
from engine.adapters.clamd import Clamd
from engine.adapters.clock import SharedClock
from engine.adapters.git import GitFolder
from engine.adapters.scheduler import Scheduler
from engine.adapters.vault import open_vault
from engine.commands.seed_calendar import SeedCalendar
from engine.commands.tidy_up import TidyUp
from engine.jobs.dispatcher import next_due
from engine.jobs.outbox import deliver, next_delivery
from engine.jobs.work import work
from engine.model.actor import SYSTEM
from engine.ports import Clock, Courier, GitSource, Scanner

if TYPE_CHECKING:
    from api.cluster import Cluster

TIDY_EVERY = 3600.0
SEEK_EVERY = 30.0  # seconds between two looks for what the queue lost
REST, REST_OF_MAIL = 0.01, 0.25  # seconds between two rounds of what is due, and of what leaves by mail or push
CHECKPOINT_EVERY = 120.0  # what is not covered yet is never more than five minutes of work
NO_RULES = SignInRules()


def open_service(
    url: str,
    threads: int,
    proof: Proof | None = None,
    clock: Clock | None = None,
    *,
    rules: SignInRules = NO_RULES,
    factor_key: Path | None = None,
    works: bool = True,
) -> Flask:
    """Open the engine over a migrated database, begin to do what is due, and make the application.

    With `proof`, history is signed every two minutes and when the service ends. Without `factor_key`, nobody can enrol
    a second factor. A node that does not work leaves what is due, what leaves the service and the proof to others.
    Raises OSError when one of the keys is no good, WrongSetting.
    """
    alarm = Alarm()
    vault = None if factor_key is None else open_vault(factor_key)
    leaving, watch = leaving_of(os.environ), watch_of(os.environ, url)
    runtime = open_runtime(
        url, threads=threads, clock=clock or clock_for(url), wakeup=alarm, vault=vault, telling=leaving.telling,
        authorities=leaving.authorities, second_publisher=second_publisher_of(os.environ), watch=watch,
    )  # fmt: skip
    runtime.git, runtime.replica = git_source_of(os.environ), replica_of(os.environ, runtime.database)
    if runtime.replica is not None:
        runtime.replica.start()
    if proof is not None:
        runtime.signer, runtime.keeping = proof.signer(), proof.period
    rates = rates_of(os.environ)
    limits = None if rates is None else Limits(rates)
    ending = Ending(runtime.live)
    atexit.register(ending.finish)  # where nobody did before
    cluster = None if runtime.database.is_sqlite else _join(runtime, alarm, limits, ending, works=works)
    if works:
        proving = Proving() if proof is None else Proving(proof.checkpoints(runtime), proof.stamps(runtime))
        ending.lasts(proving.finish)
        _begin_work(Worker(runtime, proving, cluster), runtime, alarm, leaving, ending)
    ending.lasts(watch.end, runtime.close)
    app = create_app(
        runtime,
        providers=rules.providers,
        limits=limits,
        scanner=scanner_of(os.environ),
        second_factor=rules.second_factor,
    )
    app.extensions["krabuan-ending"] = ending
    return app


def _join(runtime: Runtime, alarm: Alarm, limits: Limits | None, ending: Ending, *, works: bool) -> Cluster:
    """Be one node among those that share the database."""
    from api.cluster import Cluster  # what it needs is loaded where there is a cluster

    cluster = Cluster(runtime, alarm, limits, works=works)
    if not works:
        alarm.rings(cluster)
    cluster.start()
    ending.stops(cluster.stop)
    return cluster


def _begin_work(worker: Worker, runtime: Runtime, alarm: Alarm, leaving: Leaving, ending: Ending) -> None:
    """Do what is due from now until the process ends, and wake for it."""
    # what is slow to take a mail delays no timer: each kind of channel has a scheduler of its own
    schedulers = [Scheduler(worker.work, worker.next_due, runtime.clock, REST)]
    schedulers += [outbox(runtime, kind, courier) for kind, courier in {**leaving.couriers, **runtime.couriers}.items()]
    alarm.rings(*schedulers)
    for scheduler in schedulers:
        scheduler.start()
        ending.stops(scheduler.stop)


def clock_for(url: str) -> Clock | None:
    """Where nodes share a database, its clock is theirs; None: the machine's."""
    return SharedClock() if url.startswith("postgresql") else None


def second_publisher_of(environment: Mapping[str, str]) -> bool:
    """KRABUAN_SECOND_PUBLISHER, `on` or `off` (the default): whether a second person approves what is deployed. Raises
    WrongSetting."""
    said = environment.get("KRABUAN_SECOND_PUBLISHER") or "off"
    if said not in ("on", "off"):
        raise WrongSetting(f"KRABUAN_SECOND_PUBLISHER is on or off, not {said!r}")
    return said == "on"


def git_source_of(environment: Mapping[str, str]) -> GitSource | None:
    """KRABUAN_GIT_SOURCE, an absolute path: the folder of the repository that drafts are taken from. Whether it is one
    that is read is asked whenever it is, so that the service starts without it. Raises WrongSetting."""
    said = environment.get("KRABUAN_GIT_SOURCE")
    if not said:
        return None
    if not Path(said).is_absolute():
        raise WrongSetting(f"KRABUAN_GIT_SOURCE is the absolute path of a folder, not {said!r}")
    return GitFolder(Path(said))


def factor_key_of(data: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The file with the key that second factors are sealed with: KRABUAN_SECOND_FACTOR_KEY, or in the folder of the
    data. Who has lost it resets all of them."""
    return Path(environment.get("KRABUAN_SECOND_FACTOR_KEY") or data / "second-factor.key")


def outbox(runtime: Runtime, kind: str, courier: Courier | None) -> Scheduler:
    """Delivers what leaves by one kind of channel as it falls due."""
    bus = runtime.bus
    return Scheduler(lambda: deliver(bus, kind, courier), lambda: next_delivery(bus, kind), runtime.clock, REST_OF_MAIL)


class Worker:
    """What a node does by itself, in the order of its urgency."""

    def __init__(self, runtime: Runtime, proving: Proving | None = None, cluster: Cluster | None = None) -> None:
        self._bus, self._proving, self._cluster = runtime.bus, proving or Proving(), cluster
        self._done: dict[str, float] = {}

    def work(self) -> int:
        """Do a batch of what is due; returns how much there was."""
        if self._is_time("tidy", TIDY_EVERY):
            while self._bus.run(TidyUp(), SYSTEM):
                pass
            self._bus.run(SeedCalendar(), SYSTEM)  # a year more, as soon as it comes near
        if self._is_time("sign", CHECKPOINT_EVERY):
            self._proving.begin()
        if self._cluster is None:
            return work(self._bus)
        if self._is_time("seek", SEEK_EVERY):
            self._cluster.find_the_lost()
        return work(self._bus, self._cluster.hand_over)

    def next_due(self) -> datetime | None:
        """When `work` has something to do next; None while nothing waits."""
        return next_due(self._bus) if self._cluster is None else self._cluster.next_due()

    def _is_time(self, what: str, every: float) -> bool:
        now = time.monotonic()
        if what in self._done and now - self._done[what] <= every:
            return False
        self._done[what] = now
        return True


def reach_scanner(environment: Mapping[str, str], patience: float) -> None:
    """Have the virus scanner that is named look at nothing. Raises OSError, or ValueError for a place that is none."""
    Clamd(environment["KRABUAN_CLAMD"], patience).scan(b"")


def scanner_of(environment: Mapping[str, str]) -> Scanner | None:
    """The virus scanner that KRABUAN_CLAMD names (the path of clamd's socket, or host:port), or none."""
    place = environment.get("KRABUAN_CLAMD")
    return Clamd(place) if place else None

