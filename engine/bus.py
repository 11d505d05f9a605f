"""The only way to change anything: permission, lock, one transaction, history, in this order.

`Bus.run` opens a transaction, loads and locks what the command acts on, checks the permission and
the revision, records the command, lets its handler act, writes history and state, and commits.
A crash before the commit leaves nothing behind; after it nothing is lost.
"""

from __future__ import annotations

import hashlib
import pkgutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, fields, replace
from datetime import datetime
from importlib import import_module
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

import engine.commands
from engine.commands.registry import Handler, OfService, Target, handler_of
from engine.commands.targets import takes_part
from engine.commands.transaction import Services, Transaction
from engine.errors import (
    AlreadyExists,
    Busy,
    EngineError,
    Forbidden,
    InvalidArgument,
    NotFound,
    RepeatedRequest,
    StaleRevision,
)
from engine.history.append import append, append_many
from engine.history.sealing import OfOffice, People, Sealing
from engine.history.service import append_service
from engine.model.actor import Actor
from engine.model.at_work import note, note_job
from engine.model.audit import ServiceEvent
from engine.model.event import Event
from engine.policy.permissions import allowed, in_scope
from engine.ports import Announcer, Clock, Wakeup
from engine.store.answers import keep_answer, known_answer
from engine.store.database import Database
from engine.store.instances import Instance
from engine.store.locks import lock_name
from engine.store.lost import OutcomeUnknown

Ticket = Callable[[Connection, datetime], bool]  # takes what may be taken once; whether it was still there
ATTEMPTS = 3  # of a command that PostgreSQL chose as the victim of a deadlock, or whose connection was lost


class _Portion:
    """Commands of one thread that are one transaction."""

    db: Connection

    def __init__(self) -> None:
        self.following: list[Callable[[], None]] = []


