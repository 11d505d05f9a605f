"""Try a dead letter again, or say that it is not sent any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from engine.commands.dead_letters import drop, send_again
from engine.commands.registry import OfService, Target, handles
from engine.commands.second_person import check_reason
from engine.commands.targets import instance_facts
from engine.commands.transaction import Transaction
from engine.errors import InvalidState, NotFound
from engine.model.telling import FAILED
from engine.policy.permissions import Facts
from engine.store.tables import delivery


@dataclass(frozen=True, slots=True)
class RetryDeadLetter:
    """With all that is in the same parcel."""

    key: int
    reason: str

    def told(self) -> dict[str, Any]:
        """Why."""
        return {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class DropDeadLetter:
    """It alone."""

    key: int
    reason: str

    def told(self) -> dict[str, Any]:
        """Why."""
        return {"reason": self.reason}


def _target(command: RetryDeadLetter | DropDeadLetter, tx: Transaction) -> Target:
    """What it is of is locked. Raises NotFound."""
    c = delivery.c
    query = select(c.key, c.process_instance_key).where(c.key == command.key)
    found = tx.db.execute(query).one_or_none()
    if found is None:
        raise NotFound(deliveryKey=str(command.key))
    named = {"deliveryKey": str(command.key)}
    if found.process_instance_key is None:
        return Target(rows={"delivery": _row(tx, command.key)}, named=named)
    facts: Facts = instance_facts(tx, tx.lock_instance(found.process_instance_key))
    return Target(facts, rows={"delivery": _row(tx, command.key)}, named=named)


def _row(tx: Transaction, key: int) -> Row[Any, Any]:
    c = delivery.c
    return tx.db.execute(select(c.parcel_key, c.state).where(c.key == key)).one()


def _event(type: str) -> OfService:
    return OfService(type, lambda command, _: command.key)


@handles(RetryDeadLetter, permission="delivery:manage", event=_event("delivery-retried"), target=_target)
def retry(command: RetryDeadLetter, target: Target, tx: Transaction) -> None:
    """It is sent again at once, as what it was. Raises InvalidState unless it failed, ReasonNeeded."""
    send_again(tx, _failed(command, target).parcel_key)


@handles(DropDeadLetter, permission="delivery:manage", event=_event("delivery-dropped"), target=_target)
def drop_letter(command: DropDeadLetter, target: Target, tx: Transaction) -> None:
    """It is not sent any more. Raises InvalidState unless it failed, ReasonNeeded."""
    _failed(command, target)
    drop(tx, command.key, command.reason)


def _failed(command: RetryDeadLetter | DropDeadLetter, target: Target) -> Row[Any]:
    check_reason(command.reason)
    row: Row[Any] = target.rows["delivery"]
    if row.state != FAILED:
        raise InvalidState("only what could not be delivered is a dead letter", deliveryKey=str(command.key))
    return row
