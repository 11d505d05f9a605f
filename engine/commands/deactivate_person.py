"""Deactivate the account of a person who leaves, or activate it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from engine.commands.accounts import NEXT_REV, account_target, found
from engine.commands.leavers import close_accounts, refuse_last_administrator
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden
from engine.store.personal import open_tasks
from engine.store.tables import person


@dataclass(frozen=True, slots=True)
class DeactivatePerson:
    """`reason` is kept in the audit log, where there is one."""

    username: str
    reason: str = ""
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class ActivatePerson:
    """Sessions, tokens and clients that ended stay ended."""

    username: str
    rev: int | None = None


@handles(DeactivatePerson, permission="people:manage", event=NO_INSTANCE, target=account_target)
def deactivate(command: DeactivatePerson, target: Target, tx: Transaction) -> dict[str, Any]:
    """Sessions end, tokens and clients are revoked, signing in is refused; open tasks stay where they are. Done twice,
    it changes nothing. Answers {openTasks: how many}. Raises NotFound, StaleRevision, LastAdministrator, and Forbidden
    for oneself."""
    if command.username == tx.actor.id and not tx.actor.is_system:
        raise Forbidden("somebody else deactivates your account")
    left = open_tasks(tx.db, command.username)
    if found(target, command.username).active:
        refuse_last_administrator(tx, command.username)
        close_accounts(tx, (command.username,))
        tx.record_service("person-deactivated", command.username, openTasks=left, reason=command.reason or None)
    return {"openTasks": left}


@handles(ActivatePerson, permission="people:manage", event=NO_INSTANCE, target=account_target)
def activate(command: ActivatePerson, target: Target, tx: Transaction) -> None:
    """Signing in is possible again, with the groups and roles that the account had. Raises NotFound, StaleRevision."""
    if not found(target, command.username).active:
        mine = update(person).where(person.c.username == command.username)
        tx.db.execute(mine.values(active=True, **NEXT_REV))
        tx.record_service("person-activated", command.username)
