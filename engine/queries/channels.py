"""Which hosts are allowed, which webhooks there are, and a person's own push channels: never a secret."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.errors import NotFound
from engine.model.actor import Actor
from engine.model.hosts import destination
from engine.policy.permissions import Facts, allowed, require
from engine.store.tables import allowed_host, moment_text, push_address, push_service, webhook


def hosts(db: Connection, actor: Actor) -> list[dict[str, Any]]:
    """The whole list, by name. Raises Forbidden."""
    require(actor, "channel:read", Facts())
    c = allowed_host.c
    return [
        {
            "allowedHostKey": str(row.key), "pattern": row.pattern, "port": row.port, "scheme": row.scheme,
            "private": row.private, "reason": row.reason, "addedBy": row.added_by, "addedAt": moment_text(row.added_at),
        }
        for row in db.execute(select(allowed_host).order_by(c.pattern, c.port, c.scheme))
    ]  # fmt: skip


def webhooks(db: Connection, actor: Actor) -> list[dict[str, Any]]:
    """All of them, by name; of their addresses whole to who may change them, else the host. Raises Forbidden."""
    require(actor, "channel:read", Facts())
    return [_shown(row, actor) for row in db.execute(select(webhook).order_by(webhook.c.name, webhook.c.key))]


def webhook_of(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One of them, as `webhooks` shows it. Raises Forbidden, NotFound."""
    require(actor, "channel:read", Facts())
    row = db.execute(select(webhook).where(webhook.c.key == key)).one_or_none()
    if row is None:
        raise NotFound(webhookKey=str(key))
    return _shown(row, actor)


def _shown(row: Row[Any], actor: Actor) -> dict[str, Any]:
    # the path of an address may hold a key
    url = row.url if allowed(actor, "channel:manage", Facts()) else destination(row.url).origin
    return {
        "webhookKey": str(row.key), "name": row.name, "url": url, "topics": row.topics, "groups": row.groups,
        "active": row.active, "addedBy": row.added_by, "addedAt": moment_text(row.added_at),
        "failingSince": _moment(row.failing_since), "switchedOffAt": _moment(row.switched_off_at),
        "secretBeforeUntil": _moment(row.before_until), "rev": row.rev,
    }  # fmt: skip


def push_services(db: Connection, actor: Actor) -> list[dict[str, Any]]:
    """The office's own accounts at push services, by name: for everybody to choose from, without their addresses."""
    require(actor, "push-address:manage", Facts(person=actor.id))
    c = push_service.c
    return [
        {"pushServiceKey": str(row.key), "name": row.name, "service": row.service}
        for row in db.execute(select(c.key, c.name, c.service).order_by(c.name, c.key))
    ]


def push_addresses(db: Connection, actor: Actor) -> list[dict[str, Any]]:
    """Those of who asks, oldest first: which service and how it was called, not the address."""
    c = push_address.c
    require(actor, "push-address:manage", Facts(person=actor.id))
    return [
        {
            "pushAddressKey": str(row.key), "label": row.label, "service": row.service,
            "pushServiceKey": None if row.service_key is None else str(row.service_key),
            "addedAt": moment_text(row.added_at),
        }
        for row in db.execute(select(push_address).where(c.username == actor.id).order_by(c.key))
    ]  # fmt: skip


def _moment(value: datetime | None) -> str | None:
    return None if value is None else moment_text(value)
