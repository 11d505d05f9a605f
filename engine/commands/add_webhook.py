"""Add a webhook: an address that gets what people are told as CloudEvents, signed by a secret of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from engine.commands.outbound import TooMany
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.commands.webhooks import MOST_WEBHOOKS, check, made_secret, said_of
from engine.store.tables import webhook


@dataclass(frozen=True, slots=True)
class AddWebhook:
    """Of the notifications with one of `topics`, those to one of `groups` or its members; none stands for all."""

    name: str
    url: str
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return said_of(self.name, self.url, self.topics, self.groups)


@handles(
    AddWebhook, permission="channel:manage", event=OfService("webhook-added", lambda _, answer: answer["webhookKey"])
)
def add_webhook(command: AddWebhook, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {webhookKey, secret}, the secret this once. Raises what `check` raises, TooMany, NoVault."""
    check(tx, command.name, command.url, command.topics, command.groups)
    if tx.db.execute(select(func.count()).select_from(webhook)).scalar_one() >= MOST_WEBHOOKS:
        raise TooMany()
    key = tx.key()
    secret, sealed = made_secret(tx, key)
    row = {
        "key": key, "name": command.name.strip(), "url": command.url, "topics": sorted(set(command.topics)),
        "groups": sorted(set(command.groups)), "active": True, "sealed_secret": sealed, "added_by": tx.actor.name,
        "added_at": tx.now, "rev": 1,
    }  # fmt: skip
    tx.db.execute(insert(webhook), row)
    return {"webhookKey": str(key), "secret": secret}
