"""What an import changes: the people of a file beside those that there are, and the change carried out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select, update

from engine.commands.accounts import NEXT_REV
from engine.commands.add_person import AddPerson
from engine.commands.transaction import Transaction
from engine.model.access import CLASSES
from engine.model.organisation import PersonEntry
from engine.store.tables import membership, person, role_grant

Role = tuple[str, str]


@dataclass(slots=True)
class Known:
    """A person as there is one now."""

    account: str
    name: str
    email: str
    active: bool
    clearance: int
    groups: set[str] = field(default_factory=set)
    roles: set[Role] = field(default_factory=set)

    @property
    def is_program(self) -> bool:
        """An account of a program: no file of people speaks of it."""
        return {role for role, _ in self.roles} == {"client"} and not self.groups


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes different of one person; `before` is None for somebody new."""

    account: str
    before: Known | None
    after: Known

    @property
    def different(self) -> bool:
        """Whether there is anything to be done."""
        return self.before != self.after

    def told(self) -> dict[str, Any]:
        """For people to read: which facts change, and into what."""
        before, after = self.before or Known(self.account, "", "", True, 0), self.after
        told: dict[str, Any] = {"account": self.account}
        for name in ("name", "email"):
            if getattr(before, name) != getattr(after, name):
                told[name] = getattr(after, name)
        if before.clearance != after.clearance:
            told["clearance"] = CLASSES[after.clearance]
        if not before.active:
            told["active"] = True
        for name, old, new in (
            ("groups", before.groups, after.groups),
            ("roles", {_shown(r) for r in before.roles}, {_shown(r) for r in after.roles}),
        ):
            if old != new:
                told[name] = {"added": sorted(new - old), "removed": sorted(old - new)}
        return told


def _shown(role: Role) -> str:
    return ":".join(filter(None, role))


def known_people(tx: Transaction) -> dict[str, Known]:
    """Everybody there is, by account. Rows are read without a lock: an import has the others wait by another one."""
    p = person.c
    asked = select(p.username, p.display_name, p.email, p.active, p.clearance)
    rows = tx.db.execute(asked)
    found = {r.username: Known(r.username, r.display_name, r.email or "", r.active, r.clearance) for r in rows}
    for username, key in tx.db.execute(select(membership.c.username, membership.c.group_key)):
        found[username].groups.add(key)
    r = role_grant.c
    for username, role, process in tx.db.execute(select(r.username, r.role, r.process_id)):
        found[username].roles.add((role, process))
    return found


def change_of(entry: PersonEntry, before: Known | None) -> Change:
    """What the file says comes about, what it does not speak of stays, and who is in it is active."""
    old = before or Known(entry.account, "", "", True, 0)
    after = Known(
        entry.account,
        entry.name,
        old.email if entry.email is None else entry.email,
        True,
        old.clearance if entry.clearance is None else entry.clearance,
        set(old.groups if entry.groups is None else entry.groups),
        set(old.roles if entry.roles is None else entry.roles),
    )
    return Change(entry.account, before, after)


def carry_out(tx: Transaction, changes: list[Change]) -> None:
    """Write the changes, and tell each in the audit log: by the names of the facts, not by their values."""
    people, members, grants = [], [], []
    for change in changes:
        before, after = change.before, change.after
        row = {
            "username": after.account,
            "display_name": after.name,
            "email": after.email or None,
            "active": True,
            "clearance": after.clearance,
        }
        if before is None:
            people.append(row)
        else:
            mine = update(person).where(person.c.username == after.account)
            tx.db.execute(mine.values(**row, **NEXT_REV))
            _take_away(tx, before, after)
        old = before or Known(after.account, "", "", True, 0)
        members += [{"username": after.account, "group_key": key} for key in sorted(after.groups - old.groups)]
        grants += [
            {"username": after.account, "role": role, "process_id": process_id}
            for role, process_id in sorted(after.roles - old.roles)
        ]
        _tell(tx, change, old)
    for table, rows in ((person, people), (membership, members), (role_grant, grants)):
        if rows:
            tx.db.execute(insert(table), rows)


def _take_away(tx: Transaction, before: Known, after: Known) -> None:
    m, r = membership.c, role_grant.c
    if gone := before.groups - after.groups:
        tx.db.execute(delete(membership).where(m.username == before.account, m.group_key.in_(gone)))
    for role, process_id in sorted(before.roles - after.roles):
        this = (r.username == before.account) & (r.role == role) & (r.process_id == process_id)
        tx.db.execute(delete(role_grant).where(this))


def _tell(tx: Transaction, change: Change, old: Known) -> None:
    told = change.told()
    if change.before is None:
        facts = AddPerson(
            change.account,
            change.after.name,
            groups=tuple(sorted(change.after.groups)),
            roles=tuple(sorted(change.after.roles)),
            clearance=CLASSES[change.after.clearance],
        )
        tx.record_service("person-added", change.account, **facts.told())
        return
    if "active" in told:
        tx.record_service("person-activated", change.account)
    said = sorted({"name", "email"} & told.keys())
    if said or "groups" in told:
        tx.record_service("person-changed", change.account, facts=said, groups=told.get("groups"))
    if "clearance" in told:
        tx.record_service("clearance-set", change.account, clearance=told["clearance"])
    for granted, revoked in ((change.after.roles - old.roles, False), (old.roles - change.after.roles, True)):
        for role, process_id in sorted(granted):
            tx.record_service("role-granted", change.account, role=role, processId=process_id or None, revoked=revoked)
