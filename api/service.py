"""The service as a server process runs it: engine, wake-ups, what leaves it, application."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from api.app import create_app
from api.leaving import WrongSetting, leaving_of
from api.limits import Limits, rates_of
from api.proof import Proof
from api.providers import SignInRules
from api.runtime import Alarm, Runtime, open_runtime
from engine.adapters.clamd import Clamd
from engine.adapters.git import GitFolder
from engine.adapters.scheduler import Scheduler
from engine.adapters.vault import open_vault
from engine.commands.seed_calendar import SeedCalendar
from engine.commands.tidy_up import TidyUp
from engine.errors import EngineError
from engine.jobs.checkpoints import Checkpoints
from engine.jobs.dispatcher import next_due
from engine.jobs.outbox import deliver, next_delivery
from engine.jobs.stamps import Stamps
from engine.jobs.work import work
from engine.model.actor import SYSTEM
from engine.ports import Clock, Courier, GitSource, Scanner

TIDY_EVERY = 3600.0
CHECKPOINT_EVERY = 120.0  # what is not covered yet is never more than five minutes of work
NO_RULES = SignInRules()
log = logging.getLogger("krabuan.service")


def open_service(
    url: str,
    threads: int,
    proof: Proof | None = None,
    clock: Clock | None = None,
    *,
    rules: SignInRules = NO_RULES,
    factor_key: Path | None = None,
) -> Flask:
    """Open the engine over a migrated database, begin to do what is due, and make the application.

    With `proof`, history is signed every two minutes and when the service ends. Without `factor_key`, nobody can enrol
    a second factor. Raises OSError when one of the keys is no good, WrongSetting.
    """
    alarm = Alarm()
    vault = None if factor_key is None else open_vault(factor_key)
    leaving = leaving_of(os.environ)
    runtime = open_runtime(
        url, threads=threads, clock=clock, wakeup=alarm, vault=vault, telling=leaving.telling,
        authorities=leaving.authorities, second_publisher=second_publisher_of(os.environ),
    )  # fmt: skip
    runtime.git = git_source_of(os.environ)
    if proof is not None:
        runtime.signer, runtime.keeping = proof.signer(), proof.period
    checkpoints, stamps = (proof.checkpoints(runtime), proof.stamps(runtime)) if proof is not None else (None, None)
    worker = Worker(runtime, checkpoints, stamps)
    # what is slow to take a mail delays no timer: each kind of channel has a scheduler of its own
    schedulers = [Scheduler(worker.work, lambda: next_due(runtime.bus), runtime.clock)]
    schedulers += [outbox(runtime, kind, courier) for kind, courier in {**leaving.couriers, **runtime.couriers}.items()]
    alarm.rings(*schedulers)
    atexit.register(runtime.close)
    atexit.register(worker.sign)  # runs before the one above
    for scheduler in schedulers:
        scheduler.start()
        atexit.register(scheduler.stop)  # and these before both
    rates = rates_of(os.environ)
    limits = None if rates is None else Limits(rates)
    return create_app(
        runtime,
        providers=rules.providers,
        limits=limits,
        scanner=scanner_of(os.environ),
        second_factor=rules.second_factor,
    )


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


def keep_what_is_loaded() -> None:
    """What is there when the service begins stays until it ends: the garbage collector need not look through it again
    and again, which takes a fifth of the time of work on thousands of cases."""
    gc.collect()
    gc.freeze()


def factor_key_of(data: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The file with the key that second factors are sealed with: KRABUAN_SECOND_FACTOR_KEY, or in the folder of the
    data. Who has lost it resets all of them."""
    return Path(environment.get("KRABUAN_SECOND_FACTOR_KEY") or data / "second-factor.key")


def outbox(runtime: Runtime, kind: str, courier: Courier | None) -> Scheduler:
    """Delivers what leaves by one kind of channel as it falls due."""
    bus = runtime.bus
    return Scheduler(lambda: deliver(bus, kind, courier), lambda: next_delivery(bus, kind), runtime.clock)


class Worker:
    """What a node does by itself, in the order of its urgency."""

    def __init__(
        self,
        runtime: Runtime,
        checkpoints: Checkpoints | None = None,
        stamps: Stamps | None = None,
    ) -> None:
        self._bus, self._checkpoints, self._stamps = runtime.bus, checkpoints, stamps
        self.stamping: threading.Thread | None = None
        self._tidied: float | None = None
        self._signed: float | None = None

    def work(self) -> int:
        """Do a batch of what is due; returns how much there was."""
        now = time.monotonic()
        if self._tidied is None or now - self._tidied > TIDY_EVERY:
            self._tidied = now
            while self._bus.run(TidyUp(), SYSTEM):
                pass
            self._bus.run(SeedCalendar(), SYSTEM)  # a year more, as soon as it comes near
        if self._signed is None or now - self._signed > CHECKPOINT_EVERY:
            self._signed = now
            self.sign()
            self.stamp()
        return work(self._bus)

    def sign(self) -> None:
        """Cover history by a checkpoint. What keeps it from being made is told to the log and keeps up no work."""
        if self._checkpoints is None:
            return
        try:
            self._checkpoints.make()
        except (OSError, EngineError) as error:
            log.error("no checkpoint: %s", error)

    def stamp(self) -> None:
        """Begin to have checkpoints stamped with the time, beside all other work: who is asked may be slow, or dead."""
        if self._stamps is not None and (self.stamping is None or not self.stamping.is_alive()):
            self.stamping = threading.Thread(target=self._stamp, args=(self._stamps,), name="time-stamps", daemon=True)
            self.stamping.start()

    def _stamp(self, stamps: Stamps) -> None:
        try:
            stamps.make()
        except OSError as error:  # what has no stamp gets it the next time
            log.warning("no time stamp: %s", error)


def scanner_of(environment: Mapping[str, str]) -> Scanner | None:
    """The virus scanner that KRABUAN_CLAMD names (the path of clamd's socket, or host:port), or none."""
    place = environment.get("KRABUAN_CLAMD")
    return Clamd(place) if place else None

