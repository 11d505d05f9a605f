"""Erase an account: nothing tells any more who it was, and what it did is told under a pseudonym."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, or_, select

from engine.commands.erasing import order, refuse_retained
from engine.commands.holds import refuse_held
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState, NotFound
from engine.model.traces import Words
from engine.store import tables as t
from engine.store.personal import hits, open_tasks, scrub_elsewhere
from engine.store.sealing import forget_person
from engine.store.tables import metadata

_N = t.notification.c


@dataclass(frozen=True, slots=True)
class EraseAccount:
    """`by` is who orders it, where the command line does it in that person's place."""

    username: str = field(repr=False)
    reason: str
    by: str | None = None

    def told(self) -> dict[str, Any]:
        """Why, and by whose order."""
        return {"reason": self.reason, "by": self.by}


def _own(username: str) -> Iterator[Any]:
    """What stands here only for the account: all that refers to it, and what it alone sees."""
    for table in reversed(metadata.sorted_tables):
        theirs = [c == username for c in table.c if any(key.column is t.person.c.username for key in c.foreign_keys)]
        if theirs:
            yield delete(table).where(or_(*theirs))
    yield delete(t.task_draft).where(t.task_draft.c.person == username)
    yield delete(t.delivery).where(t.delivery.c.username == username)
    yield delete(t.notification).where(_N.recipient_kind == "user", _N.recipient == username)
    yield delete(t.idempotency_key).where(t.idempotency_key.c.actor == username)
    yield delete(t.person).where(t.person.c.username == username)


@handles(
    EraseAccount, permission="personal-data:erase",
    event=OfService("account-erased", lambda command, answer: answer["pseudonym"]),
)  # fmt: skip
def erase_account(command: EraseAccount, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Sessions, keys, groups, roles, substitutions, drafts and notifications of the account go with it; its name,
    display name and mail address are replaced by its pseudonym in every table. Answers the pseudonym, and the number of
    rows by table.column.

    Raises NotFound; InvalidArgument for oneself; InvalidState while open tasks are assigned to it, CaseHeld or
    CaseRetained when a case that has to be kept names it; ReasonNeeded.
    """
    row = tx.db.execute(select(t.person).where(t.person.c.username == command.username)).one_or_none()
    if row is None:
        raise NotFound(username=command.username)
    if command.username in tx.actor.hands:
        raise InvalidArgument("nobody erases the account that one acts as")
    names = [row.username, row.display_name, row.email or ""]
    order(tx, command.reason, command.by, names)
    words = Words(names)
    _refuse_busy(tx, command.username)
    named = sorted({hit.case for hit in hits(tx.db, words) if hit.case is not None})
    refuse_held(tx, named)
    refuse_retained(tx, (tx.lock_instance(key) for key in named))
    for statement in _own(command.username):
        tx.db.execute(statement)
    pseudonym = forget_person(tx.db, command.username)
    changed = scrub_elsewhere(tx.db, words, pseudonym, everywhere=True)
    return {"pseudonym": pseudonym, "rows": dict(changed)}


def _refuse_busy(tx: Transaction, username: str) -> None:
    if waiting := open_tasks(tx.db, username):
        raise InvalidState("open tasks are assigned to this account: hand them over first", openTasks=waiting)
