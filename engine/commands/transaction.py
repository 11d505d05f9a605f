"""The unit of work that a command acts in: locked instances, history to be written, what follows the commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.calendar.office import OfficeTime
from engine.calendar.working import WorkingCalendar
from engine.commands.calendars import ORGANISATION, Calendars, Known, settle
from engine.commands.definitions import Definitions
from engine.errors import NotFound
from engine.feel import Environment
from engine.model.actor import Actor
from engine.model.audit import ServiceEvent
from engine.model.event import Event
from engine.notify.settings import Telling
from engine.ports import KeySource, PasswordHasher, Vault
from engine.store.batch import Batch
from engine.store.chains import Chain, update_chains
from engine.store.directory import Directory
from engine.store.instances import (
    Instance,
    insert_instance,
    load_locked,
    lock_of_instance,
    lock_of_job,
    update_instances,
)
from engine.store.labels import Labels
from engine.store.listening import Listening
from engine.store.tasks import Task, lock_task


@dataclass(frozen=True, slots=True)
class Services:
    """What every transaction of one engine shares."""

    keys: KeySource
    definitions: Definitions
    hasher: PasswordHasher
    zone: str = "Asia/Bangkok"
    vault: Vault | None = None  # none where no second factors are asked for: scenarios, the command line
    directory: Directory = field(default_factory=Directory)
    listening: Listening = field(default_factory=Listening)
    labels: Labels = field(default_factory=Labels)
    telling: Telling = field(default_factory=Telling)
    calendars: Calendars = field(default_factory=Calendars)
    second_publisher: bool = False  # whether a second person has to approve what is published from a draft

    def office(self, db: Connection, moment: datetime) -> WorkingCalendar:
        """The organisation's calendar around a moment, for who only reads."""
        return self.calendars.known(db, self.zone, None).working(ORGANISATION, moment.year)

    def office_of(
        self, db: Connection, groups: Sequence[str], owner_unit: str | None, moment: datetime
    ) -> WorkingCalendar:
        """As `office`: the calendar that counts for a task of these groups in a process of this unit."""
        known = self.calendars.known(db, self.zone, None)
        return known.working(known.of_task(groups, owner_unit), moment.year)


