"""What the commands of webhooks share: what they may hold, and their secrets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from engine.commands.outbound import allowed_destination
from engine.commands.transaction import Transaction
from engine.commands.vaults import vault_of
from engine.errors import InvalidArgument
from engine.model.hosts import NoAddress, destination
from engine.model.telling import TOPICS
from engine.model.webhooks import new_secret
from engine.store.tables import group_

MOST_WEBHOOKS = 50
LONGEST_NAME = 256  # characters


def check(tx: Transaction, name: str, url: str, topics: Sequence[str], groups: Sequence[str]) -> None:
    """Raises InvalidArgument for a name, topic or group that there is not, AddressRefused, HostNotAllowed."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InvalidArgument(f"a name has 1 to {LONGEST_NAME} characters", field="name")
    if unknown := set(topics) - set(TOPICS):
        raise InvalidArgument(f"there is no topic {', '.join(sorted(unknown))}", field="topics")
    known = set(tx.db.execute(select(group_.c.key).where(group_.c.key.in_(groups))).scalars()) if groups else set()
    if unknown := set(groups) - known:
        raise InvalidArgument(f"there is no group {', '.join(sorted(unknown))}", field="groups")
    allowed_destination(tx, url)


def made_secret(tx: Transaction, key: int) -> tuple[str, str]:
    """A new secret, and as it is kept. Raises NoVault."""
    secret = new_secret()
    return secret, vault_of(tx).seal(secret, sealed_for(key))


def sealed_for(key: int) -> str:
    """What the secrets of a webhook are sealed about."""
    return f"webhook:{key}"


def said_of(name: str, url: str, topics: Sequence[str], groups: Sequence[str]) -> dict[str, Any]:
    """For the audit log. Of the address only the host: its path may hold a key."""
    try:
        host = destination(url).authority
    except NoAddress:  # refused in a moment
        host = ""
    return {"name": name, "host": host, "topics": sorted(topics), "groups": sorted(groups)}
