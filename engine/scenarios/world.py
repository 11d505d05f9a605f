"""An office in memory: the engine with its content deployed, its people, and a clock moved by hand.

Each scenario gets a copy of a template database, so that content is read and deployed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
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
from engine.model.diagram import Process
from engine.queries.people import account_of
from engine.scenarios.deployed import Deployed, put_in
from engine.scenarios.effort import BoundedKeys, CountingBus, Effort
from engine.store.database import Database
from engine.store.tables import group_, metadata, person, process_definition

_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
_KEYS_OF_TEMPLATE = 1_000_000  # those of copies are above: the definitions that are cached stay right
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
    effort: Effort = field(default_factory=Effort)

    def actor(self, account: str) -> Actor:
        """The person of this account. Raises KeyError when there is none."""
        with self.database.read() as db:
            found = account_of(db, account)
        if found is None:
            raise KeyError(account)
        return found.actor()

    def settle(self) -> None:
        """Do everything that is due now. Raises TrialTooLong."""
        for _ in range(_ROUNDS):
            self.effort.check()
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
    """The content deployed once; `world` gives a copy to try things out in. With `deployed`, over what an office has
    deployed; all copies together take no more than `effort`."""

    def __init__(
        self, resources: Iterable[Resource], organisation: str | None, deployed: Deployed | None = None,
        effort: Effort | None = None,
    ) -> None:  # fmt: skip
        self.effort = effort or Effort()
        self._definitions = Definitions() if deployed is None else deployed.definitions
        self._first_key = 1 if deployed is None else deployed.last_key + 1
        self._own: frozenset[str] | None = None  # the processes whose start events are armed anew in each copy
        self._database = Database("sqlite://")
        metadata.create_all(self._database.engine)
        bus = self._bus(self._database, TestClock(_BEFORE), CountingKeys(self._first_key))
        if deployed is not None:
            with self._database.write() as db:
                put_in(db, deployed)
            bus.run(AddDemoAccounts(deployed.organisation, "-"), SYSTEM)
        if organisation is not None:
            bus.run(ImportOrganisation(organisation), SYSTEM)
            bus.run(AddDemoAccounts(read_organisation(organisation), "-"), SYSTEM)
        answer = bus.run(Deploy(tuple(resources)), SYSTEM)
        if deployed is not None:
            found = (one["processDefinition"] for one in answer["deployments"] if one["processDefinition"] is not None)
            self._own = frozenset(one["processDefinitionId"] for one in found)

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
        keys = BoundedKeys(self._first_key + _KEYS_OF_TEMPLATE, self.effort)
        bus = self._bus(database, clock, keys)
        bus.run(RearmStartEvents(self._own), SYSTEM)  # reads every diagram, once for all copies
        if changed is not None:
            bus = self._bus(database, clock, keys, self._definitions.copy())
            bus.run(Deploy((changed,)), SYSTEM)
        return World(database, clock, bus, self.effort)

    def people(self) -> tuple[list[str], list[str]]:
        """The accounts, and the groups."""
        with self._database.read() as db:
            accounts = db.execute(select(person.c.username)).scalars()
            return list(accounts), list(db.execute(select(group_.c.key)).scalars())

    def process_ids(self) -> list[str]:
        """Of all that is deployed."""
        with self._database.read() as db:
            return list(db.execute(select(process_definition.c.process_id).distinct()).scalars())

    def called_by(self, processes: Iterable[Process]) -> list[Process]:
        """The deployed processes that these call, and that those call in turn, by an id that is no expression."""
        found: dict[str, Process] = {}
        waiting = list(processes)
        with self._database.read() as db:
            while waiting:
                nodes = waiting.pop().nodes.values()
                for called in (node.called.id for node in nodes if node.type == "callActivity" and node.called):
                    key = None if called in found else self._definitions.find_process(db, called)
                    if key is not None:
                        found[called] = self._definitions.process(db, key).definition.process
                        waiting.append(found[called])
        return list(found.values())

    def close(self) -> None:
        """Throw it away."""
        self._database.close()

    def _bus(
        self, database: Database, clock: TestClock, keys: CountingKeys, definitions: Definitions | None = None
    ) -> Bus:
        bus = CountingBus(database, clock, Services(keys, definitions or self._definitions, NobodysPassword()))
        bus.effort = self.effort
        return bus
