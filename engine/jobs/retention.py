"""Retention: say whose time is over, and delete those cases for good, each lot with a signed certificate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from engine.bus import Bus
from engine.commands.carry_out_retention import CarryOutRetention
from engine.commands.retained import Due, Periods, due_pages
from engine.errors import Forbidden
from engine.history.certificate import certificate_body, covered_cases
from engine.history.checkpoint import Head
from engine.history.orders import latest_order
from engine.history.sealing import People
from engine.history.signing import Signer
from engine.history.verify import verify_instance
from engine.jobs.checkpoints import Checkpoints
from engine.model.actor import SYSTEM
from engine.store.archives import archived_of
from engine.store.holds import held
from engine.store.tables import retention_certificate
from engine.store.tables.append_only import RETENTION_ROLE

AT_ONCE = 200  # cases (with all that they called) of one certificate, and of one transaction
HELD, BROKEN, ARCHIVED = "held", "does not verify", "archived"


@dataclass(frozen=True, slots=True)
class Planned:
    """A case whose time is over. `obstacle` is why it stays nevertheless (HELD, BROKEN, ARCHIVED), None when it
    goes."""

    due: Due
    obstacle: str | None

    @property
    def events(self) -> int:
        """Of its history, and of those of the cases that it called."""
        return sum(sequence for _, sequence, _ in self.due.cases)


@dataclass(frozen=True, slots=True)
class Deleted:
    """What one certificate is about."""

    certificate: int
    cases: int
    events: int


class Retention:
    """Retention of one database. `default` is the period of processes that name none."""

    def __init__(self, bus: Bus, signer: Signer, checkpoints: Checkpoints, default: str) -> None:
        self._bus, self._signer, self._checkpoints, self._default = bus, signer, checkpoints, default

    def plan(self) -> Iterator[Planned]:
        """Every case whose time is over, in the order of their keys; nothing is changed. Raises InvalidArgument for a
        default that is no period."""
        with self._bus.database.read() as db:
            for _, found in due_pages(db, self._periods(db), AT_ONCE):
                yield from _judged(db, found)

    def carry_out(self, ordered_by: str, reason: str) -> Iterator[Deleted]:
        """Delete every case whose time is over, that nobody holds and whose history verifies, some at a time: what was
        told of is done, whatever happens afterwards.

        Checkpoints cover everything before, and the certificates at the end. Raises Forbidden on PostgreSQL for another
        account than that of retention; OSError when checkpoints cannot be exported; and as CarryOutRetention.
        """
        with self._bus.database.read() as db:
            check_account(db)
        self._checkpoints.make()
        after = 0
        while True:
            with self._bus.database.write() as db:  # an account that has no pseudonym yet may get one
                page = next(due_pages(db, self._periods(db), AT_ONCE, after), None)
                if page is None:
                    break
                after, found = page
                command = self._command(db, found, ordered_by.strip(), reason)
            if command is not None:
                self._checkpoints.export(whole=False)  # what covers them now cannot be written once they are gone
                self._bus.run(command, SYSTEM)
                yield Deleted(command.said["number"], command.said["cases"], command.said["events"])
        self._checkpoints.make()

    def _periods(self, db: Connection) -> Periods:
        services = self._bus.services
        return Periods(db, services.definitions, self._bus.clock.now(), services.zone, self._default)

    def _command(self, db: Connection, found: list[Due], ordered_by: str, reason: str) -> CarryOutRetention | None:
        """The deletion of those that nothing stands against, with its certificate; None when there is none."""
        clear = [planned.due for planned in _judged(db, found) if planned.obstacle is None]
        cases = sorted(case for due in clear for case in due.cases)
        heads = [Head(*case) for case in cases]
        covered = covered_cases(db, heads)
        gone = [due for due in clear if all(case[0] in covered for case in due.cases)]
        cases = sorted(case for due in gone for case in due.cases)
        if not cases:
            return None
        number, previous = latest_order(db, retention_certificate)
        heads = [Head(*case) for case in cases]
        by = People(self._bus.services.directory.known(db, None)).text(ordered_by)
        body = certificate_body(number + 1, previous, self._bus.clock.now(), by, reason, heads)
        roots = tuple(due.root for due in gone)
        return CarryOutRetention(body, self._signer.sign(body), roots, tuple(cases), self._default, ordered_by)


def _judged(db: Connection, found: list[Due]) -> Iterator[Planned]:
    kept = held(db, (due.root for due in found))
    filed = archived_of(db, [case[0] for due in found for case in due.cases])
    for due in found:
        verified = (verify_instance(db, case[0]) for case in due.cases)
        if due.root in kept:
            yield Planned(due, HELD)
        elif any(case[0] in filed for case in due.cases):
            yield Planned(due, ARCHIVED)  # a file keeps what is deleted here: it has to be at hand
        else:
            yield Planned(due, None if all(v is not None and v.valid for v in verified) else BROKEN)


def check_account(db: Connection) -> None:
    """On PostgreSQL the database itself lets only this role delete history."""
    if db.dialect.name != "postgresql":
        return
    account = db.execute(text("SELECT current_user")).scalar_one()
    if account != RETENTION_ROLE:
        raise Forbidden(f"history is deleted by the database role {RETENTION_ROLE} alone, not by {account}")
