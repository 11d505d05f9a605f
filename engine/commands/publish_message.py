"""Publish a message: it reaches who waits for it now, and for a time who will."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import delete, insert, select

from engine.commands.correlation import (
    deliver,
    lock_instances,
    lock_message,
    one_per_process,
    remember,
    waiting_for,
)
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import AlreadyExists, InvalidArgument
from engine.feel import to_json
from engine.policy.permissions import Facts
from engine.store.tables import message

MAX_TTL_MS = 366 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class PublishMessage:
    """Kept for `time_to_live_ms` milliseconds for those who begin to wait later."""

    name: str
    correlation_key: str = ""
    time_to_live_ms: int = 0
    message_id: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


def message_target(command: Any, tx: Transaction) -> Target:
    """Who waits for the message now."""
    if not command.name or len(command.name) > 256 or len(command.correlation_key) > 256:
        raise InvalidArgument("a message has a name; name and key have at most 256 characters")
    variables_in(command.variables)  # of a kept message too: whoever waits for it later is not to blame
    lock_message(tx, command.name, command.correlation_key)
    rows = one_per_process(waiting_for(tx, "message", command.name, command.correlation_key))
    lock_instances(tx, rows)
    return Target(Facts(frozenset(r.process_id for r in rows)), rows={"waiting": rows})


@handles(PublishMessage, permission="message:publish", event=NO_INSTANCE, target=message_target)
def publish_message(command: PublishMessage, target: Target, tx: Transaction) -> dict[str, Any]:
    """Raises AlreadyExists for a second message with the same name, key and id while the first is kept."""
    if not 0 <= command.time_to_live_ms <= MAX_TTL_MS:
        raise InvalidArgument(f"timeToLive is between 0 and {MAX_TTL_MS} milliseconds")
    key, c = tx.key(), message.c
    same = (c.name == command.name) & (c.correlation_key == command.correlation_key)
    tx.db.execute(delete(message).where(same, c.expires_at <= tx.now))
    known = select(c.key).where(same, c.message_id == command.message_id)
    if command.message_id is not None and tx.db.execute(known).first() is not None:
        raise AlreadyExists("a message with this id is kept already", messageId=command.message_id)
    kept = command.time_to_live_ms > 0
    if kept:
        tx.db.execute(
            insert(message),
            {
                "key": key, "name": command.name, "correlation_key": command.correlation_key,
                "message_id": command.message_id, "variables": orjson.dumps(to_json(dict(command.variables))).decode(),
                "published_at": tx.now, "expires_at": tx.now + timedelta(milliseconds=command.time_to_live_ms),
            },
        )  # fmt: skip
    for row in target.rows["waiting"]:
        reached = deliver(tx, row, command.name, command.correlation_key, command.variables, key)
        if reached is not None and kept:
            remember(tx, key, row.process_id)
    return {"messageKey": str(key)}