class Bus:
    """Runs commands against one database. Safe to share between threads."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        services: Services,
        wakeup: Wakeup | None = None,
        announcer: Announcer | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.services = services
        self._wakeup = wakeup
        self._announcer = announcer
        self._open = threading.local()  # `portion` of a thread that has several commands done together

    @contextmanager
    def together(self) -> Iterator[Connection]:
        """The commands that this thread runs in the block are one transaction, which is also handed to it: all of them
        are kept, or none is where any fails or the block does. What follows a command follows when all are kept.

        A command that fails is not tried again here. Raises what the block raises, and what `run` does of a commit.
        """
        portion = self._open.portion = _Portion()
        try:
            with self.database.write() as portion.db:
                yield portion.db
        finally:
            self._open.portion = None
        for action in portion.following:
            action()

    def when_kept(self, action: Callable[[], None]) -> None:
        """Do this once what the thread has just done is kept: now, or when that is which it is done together with."""
        portion = self._portion
        if portion is None:
            action()
        else:
            portion.following.append(action)

    @property
    def _portion(self) -> _Portion | None:
        return getattr(self._open, "portion", None)

    def run(
        self, command: Any, actor: Actor, idempotency: str | None = None, *, ticket: Ticket | None = None
    ) -> Any:
        """Carry out `command` for `actor` and return its answer (JSON-able or None).

        With `idempotency`, a repetition of the same request by the same actor returns the first
        answer and changes nothing; another request under the same key raises RepeatedRequest.
        With `ticket`, that is taken first, in the same transaction; when it is gone nothing is done.
        Raises what the handler raises, Forbidden, StaleRevision, NotFound, Busy, InvalidArgument for what no
        column holds; then nothing is changed. Raises OutcomeUnknown when the database went away while it
        committed; with `idempotency` or `ticket` it is tried again before, as then it is done once at most.
        """
        handler = handler_of(type(command))
        _check_texts(command)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                tx, answer = self._attempt(handler, command, actor, idempotency, ticket)
                break
            except Busy as busy:  # on SQLite the wait was long enough already
                once = idempotency is not None or ticket is not None
                last = self.database.is_sqlite or attempt == ATTEMPTS or self._portion is not None
                if last or (isinstance(busy, OutcomeUnknown) and not once):
                    raise
        self.when_kept(lambda: self._follow_up(tx))
        return answer

    def _attempt(
        self, handler: Handler, command: Any, actor: Actor, idempotency: str | None, ticket: Ticket | None
    ) -> tuple[Transaction, Any]:
        portion = self._portion
        try:
            with self.database.write() if portion is None else nullcontext(portion.db) as db:
                tx = Transaction(db, actor, self.clock.now(), self.services)
                if ticket is not None and not ticket(db, tx.now):
                    return tx, None
                return tx, self._once(handler, command, tx, idempotency)
        except IntegrityError as error:
            raise _as_engine_error(error) from error
        except DataError as error:
            raise InvalidArgument("a text or a number does not fit where it is kept") from error

    def _once(self, handler: Handler, command: Any, tx: Transaction, idempotency: str | None) -> Any:
        if idempotency is None:
            return self._carry_out(handler, command, tx)
        # the same request at the same moment waits here, and then finds the answer of the first
        lock_name(tx.db, "idempotency", tx.actor.id, idempotency)
        request = _fingerprint(command, tx.actor)
        known = known_answer(tx.db, tx.actor.id, idempotency)
        if known is not None:
            if known[0] != request:
                raise RepeatedRequest()
            return orjson.loads(known[1])
        answer = self._carry_out(handler, command, tx)
        keep_answer(tx.db, tx.actor.id, idempotency, request, orjson.dumps(answer).decode(), tx.now)
        return answer

    def _carry_out(self, handler: Handler, command: Any, tx: Transaction) -> Any:
        if not in_scope(tx.actor, handler.permission):
            raise Forbidden(permission=handler.permission)
        target = handler.target(command, tx)
        _note(target)
        if not allowed(tx.actor, handler.permission, target.facts):
            raise _refusal(handler.permission, target, tx)
        _check_revision(command, target)
        if isinstance(handler.event, str):
            if target.instance is None:
                raise Forbidden(f"{type(command).__name__} is recorded but names no instance")
            tx.record(
                target.instance,
                target.event or handler.event,
                target.element_id,
                target.element_instance_key,
                **command.told(),
            )
        answer = handler.act(command, target, tx)
        if isinstance(handler.event, OfService):
            tx.service_events.insert(0, _told(handler.event, command, answer))
        tx.flush(_append)
        if tx.service_events:
            people = People(tx.services.directory.known(tx.db, None))
            append_service(tx.db, tx.services.keys, people, tx.actor, tx.now, tx.service_events)
        return answer

    def _follow_up(self, tx: Transaction) -> None:
        for action in tx.committed:
            action()
        if tx.wake is not None and self._wakeup is not None:
            self._wakeup.wake_at(tx.wake)
        if self._announcer is not None:
            for topic, data in tx.announcements:
                self._announcer.announce(topic, data)


def _append(tx: Transaction, events: Sequence[tuple[Instance, Event]]) -> None:
    if events:
        sealing = Sealing(tx.db, tx.services.directory, tx.instances)
        append(tx.batch, tx.db, sealing, tx.actor, tx.now, events)
    if tx.office_events:
        of_office = OfOffice(tx.services.directory.known(tx.db, None))
        append_many(tx.batch, tx.db, of_office, tx.actor, tx.now, tx.office_events)


def _note(target: Target) -> None:
    """What is logged and measured from now on says which case and which job it is about."""
    if target.instance is not None:
        note(processInstanceKey=str(target.instance.key))
    job = target.rows.get("job")
    if job is not None and job.state == "PENDING":
        note_job(job.kind, job.due_at)


def _told(event: OfService, command: Any, answer: Any) -> ServiceEvent:
    key = str(event.key(command, answer))
    said = command.told() if hasattr(command, "told") else {}
    return ServiceEvent(event.type, key, said, key if event.proven else None)


def _check_texts(command: Any) -> None:
    """No text of a command holds a NUL, which one of the databases cannot keep."""
    for field in fields(command):
        if isinstance(value := getattr(command, field.name), str) and "\x00" in value:
            raise InvalidArgument(f"{field.name} contains a NUL character", field=field.name)


def _refusal(permission: str, target: Target, tx: Transaction) -> EngineError:
    """Forbidden; for who may see neither the case nor the thing itself, what is said when there is no such thing."""
    if target.instance is not None:
        part = takes_part(tx, tx.actor, target.instance)
        case, noun = frozenset({target.instance.process_id}), permission.partition(":")[0]
        facts = replace(target.facts, process_ids=case, participant=part)
        if not any(allowed(tx.actor, p, facts) for p in ("process-instance:read", f"{noun}:read")):
            return NotFound(**(target.named or {"processInstanceKey": str(target.instance.key)}))
    return Forbidden(permission=permission)


def _check_revision(command: Any, target: Target) -> None:
    expected = getattr(command, "rev", None)
    if expected is not None and target.rev is not None and expected != target.rev:
        raise StaleRevision(rev=target.rev)


def _fingerprint(command: Any, actor: Actor) -> str:
    """What makes a request the same; in the name of another it is another one."""
    parts = [type(command).__name__, asdict(command)]
    if actor.on_behalf_of is not None:
        parts.append(actor.on_behalf_of)
    body = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.sha256(body).hexdigest()


_UNIQUE_RULES: dict[str, Callable[[], Exception]] = {
    "uq_process_instance_business_id": lambda: AlreadyExists("the business id is in use"),
    "process_instance.business_id": lambda: AlreadyExists("the business id is in use"),
    "uq_process_instance_start_key": lambda: AlreadyExists("an instance with this key is active"),
    "process_instance.start_correlation_key": lambda: AlreadyExists("an instance with this key is active"),
}


def _as_engine_error(error: IntegrityError) -> Exception:
    text = str(error.orig)
    for marker, make in _UNIQUE_RULES.items():
        if marker in text:
            return make()
    return AlreadyExists("a rule of the database forbids it")


def _register_commands() -> None:
    for module in pkgutil.iter_modules(engine.commands.__path__):
        import_module(f"engine.commands.{module.name}")


_register_commands()
