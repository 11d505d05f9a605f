"""An account of the office's own at a push service: people add themselves by who they are there, and see no key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, select

from engine.commands.outbound import AddressRefused, TooMany, drop_waiting
from engine.commands.push_addresses import LONGEST_LABEL, check_address, service_sealed_for
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.commands.vaults import vault_of
from engine.errors import InvalidArgument, NotFound
from engine.model.hosts import NoAddress
from engine.model.push import addressed
from engine.model.telling import PUSH
from engine.store.tables import push_address, push_service

MOST_SERVICES = 20


@dataclass(frozen=True, slots=True)
class AddPushService:
    """`address` is as apprise writes it, with {to} in the place of the person: `line://token/{to}`. `name` is what
    people choose it by."""

    name: str
    address: str = field(repr=False)

    def told(self) -> dict[str, Any]:
        """Its name and which service, and nothing that is secret."""
        return {"name": self.name, "service": self.address.partition(":")[0][:16]}


@dataclass(frozen=True, slots=True)
class RemovePushService:
    """With every push channel of people that goes through it."""

    key: int


@handles(
    AddPushService,
    permission="channel:manage",
    event=OfService("push-service-added", lambda _, answer: answer["pushServiceKey"]),
)
def add_service(command: AddPushService, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {pushServiceKey}. Raises AddressRefused, HostNotAllowed, TooMany, NoVault; InvalidArgument for a name that
    is empty or too long."""
    if not command.name.strip() or len(command.name) > LONGEST_LABEL:
        raise InvalidArgument(f"a name has 1 to {LONGEST_LABEL} characters", field="name")
    try:
        service = check_address(tx, addressed(command.address, "x"))
    except NoAddress as error:
        raise AddressRefused(str(error)) from None
    if tx.db.execute(select(func.count()).select_from(push_service)).scalar_one() >= MOST_SERVICES:
        raise TooMany()
    key = tx.key()
    row = {
        "key": key, "name": command.name.strip(), "service": service, "added_by": tx.actor.name, "added_at": tx.now,
        "sealed_address": vault_of(tx).seal(command.address, service_sealed_for(key)),
    }  # fmt: skip
    tx.db.execute(insert(push_service), row)
    return {"pushServiceKey": str(key)}


@handles(
    RemovePushService,
    permission="channel:manage",
    event=OfService("push-service-removed", lambda command, _: command.key),
)
def remove_service(command: RemovePushService, _target: Target, tx: Transaction) -> None:
    """Raises NotFound."""
    s, a = push_service.c, push_address.c
    # who adds a channel through it at the same moment waits here, or is waited for
    if tx.db.execute(select(s.key).where(s.key == command.key).with_for_update()).first() is None:
        raise NotFound(pushServiceKey=str(command.key))
    gone = delete(push_address).where(a.service_key == command.key).returning(a.key)
    for key in tx.db.execute(gone).scalars().all():
        drop_waiting(tx, f"{PUSH}:{key}", "the service was removed")
    tx.db.execute(delete(push_service).where(s.key == command.key))
