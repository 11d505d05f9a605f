"""Grant a role to a person, or take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from engine.commands.add_person import check_role
from engine.commands.leavers import refuse_last_administrator
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import Forbidden, NotFound
from engine.store.tables import person, role_grant


@dataclass(frozen=True, slots=True)
class GrantRole:
    """`process_id` is the process of a process owner ("*" for all), "" for every other role."""

    username: str
    role: str
    process_id: str = ""
    revoke: bool = False

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"role": self.role, "processId": self.process_id or None, "revoked": self.revoke}


@handles(GrantRole, permission="people:manage", event=OfService("role-granted", lambda command, _: command.username))
def _act(command: GrantRole, _target: Target, tx: Transaction) -> None:
    """Granting twice, or revoking what was never granted, changes nothing. Raises NotFound, LastAdministrator, and
    Forbidden for one's own account: nobody gives himself or herself a role."""
    if command.username == tx.actor.id and not tx.actor.is_system:
        raise Forbidden("somebody else decides which roles you have")
    check_role(command.role, command.process_id)
    known = select(person.c.username).where(person.c.username == command.username)
    if tx.db.execute(known.with_for_update()).first() is None:
        raise NotFound(username=command.username)
    if command.revoke and command.role == "administrator":
        refuse_last_administrator(tx, command.username)
    tx.db.execute(
        delete(role_grant).where(
            role_grant.c.username == command.username,
            role_grant.c.role == command.role,
            role_grant.c.process_id == command.process_id,
        )
    )
    if not command.revoke:
        row = {"username": command.username, "role": command.role, "process_id": command.process_id}
        tx.db.execute(insert(role_grant), row)
