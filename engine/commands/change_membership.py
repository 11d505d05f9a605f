"""Take a person into a unit, a committee or a position, or out of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, NotFound
from engine.store.tables import group_, membership, person


@dataclass(frozen=True, slots=True)
class ChangeMembership:
    """With `leave`, out of the group."""

    username: str
    group: str
    leave: bool = False


@handles(ChangeMembership, permission="people:manage", event=NO_INSTANCE)
def change_membership(command: ChangeMembership, _target: Target, tx: Transaction) -> None:
    """Holds from the next request on; done twice, it changes nothing and tells nothing. Raises NotFound, and Forbidden
    for one's own account: nobody gives himself or herself the work of a group."""
    if command.username == tx.actor.id and not tx.actor.is_system:
        raise Forbidden("somebody else decides which groups you belong to")
    known = select(person.c.username).where(person.c.username == command.username)
    if tx.db.execute(known.with_for_update()).first() is None:
        raise NotFound(username=command.username)
    if tx.db.execute(select(group_.c.key).where(group_.c.key == command.group)).first() is None:
        raise NotFound(groupId=command.group)
    m = membership.c
    this = (m.username == command.username) & (m.group_key == command.group)
    if (tx.db.execute(select(m.username).where(this)).first() is None) == command.leave:
        return
    row = {"username": command.username, "group_key": command.group}
    tx.db.execute(delete(membership).where(this) if command.leave else insert(membership).values(row))
    which = {"added": [], "removed": [command.group]} if command.leave else {"added": [command.group], "removed": []}
    tx.record_service("person-changed", command.username, facts=[], groups=which)
