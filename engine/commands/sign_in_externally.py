"""Sign in by an identity provider: make or update the account that its word stands for, and open a session.

What the provider said was verified by the API before (issuer, audience, signature, nonce, time); here it is only
believed, which is why nobody but the system itself may ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from engine.commands.accounts import NEXT_REV
from engine.commands.add_person import USERNAME, check_role
from engine.commands.registry import OfService, Target, handles
from engine.commands.sign_in import open_session
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, InvalidArgument, Unauthorized
from engine.store.locks import lock_name
from engine.store.tables import external_identity, group_, membership, person, role_grant, session

LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
LONGEST_NAME, LONGEST_EMAIL = 1024, 256


class NameTaken(AlreadyExists):
    """Another account here has this user name already; ask an administrator."""

    code = "name-taken"
    th = "มีบัญชีอื่นใช้ชื่อผู้ใช้นี้อยู่แล้ว โปรดติดต่อผู้ดูแลระบบ"


@dataclass(frozen=True, slots=True)
class SignInExternally:
    """What a provider says of a person: `subject` is its own name for the person, forever; `username` what a new
    account is called here.

    Of the groups and roles in `managed_groups` and `managed_roles` the account has `groups` and `roles` afterwards;
    others that it has are none of the provider's business. Roles are (role, process id). With `adopts`, an account
    of this name that was added here without a password belongs to the person. `provider_session` is the provider's
    name for its session, by which it can end ours.
    """

    issuer: str
    subject: str
    username: str
    display_name: str
    email: str | None
    groups: frozenset[str]
    managed_groups: frozenset[str]
    roles: frozenset[tuple[str, str]]
    managed_roles: frozenset[tuple[str, str]]
    adopts: bool = False
    provider_session: str | None = None
    agent: str = ""

    def told(self) -> dict[str, Any]:
        """By whose word, and which groups and roles it gave: a sign-in may change them."""
        roles = [list(role) for role in sorted(self.roles)]
        return {"issuer": self.issuer, "groups": sorted(self.groups), "roles": roles}


_EVENT = OfService("signed-in", lambda _, answer: answer["username"], proven=True)


@handles(SignInExternally, permission="system:run", event=_EVENT)
def _act(command: SignInExternally, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {username, token, csrfToken, expiresAt, unknownGroups}: mapped groups that do not exist here.

    Raises NameTaken, InvalidArgument for a name that no account can have, Unauthorized for an account that is closed.
    """
    _check(command)
    # two first sign-ins of a person at the same moment make one account
    lock_name(tx.db, "external identity", command.issuer, command.subject)
    username = _known(command, tx) or _new(command, tx)
    row = tx.db.execute(select(person).where(person.c.username == username).with_for_update()).one()
    if not row.active:
        raise Unauthorized()
    told = {"display_name": command.display_name[:LONGEST_NAME], "email": command.email}
    if told != {"display_name": row.display_name, "email": row.email}:
        tx.db.execute(update(person).where(person.c.username == username).values(**told, **NEXT_REV))
    unknown = _set_groups(command, tx, username)
    _set_roles(command, tx, username)
    opened = open_session(tx, username, command.agent)
    by = {"issuer": command.issuer, "subject": command.subject, "provider_session": command.provider_session}
    mine = session.c.token_hash == opened.pop("tokenHash")
    tx.db.execute(update(session).where(mine).values(**by))
    return opened | {"username": username, "unknownGroups": unknown}


def _check(command: SignInExternally) -> None:
    if not 1 <= len(command.subject) <= LONGEST_SUBJECT:
        raise InvalidArgument(f"a subject has 1 to {LONGEST_SUBJECT} characters")
    if not USERNAME.fullmatch(command.username):
        raise InvalidArgument("a user name has Latin letters, digits and _ ~ @ . + - only")
    if command.email is not None and len(command.email) > LONGEST_EMAIL:
        raise InvalidArgument(f"a mail address has at most {LONGEST_EMAIL} characters")
    for role, process_id in command.managed_roles | command.roles:
        check_role(role, process_id)


def _known(command: SignInExternally, tx: Transaction) -> str | None:
    c = external_identity.c
    found = select(c.username).where(c.issuer == command.issuer, c.subject == command.subject)
    return tx.db.execute(found).scalar_one_or_none()


def _new(command: SignInExternally, tx: Transaction) -> str:
    lock_name(tx.db, "new account", command.username)
    taken = select(person.c.password_hash).where(person.c.username == command.username).with_for_update()
    there = tx.db.execute(taken).one_or_none()
    if there is None:
        row = {"username": command.username, "display_name": command.username, "active": True}
        tx.db.execute(insert(person), row)
    else:
        claimed = select(external_identity.c.subject).where(external_identity.c.username == command.username)
        # an account with a password is somebody's already, whatever a provider says
        if not command.adopts or there.password_hash is not None or tx.db.execute(claimed).first():
            raise NameTaken(username=command.username)
    identity = {
        "issuer": command.issuer,
        "subject": command.subject,
        "username": command.username,
        "made_at": tx.now,
    }
    tx.db.execute(insert(external_identity), identity)
    return command.username


def _set_groups(command: SignInExternally, tx: Transaction, username: str) -> list[str]:
    known = set(tx.db.execute(select(group_.c.key).where(group_.c.key.in_(command.groups))).scalars())
    managed = membership.c.group_key.in_(command.managed_groups | command.groups)
    tx.db.execute(delete(membership).where(membership.c.username == username, managed))
    if known:
        tx.db.execute(insert(membership), [{"group_key": key, "username": username} for key in sorted(known)])
    return sorted(command.groups - known)


def _set_roles(command: SignInExternally, tx: Transaction, username: str) -> None:
    c = role_grant.c
    for role, process_id in sorted(command.managed_roles | command.roles):
        this = (c.username == username) & (c.role == role) & (c.process_id == process_id)
        tx.db.execute(delete(role_grant).where(this))
    granted = sorted(command.roles)
    rows = [{"username": username, "role": role, "process_id": process_id} for role, process_id in granted]
    if rows:
        tx.db.execute(insert(role_grant), rows)
