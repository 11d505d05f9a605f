"""Add the demo accounts: one of every kind, and two for every unit, committee and position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.model.organisation import Organisation
from engine.store.tables import membership, person, role_grant

# name -> (display name, role, process id)
OFFICERS = {
    "admin": ("ผู้ดูแลระบบ (Administrator)", "administrator", ""),
    "owner": ("เจ้าของกระบวนงาน (Process owner)", "process-owner", "*"),
    "auditor": ("ผู้ตรวจสอบ (Auditor)", "auditor", ""),
}
PER_GROUP = 2


@dataclass(frozen=True, slots=True)
class AddDemoAccounts:
    """Make what is missing. With `reset`, every demo account gets `password`, also an old one."""

    organisation: Organisation
    password: str = field(repr=False)
    reset: bool = False

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"passwordsReset": self.reset}


@handles(AddDemoAccounts, permission="people:manage", event=OfService("demo-accounts-added", lambda *_: "demo"))
def _act(command: AddDemoAccounts, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {added: n}. All share one hash: they share the password, and hashing a hundred takes seconds."""
    wanted = dict(_accounts(command.organisation))
    known = set(tx.db.execute(select(person.c.username).where(person.c.username.in_(wanted))).scalars())
    hashed = tx.services.hasher.hash(command.password)
    if command.reset and known:
        changed = {"password_hash": hashed, "failed_sign_ins": 0, "locked_until": None}
        tx.db.execute(update(person).where(person.c.username.in_(known)).values(changed))
    people, members, grants = [], [], []
    for username, (display_name, groups) in wanted.items():
        if username in known:
            continue
        people.append({"username": username, "display_name": display_name, "password_hash": hashed, "active": True})
        members += [{"username": username, "group_key": group} for group in groups]
        if username in OFFICERS:
            _, role, process_id = OFFICERS[username]
            grants.append({"username": username, "role": role, "process_id": process_id})
    for table, rows in ((person, people), (membership, members), (role_grant, grants)):
        if rows:
            tx.db.execute(insert(table), rows)
    return {"added": len(people)}


def _accounts(organisation: Organisation) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    for username, (display_name, _, _) in OFFICERS.items():
        yield username, (display_name, ())
    for group in organisation.groups:
        for number in range(1, PER_GROUP + 1):
            yield f"{group.key}{number}", (f"{group.th} {number}", (group.key,))
    for username, groups in organisation.demo:
        yield username, (username, groups)
