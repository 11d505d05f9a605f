"""Add a person or a client, with password, groups and roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, get_args

from sqlalchemy import insert, select

from engine.commands.registry import OfService, Target, handles
from engine.commands.set_clearance import rank
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, InvalidArgument
from engine.model.access import CLASSES, NORMAL
from engine.model.actor import Role
from engine.policy.passwords import ONE_TIME_LASTS, check_password, new_password
from engine.store.tables import group_, membership, person, role_grant

USERNAME = re.compile(r"[A-Za-z0-9_~@.+-]{1,256}")


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A new account. `roles` are (role, process id): "" but for a process owner, "*" for all processes.

    `clearance` is the highest confidentiality class that the account may see. With `one_time` a password
    is made: it opens nothing but the change of it, and that for ONE_TIME_LASTS.
    """

    username: str
    display_name: str
    password: str | None = field(default=None, repr=False)
    email: str | None = None
    groups: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    clearance: str = CLASSES[NORMAL]
    one_time: bool = False

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        roles = [list(grant) for grant in self.roles]
        return {"groups": list(self.groups), "roles": roles, "clearance": self.clearance}


def check_role(role: str, process_id: str) -> None:
    """Raise InvalidArgument for a role that does not exist, or one that does not fit the process id."""
    if role not in get_args(Role):
        raise InvalidArgument(f"there is no role {role}; the roles are {', '.join(get_args(Role))}")
    if (role == "process-owner") != bool(process_id):
        raise InvalidArgument("a process owner, and nobody else, has the role for a process (or * for all)")


@handles(AddPerson, permission="people:manage", event=OfService("person-added", lambda command, _: command.username))
def _act(command: AddPerson, _target: Target, tx: Transaction) -> str | None:
    """Answers the password that was made, None where none was. Raises InvalidArgument, AlreadyExists."""
    if not USERNAME.fullmatch(command.username):
        raise InvalidArgument("a user name has Latin letters, digits and _ ~ @ . + - only")
    if command.password is not None:
        check_password(command.password, command.username)
    for role, process_id in command.roles:
        check_role(role, process_id)
    known = set(tx.db.execute(select(group_.c.key).where(group_.c.key.in_(command.groups))).scalars())
    if unknown := set(command.groups) - known:
        raise InvalidArgument(f"there is no group {', '.join(sorted(unknown))}")
    taken = select(person.c.username).where(person.c.username == command.username)
    if tx.db.execute(taken).first():
        raise AlreadyExists(username=command.username)
    made = new_password() if command.one_time else None
    password = made or command.password
    row = {
        "username": command.username,
        "display_name": command.display_name,
        "email": command.email,
        "password_hash": None if password is None else tx.services.hasher.hash(password),
        "active": True,
        "clearance": rank(command.clearance),
        "one_time_until": tx.now + ONE_TIME_LASTS if command.one_time else None,
    }
    tx.db.execute(insert(person), row)
    if command.groups:
        members = [{"group_key": g, "username": command.username} for g in dict.fromkeys(command.groups)]
        tx.db.execute(insert(membership), members)
    if command.roles:
        grants = [
            {"username": command.username, "role": role, "process_id": process_id}
            for role, process_id in dict.fromkeys(command.roles)
        ]
        tx.db.execute(insert(role_grant), grants)
    return made
