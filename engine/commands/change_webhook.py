"""Change a webhook, give it a new secret, try it out, or take it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, select, update

from engine.commands.outbound import drop_waiting
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.commands.webhooks import check, made_secret, said_of
from engine.errors import InvalidState, NotFound
from engine.model.telling import WEBHOOK
from engine.model.webhooks import OVERLAP
from engine.store.tables import webhook


class SecretJustRenewed(InvalidState):
    """The secret before the last one still signs: wait until it has ended."""

    code = "secret-just-renewed"
    th = "รหัสลับก่อนหน้ายังใช้งานอยู่ โปรดรอให้หมดอายุก่อน"


@dataclass(frozen=True, slots=True)
class ChangeWebhook:
    """All of it anew, as AddWebhook; `active` False switches it off, True on again, also after long failure."""

    key: int
    name: str
    url: str
    topics: tuple[str, ...]
    groups: tuple[str, ...]
    active: bool
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return said_of(self.name, self.url, self.topics, self.groups) | {"active": self.active}


@dataclass(frozen=True, slots=True)
class RenewWebhookSecret:
    """A new secret; for a day the one before signs, too, so that the receiver can change over meanwhile."""

    key: int


@dataclass(frozen=True, slots=True)
class TestWebhook:
    """Ask for a parcel to try it out with."""

    __test__ = False  # for pytest

    key: int


@dataclass(frozen=True, slots=True)
class RemoveWebhook:
    """What waits for it is not sent any more."""

    key: int


def _target(command: ChangeWebhook | RenewWebhookSecret | TestWebhook | RemoveWebhook, tx: Transaction) -> Target:
    row = tx.db.execute(select(webhook).where(webhook.c.key == command.key).with_for_update()).one_or_none()
    return Target(rev=None if row is None else row.rev, rows={"webhook": row})


def _found(target: Target, key: int) -> Row[Any]:
    """Whether there is one, only an administrator hears. Raises NotFound."""
    row: Row[Any] | None = target.rows["webhook"]
    if row is None:
        raise NotFound(webhookKey=str(key))
    return row


def _of(type: str) -> OfService:
    return OfService(type, lambda command, _: command.key)


@handles(ChangeWebhook, permission="channel:manage", event=_of("webhook-changed"), target=_target)
def change(command: ChangeWebhook, target: Target, tx: Transaction) -> None:
    """Raises NotFound, StaleRevision and what `check` raises."""
    row = _found(target, command.key)
    check(tx, command.name, command.url, command.topics, command.groups)
    values = {
        "name": command.name.strip(), "url": command.url, "topics": sorted(set(command.topics)),
        "groups": sorted(set(command.groups)), "active": command.active, "rev": row.rev + 1,
    }  # fmt: skip
    if command.active:
        values |= {"failing_since": None, "switched_off_at": None}
    tx.db.execute(update(webhook).where(webhook.c.key == command.key).values(**values))


@handles(RenewWebhookSecret, permission="channel:manage", event=_of("webhook-secret-renewed"), target=_target)
def renew_secret(command: RenewWebhookSecret, target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {secret}, this once. Raises NotFound, NoVault; SecretJustRenewed while two sign already: the receiver
    may know only the elder."""
    row = _found(target, command.key)
    if row.before_until is not None and row.before_until > tx.now:
        raise SecretJustRenewed()
    secret, sealed = made_secret(tx, command.key)
    values = {"sealed_secret": sealed, "sealed_before": row.sealed_secret, "before_until": tx.now + OVERLAP}
    tx.db.execute(update(webhook).where(webhook.c.key == command.key).values(**values, rev=row.rev + 1))
    return {"secret": secret}


@handles(TestWebhook, permission="channel:manage", event=_of("webhook-tested"), target=_target)
def test_webhook(command: TestWebhook, target: Target, tx: Transaction) -> int:
    """The key of a parcel to send; sending it is not for a transaction. Raises NotFound."""
    _found(target, command.key)
    return tx.key()


@handles(RemoveWebhook, permission="channel:manage", event=_of("webhook-removed"), target=_target)
def remove(command: RemoveWebhook, target: Target, tx: Transaction) -> None:
    """Raises NotFound."""
    _found(target, command.key)
    tx.db.execute(delete(webhook).where(webhook.c.key == command.key))
    drop_waiting(tx, f"{WEBHOOK}:{command.key}", "the webhook was removed")
