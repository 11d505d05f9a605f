"""An office in memory: the engine with its content deployed, its people, and a clock moved by hand.

Each scenario gets a copy of a template database, so that content is read and deployed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from engine.adapters.clock import TestClock
from engine.adapters.keys import CountingKeys
from engine.bus import Bus
from engine.commands.add_demo_accounts import AddDemoAccounts
from engine.commands.checking import Resource
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.import_organisation import ImportOrganisation, read_organisation
from engine.commands.rearm import RearmStartEvents
from engine.commands.transaction import Services
from engine.jobs.dispatcher import next_due
from engine.jobs.work import work
from engine.model.actor import SYSTEM, Actor
from engine.queries.people import account_of
from engine.store.database import Database
from engine.store.tables import group_, metadata, person

_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_SCENARIO_KEY = 1_000_000  # the template's keys are below: its cached definitions stay right
_ROUNDS = 10_000


class NobodysPassword:
    """Scenarios sign nobody in: no password is worth hashing."""

    def hash(self, password: str) -> str:
        """Nothing verifies against it."""
        return "!"

    def verify(self, hashed: str, password: str) -> bool:
        """Never."""
        return False


@dataclass(slots=True)
class World:
    """One engine in memory. `bus` runs commands; `clock` is moved by `advance_to`."""

    database: Database
    clock: TestClock
    bus: Bus

    def actor(self, account: str) -> Actor:
        """The person of this account. Raises KeyError when there is none."""
        with self.database.read() as db:
            found = account_of(db, account)
        if found is None:
            raise KeyError(account)
        return found.actor()

    def settle(self) -> None:
        """Do everything that is due now."""
        for _ in range(_ROUNDS):
            if not work(self.bus):
                return
        raise RuntimeError("what is due never ends")

    def advance_to(self, moment: datetime) -> None:
        """Move the clock on, doing what comes due on the way at its time, in order."""
        for _ in range(_ROUNDS):
            due = next_due(self.bus)
            if due is None or due > moment:
                break
            self.clock.set(max(due, self.clock.now()))
            self.settle()
        else:
            raise RuntimeError("what is due never ends")
        self.clock.set(moment)
        self.settle()

    def advance(self, delta: timedelta) -> None:
        """Move the clock on by a time."""
        self.advance_to(self.clock.now() + delta)

    def close(self) -> None:
        """Throw it away."""
        self.database.close()


class Template:
    """The content deployed once; `world` gives a copy to try things out in."""

    def __init__(self, resources: Iterable[Resource], organisation: str | None) -> None:
        self._definitions = Definitions()
        self._database = Database("sqlite://")
        metadata.create_all(self._database.engine)
        bus = self._bus(self._database, TestClock(_BEFORE), 1)
        if organisation is not None:
            bus.run(ImportOrganisation(organisation), SYSTEM)
            bus.run(AddDemoAccounts(read_organisation(organisation), "-"), SYSTEM)
        bus.run(Deploy(tuple(resources)), SYSTEM)

    def world(self, at: datetime, changed: Resource | None = None) -> World:
        """A copy whose clock stands at `at`; `changed` is deployed over it (a mutant).

        Raises DeploymentRefused when the changed file has faults.
        """
        database = Database("sqlite://")
        source = self._database.engine.raw_connection()
        copy = database.engine.raw_connection()
        source.driver_connection.backup(copy.driver_connection)  # type: ignore[union-attr]
        source.close()
        copy.close()
        clock = TestClock(at)
        keys = CountingKeys(_FIRST_SCENARIO_KEY)
        bus = Bus(database, clock, Services(keys, self._definitions, NobodysPassword()))
        bus.run(RearmStartEvents(), SYSTEM)  # reads every diagram, once for all copies
        if changed is not None:
            bus = Bus(database, clock, Services(keys, self._definitions.copy(), NobodysPassword()))
            bus.run(Deploy((changed,)), SYSTEM)
        return World(database, clock, bus)

    def people(self) -> tuple[list[str], list[str]]:
        """The accounts, and the groups."""
        with self._database.read() as db:
            accounts = db.execute(select(person.c.username)).scalars()
            return list(accounts), list(db.execute(select(group_.c.key)).scalars())

    def close(self) -> None:
        """Throw it away."""
        self._database.close()

    def _bus(self, database: Database, clock: TestClock, first_key: int) -> Bus:
        return Bus(database, clock, Services(CountingKeys(first_key), self._definitions, NobodysPassword()))
