"""One running engine: database, clock, bus and what stands behind the ports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import TimeoutError as NoConnection

from api.live import Live, Slots
from api.reads import Noted
from api.watching.pressure import Gate, gate_of
from api.watching.watch import Watch
from engine.adapters.clock import SystemClock
from engine.adapters.guard import Guard
from engine.adapters.guarded_http import GuardedHttp
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.adapters.push import ApprisePusher
from engine.bus import Bus, Ticket
from engine.commands.definitions import Definitions
from engine.commands.retained import DEFAULT_PERIOD
from engine.commands.transaction import Services
from engine.errors import Busy
from engine.history.signing import Signer
from engine.jobs.couriers import PushCourier, WebhookCourier
from engine.model.actor import Actor
from engine.model.hosts import AllowedHost
from engine.model.peer import Peer
from engine.notify.settings import Telling
from engine.ports import Clock, Courier, GitSource, KeySource, PasswordHasher, Vault, Wakeup
from engine.store.channels import allowed_hosts
from engine.store.database import Database
from engine.store.replica import Replica

NO_TELLING = Telling()
THREADS = 240  # most of them wait: half may hold a live stream, a quarter a worker's long poll


class Alarm:
    """A Wakeup that can be handed out before there is a scheduler: what comes earlier, the scheduler finds itself."""

    def __init__(self) -> None:
        self._targets: tuple[Wakeup, ...] = ()

    def rings(self, *targets: Wakeup) -> None:
        """From now on, tell these."""
        self._targets = targets

    def wake_at(self, moment: datetime) -> None:
        """As Wakeup.wake_at."""
        for target in self._targets:
            target.wake_at(moment)


class LiveBus(Bus):
    """A bus whose commits wake those who wait for a change."""

    live: Live
    watch: Watch

    def run(
        self, command: Any, actor: Actor, idempotency: str | None = None, *, ticket: Ticket | None = None
    ) -> Any:
        """As Bus.run. Raises Busy when no connection to the database became free in time, too."""
        with self.watch.command(command, self.when_kept) as tell:
            try:
                answer = super().run(command, actor, idempotency, ticket=ticket)
            except NoConnection as error:
                raise Busy("no connection to the database is free") from error
            tell(answer, self.clock.now())
        self.when_kept(self.live.changed)
        return answer


@dataclass(slots=True)
class Runtime:
    """What requests share. `streams` and `polls` bound how many threads may wait at a time; `couriers` carry what
    leaves by webhook and push; `signer` signs what is taken out as evidence, None where the service has no key; from
    `git` process owners take drafts; `keeping` is how long cases of processes are kept that do not say; `peers` are
    the other nodes that share the database; from `replica` searches and history are read, None where it has none."""

    database: Database
    clock: Clock
    bus: LiveBus
    live: Live
    streams: Slots
    polls: Slots
    couriers: Mapping[str, Courier]
    noted: Noted = field(default_factory=Noted)
    signer: Signer | None = None
    git: GitSource | None = None
    keeping: str = DEFAULT_PERIOD
    peers: Callable[[], Sequence[Peer]] = tuple
    gate: Gate = field(default_factory=lambda: gate_of(THREADS))
    watch: Watch = field(default_factory=Watch)
    replica: Replica | None = None

    def close(self) -> None:
        """Close the database."""
        if self.replica is not None:
            self.replica.close()
        self.database.close()


def machine_clock() -> Clock:
    """The clock for a command that opens no database."""
    return SystemClock()


def open_runtime(
    url: str,
    *,
    clock: Clock | None = None,
    keys: KeySource | None = None,
    hasher: PasswordHasher | None = None,
    wakeup: Wakeup | None = None,
    threads: int = THREADS,
    vault: Vault | None = None,
    telling: Telling = NO_TELLING,
    authorities: Path | None = None,
    second_publisher: bool = False,
    watch: Watch | None = None,
) -> Runtime:
    """Wire an engine over the database at `url`, whose schema is already that of this release. `authorities` is a PEM
    file: who has signed the certificates of webhooks, besides those whom the machine trusts. With `second_publisher`
    nobody publishes a draft alone. `watch` is told of what is done; without one only the log is."""
    database, clock, live = Database(url), clock or SystemClock(), Live()
    services = Services(
        keys or Keys(), Definitions(), hasher or Passwords(), vault=vault, telling=telling,
        second_publisher=second_publisher,
    )  # fmt: skip
    bus = LiveBus(database, clock, services, wakeup, live)
    bus.live, bus.watch = live, watch or Watch()
    streams, polls = Slots(max(1, threads // 2)), Slots(max(1, threads // 4))
    runtime = Runtime(
        database, clock, bus, live, streams, polls, couriers_of(bus, authorities),
        gate=gate_of(threads, streams, polls), watch=bus.watch,
    )  # fmt: skip
    bus.watch.begin(runtime)
    return runtime


def couriers_of(bus: Bus, authorities: Path | None = None) -> dict[str, Courier]:
    """Those of webhooks and push channels, by kind of channel: they reach the allowed hosts, and no other."""

    def allowed() -> list[AllowedHost]:
        with bus.database.read() as db:
            return allowed_hosts(db)

    guard = Guard(allowed)
    return {
        "webhook": WebhookCourier(bus, GuardedHttp(guard, authorities)),
        "push": PushCourier(bus, ApprisePusher(guard)),
    }
