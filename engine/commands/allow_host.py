"""Allow a host that webhooks and push channels may send to, or take it from the list again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select

from engine.commands.outbound import AddressRefused, TooMany
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, InvalidArgument, NotFound, ReasonNeeded
from engine.model.hosts import PORTS, NoAddress, pattern_of
from engine.store.tables import allowed_host

MOST_HOSTS = 200


@dataclass(frozen=True, slots=True)
class AllowHost:
    """As engine.model.hosts.AllowedHost; `reason` says why, for who looks at the list later."""

    pattern: str
    reason: str
    port: int = 443
    scheme: str = "https"
    private: bool = False

    def told(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DisallowHost:
    """Nothing is sent there from the commit on."""

    key: int


@handles(AllowHost, permission="channel:manage", event=OfService("host-allowed", lambda command, _: command.pattern))
def allow(command: AllowHost, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {allowedHostKey}. Raises AddressRefused, ReasonNeeded, AlreadyExists, TooMany; InvalidArgument for a
    scheme or a port that there is not, and for all names of a domain where they may mean addresses inside: who can
    give a name there could reach whatever is inside."""
    if not command.reason.strip():
        raise ReasonNeeded()
    if command.scheme not in PORTS or not 0 < command.port < 65536:
        raise InvalidArgument("the scheme is https or http, the port a number from 1 to 65535")
    try:
        pattern = pattern_of(command.pattern)
    except NoAddress as error:
        raise AddressRefused(str(error)) from None
    if command.private and pattern.startswith("*."):
        raise AddressRefused("addresses inside are allowed for one host, not for all of a domain")
    c = allowed_host.c
    same = (c.pattern == pattern) & (c.port == command.port) & (c.scheme == command.scheme)
    if tx.db.execute(select(c.key).where(same)).first() is not None:
        raise AlreadyExists()
    if tx.db.execute(select(func.count()).select_from(allowed_host)).scalar_one() >= MOST_HOSTS:
        raise TooMany()
    row = {
        "key": tx.key(), "pattern": pattern, "port": command.port, "scheme": command.scheme,
        "private": command.private, "reason": command.reason, "added_by": tx.actor.name, "added_at": tx.now,
    }  # fmt: skip
    tx.db.execute(insert(allowed_host), row)
    return {"allowedHostKey": str(row["key"])}


@handles(
    DisallowHost, permission="channel:manage", event=OfService("host-disallowed", lambda _, answer: answer["pattern"])
)
def disallow(command: DisallowHost, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer what it was. Raises NotFound."""
    c = allowed_host.c
    gone = delete(allowed_host).where(c.key == command.key).returning(c.pattern, c.port, c.scheme)
    row = tx.db.execute(gone).one_or_none()
    if row is None:
        raise NotFound(allowedHostKey=str(command.key))
    return {"pattern": row.pattern, "port": row.port, "scheme": row.scheme}
