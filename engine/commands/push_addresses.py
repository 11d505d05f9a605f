"""A person's own push channels: added, tried out, removed. Their addresses hold keys: nobody is shown them again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, select

from engine.commands.outbound import AddressRefused, TooMany, allowed_destination, drop_waiting
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.commands.vaults import NoVault, vault_of
from engine.errors import InvalidArgument, NotFound
from engine.model.hosts import NoAddress
from engine.model.push import addressed, service_of, target_of
from engine.model.telling import PUSH
from engine.policy.permissions import Facts
from engine.store.tables import person, push_address, push_service

MOST_ADDRESSES = 5  # of one person
LONGEST_LABEL = 256  # characters


@dataclass(frozen=True, slots=True)
class AddPushAddress:
    """`address` is as apprise writes it or, with `service_key`, who the person is at a service of the office's (such as
    a LINE user id); `label` is what the person calls it."""

    username: str
    label: str
    address: str = field(repr=False)
    service_key: int | None = None

    def told(self) -> dict[str, Any]:
        """Which service, and nothing that is secret."""
        if self.service_key is not None:
            return {"pushServiceKey": str(self.service_key)}
        return {"service": self.address.partition(":")[0][:16]}


@dataclass(frozen=True, slots=True)
class TestPushAddress:
    """Ask for a parcel to try it out with."""

    __test__ = False  # for pytest

    key: int


@dataclass(frozen=True, slots=True)
class RemovePushAddress:
    """Nothing is sent there any more."""

    key: int


def service_sealed_for(key: int) -> str:
    """What the address of a service of the office's is sealed about."""
    return f"push-service:{key}"


def sealed_for(key: int) -> str:
    """What the address of a push channel is sealed about."""
    return f"push-address:{key}"


def _own(command: AddPushAddress, _tx: Transaction) -> Target:
    return Target(Facts(person=command.username))


def _owner(command: TestPushAddress | RemovePushAddress, tx: Transaction) -> Target:
    """Whose it is, locked. An unknown one is nobody's."""
    c = push_address.c
    row = tx.db.execute(select(c.username).where(c.key == command.key).with_for_update()).one_or_none()
    if row is None or row.username != tx.actor.id:  # that another has one is nobody's business
        raise NotFound(pushAddressKey=str(command.key))
    return Target(Facts(person=row.username))


def _of(type: str) -> OfService:
    return OfService(type, lambda command, answer: answer["username"])


@handles(AddPushAddress, permission="push-address:manage", event=_of("push-address-added"), target=_own)
def add(command: AddPushAddress, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {pushAddressKey, username}. Raises AddressRefused, HostNotAllowed, TooMany, NoVault; NotFound for another
    service; InvalidArgument for a label that is empty or too long."""
    if not command.label.strip() or len(command.label) > LONGEST_LABEL:
        raise InvalidArgument(f"a label has 1 to {LONGEST_LABEL} characters", field="label")
    service = check_address(tx, _whole(tx, command))
    # who adds two at once waits here
    tx.db.execute(select(person.c.username).where(person.c.username == command.username).with_for_update())
    c = push_address.c
    if tx.db.execute(select(func.count()).where(c.username == command.username)).scalar_one() >= MOST_ADDRESSES:
        raise TooMany()
    key = tx.key()
    row = {
        "key": key, "username": command.username, "label": command.label.strip(), "service": service,
        "sealed_address": vault_of(tx).seal(command.address, sealed_for(key)), "service_key": command.service_key,
        "added_at": tx.now,
    }  # fmt: skip
    tx.db.execute(insert(push_address), row)
    return {"pushAddressKey": str(key), "username": command.username}


def check_address(tx: Transaction, address: str) -> str:
    """The service of an address that something can be sent to. Raises AddressRefused, HostNotAllowed."""
    try:
        service, url = service_of(address), target_of(address)
    except NoAddress as error:
        raise AddressRefused(str(error)) from None
    allowed_destination(tx, url)
    return service


def _whole(tx: Transaction, command: AddPushAddress) -> str:
    if command.service_key is None:
        return command.address
    query = select(push_service.c.sealed_address).where(push_service.c.key == command.service_key)
    sealed = tx.db.execute(query.with_for_update()).scalar()
    if sealed is None:
        raise NotFound(pushServiceKey=str(command.service_key))
    try:
        return addressed(vault_of(tx).open(sealed, service_sealed_for(command.service_key)), command.address)
    except NoAddress as error:
        raise AddressRefused(str(error)) from None
    except ValueError:
        raise NoVault("what was sealed was sealed with another key") from None


@handles(TestPushAddress, permission="push-address:manage", event=_of("push-address-tested"), target=_owner)
def test_address(_command: TestPushAddress, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {parcelKey, username}: a parcel to send; sending it is not for a transaction. Raises NotFound."""
    return {"parcelKey": tx.key(), "username": target.facts.person}


@handles(RemovePushAddress, permission="push-address:manage", event=_of("push-address-removed"), target=_owner)
def remove(command: RemovePushAddress, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {username}. Raises NotFound."""
    tx.db.execute(delete(push_address).where(push_address.c.key == command.key))
    drop_waiting(tx, f"{PUSH}:{command.key}", "the address was removed")
    return {"username": target.facts.person}