@dataclass(slots=True)
class Transaction:
    """One command's work. `now` is one moment for all of it.

    Handlers change instances in place and `record` what happened; the bus writes history and
    instances once, at the end, in this transaction.
    """

    db: Connection
    actor: Actor
    now: datetime
    services: Services
    announcements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    service_events: list[ServiceEvent] = field(default_factory=list)
    committed: list[Callable[[], None]] = field(default_factory=list)
    wake: datetime | None = None
    batch: Batch = field(default_factory=Batch)  # what is written in the end
    cache: dict[str, Any] = field(default_factory=dict)  # what handlers share within this command
    _instances: dict[int, Instance] = field(default_factory=dict)
    office_events: list[tuple[Chain, Event]] = field(default_factory=list)
    _events: list[tuple[Instance, Event]] = field(default_factory=list)
    _at_end: list[Callable[[], None]] = field(default_factory=list)
    _counted: bool = False  # something is due at a moment that a calendar said

    def key(self) -> int:
        """A new key."""
        return self.services.keys.next()

    def environment(self) -> Environment:
        """How expressions are evaluated in this command: its moment, the office's zone and the organisation's calendar,
        which is looked up when one asks for it."""
        if "environment" not in self.cache:
            office = OfficeTime(self.office)
            self.cache["environment"] = Environment(now=self.now, zone=self.services.zone, calendar=office)
        found: Environment = self.cache["environment"]
        return found

    def calendars(self) -> Known:
        """The calendars as they hold in this transaction."""
        if "calendars" not in self.cache:
            stamp = next((instance.calendar for instance in self._instances.values()), None)
            self.cache["calendars"] = self.services.calendars.known(self.db, self.services.zone, stamp)
        found: Known = self.cache["calendars"]
        return found

    def office(self, calendar: str = ORGANISATION, since: datetime | None = None) -> WorkingCalendar:
        """A calendar, for what is counted from about now, or from a moment."""
        return self.calendars().working(calendar, (since or self.now).year)

    def office_for_due(self, calendar: str, since: datetime) -> WorkingCalendar:
        """As `office`, for a due time that is to move when the calendar changes: that it still holds when the due time
        is written, `flush` sees to."""
        self._counted = True
        return self.office(calendar, since)

    def lock_instance(self, key: int) -> Instance:
        """The instance, its call hierarchy locked. Raises NotFound."""
        if key not in self._instances:
            self._instances |= lock_of_instance(self.db, key)
        return self._known(key)

    def lock_instance_of_job(self, job_key: int) -> None:
        """Lock and load what a job belongs to as `lock_instance` does, which finds it then; nothing where it belongs
        to no instance."""
        for key, instance in lock_of_job(self.db, job_key).items():
            self._instances.setdefault(key, instance)

    def lock_task(self, task_key: int) -> tuple[Instance, Task]:
        """A user task and its instance, the call hierarchy locked. Raises NotFound."""
        loaded, task = lock_task(self.db, task_key)
        if task is None:
            raise NotFound(userTaskKey=str(task_key))
        for key, instance in loaded.items():
            self._instances.setdefault(key, instance)
        return self._instances[task.process_instance_key], task

    def relative(self, key: int) -> Instance:
        """Another instance of a hierarchy that is locked already. Raises NotFound."""
        if key not in self._instances:
            found = load_locked(self.db, key)
            if found is not None:
                self._instances[key] = found
        return self._known(key)

    def add_instance(self, instance: Instance) -> None:
        """Insert a new instance at once, so that rows may refer to it."""
        insert_instance(self.db, instance)
        self._instances[instance.key] = instance

    def record(
        self,
        instance: Instance,
        type: str,
        element_id: str | None = None,
        element_instance_key: int | None = None,
        /,
        **data: Any,
    ) -> None:
        """Remember an event for the instance's history; `data` must be JSON-able."""
        self._events.append((instance, Event(type, element_id, element_instance_key, data)))

    def record_for_office(self, chain: Chain, type: str, /, **data: Any) -> None:
        """Remember an event of one of many cases that are locked but not loaded. `data` are the office's own: accounts
        may be named, but nothing in them comes from the case."""
        self.office_events.append((chain, Event(type, None, chain.key, data)))

    def record_service(self, type: str, entity_key: str, /, **data: Any) -> None:
        """Remember an event of the service itself; `data` must be JSON-able and hold no secrets."""
        self.service_events.append(ServiceEvent(type, entity_key, data))

    def wake_at(self, moment: datetime) -> None:
        """Something is due at `moment`: told to the scheduler after the commit."""
        if self.wake is None or moment < self.wake:
            self.wake = moment

    def announce(self, topic: str, data: dict[str, Any]) -> None:
        """Told to the live listeners after the commit."""
        self.announcements.append((topic, data))

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run once this is kept: what the process remembers of it."""
        self.committed.append(action)

    def at_end(self, action: Callable[[], None]) -> None:
        """Run once, just before history and instances are written."""
        self._at_end.append(action)

    @property
    def instances(self) -> list[Instance]:
        """Those that are loaded, as their hierarchies are locked."""
        return list(self._instances.values())

    def flush(self, append: Callable[[Transaction, Sequence[tuple[Instance, Event]]], None]) -> None:
        """Write rows, history (with `append`) and every touched instance; called once, by the bus."""
        for action in self._at_end:
            action()
        if self._counted:
            settle(self.batch, self.db, self.calendars().stamp)
        append(self, self._events)
        update_chains(self.batch, self.db, {chain.key: chain for chain, _ in self.office_events}.values())
        update_instances(self.batch, {instance.key: instance for instance, _ in self._events}.values())
        self.batch.run(self.db)

    def _known(self, key: int) -> Instance:
        try:
            return self._instances[key]
        except KeyError:
            raise NotFound(processInstanceKey=str(key)) from None
