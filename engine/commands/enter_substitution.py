"""Enter who stands in for an absent person: from when to when, and for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, select

from engine.commands.begin_substitution import tell_at_beginning
from engine.commands.registry import OfService, Target, handles
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, NotCleared, SubstitutionOverlaps
from engine.model.access import NORMAL
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.policy.permissions import Facts
from engine.store.clearances import clearances
from engine.store.heads import heads
from engine.store.locks import lock_name
from engine.store.tables import (
    membership,
    person,
    process_definition,
    process_instance,
    substitution,
    task_candidate,
    user_task,
)

SCOPES = ("all", "group", "process")
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class EnterSubstitution:
    """`substitute` stands in for `absent` from `starts_at` until before `ends_at` (aware): for everything, or for the
    tasks of one group of the absent person's, or of one process (`scope_name`)."""

    absent: str
    substitute: str
    starts_at: datetime
    ends_at: datetime
    scope: str = "all"
    scope_name: str = ""

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        between = {"from": self.starts_at.isoformat(), "to": self.ends_at.isoformat()}
        scope = {"scope": self.scope, "scopeName": self.scope_name or None}
        return {"absent": self.absent, "substitute": self.substitute, **between, **scope}


def _target(command: EnterSubstitution, tx: Transaction) -> Target:
    """The person concerned is who will be absent."""
    return Target(Facts(person=command.absent, heads=heads(tx.db, tx.actor.groups, command.absent)))


@handles(
    EnterSubstitution, permission="substitution:enter", target=_target,
    event=OfService("substitution-entered", lambda _, answer: answer["substitutionKey"]),
)  # fmt: skip
def enter_substitution(command: EnterSubstitution, _found: Target, tx: Transaction) -> dict[str, Any]:
    """The substitute is told, again when it begins later. Raises InvalidArgument for people, times or scopes that
    cannot be, SubstitutionOverlaps while another entry of the person holds for the same tasks, NotCleared when the
    substitute may not see them."""
    _check(command, tx)
    lock_name(tx.db, "substitution", command.absent)
    _check_overlap(command, tx)
    _check_cleared(command, tx)
    key = tx.key()
    row = {
        "key": key, "absent": command.absent, "substitute": command.substitute, "scope": command.scope,
        "scope_name": command.scope_name, "starts_at": command.starts_at, "ends_at": command.ends_at,
        "entered_by": tx.actor.id, "entered_at": tx.now, "ended_by": None,
    }  # fmt: skip
    tx.db.execute(insert(substitution), row)
    _tell(command, tx)
    if command.starts_at > tx.now:
        tell_at_beginning(tx, key, command.starts_at)
    return {"substitutionKey": str(key)}


def _check(command: EnterSubstitution, tx: Transaction) -> None:
    if command.absent == command.substitute:
        raise InvalidArgument("nobody stands in for himself or herself", field="substitute")
    for name in (command.absent, command.substitute):
        known = select(person.c.username).where(person.c.username == name, person.c.active)
        if tx.db.execute(known).first() is None:
            raise InvalidArgument(f"there is no person {name}")
    if not command.starts_at < command.ends_at or command.ends_at <= tx.now:
        raise InvalidArgument("a substitution ends after it starts, and not in the past", field="endDate")
    if command.ends_at - command.starts_at > LONGEST:
        raise InvalidArgument(f"a substitution is for {LONGEST.days} days at most", field="endDate")
    if command.scope not in SCOPES or (command.scope == "all") != (command.scope_name == ""):
        raise InvalidArgument("a substitution is for all, or for a group or a process that is named", field="scope")
    m, p = membership.c, process_definition.c
    of_group = select(m.username).where(m.username == command.absent, m.group_key == command.scope_name)
    of_process = select(p.key).where(p.process_id == command.scope_name)
    known_scope = {"group": of_group, "process": of_process}.get(command.scope)
    if known_scope is not None and tx.db.execute(known_scope.limit(1)).first() is None:
        raise InvalidArgument("there is no such process, or the person is not in this group", field="scopeName")


def _check_overlap(command: EnterSubstitution, tx: Transaction) -> None:
    """At one moment all entries of a person are of one kind and name different things, so that it is never in doubt
    who does a task."""
    c = substitution.c
    same = or_(c.scope != command.scope, c.scope_name == command.scope_name)
    between = (c.starts_at < command.ends_at) & (c.ends_at > command.starts_at)
    row = tx.db.execute(select(c.key).where(c.absent == command.absent, between, same).limit(1)).first()
    if row is not None:
        raise SubstitutionOverlaps(substitutionKey=str(row.key))


def _check_cleared(command: EnterSubstitution, tx: Transaction) -> None:
    """The open tasks of the absent person's own are of cases that the substitute may see. Cases that who enters it may
    not see are not spoken of: nobody is cleared by standing in, so these tasks only stay where they are."""
    t, p = user_task.c, process_instance.c
    substitute = clearances(tx.db, [command.substitute]).get(command.substitute, NORMAL)
    above = select(t.key).join(process_instance, p.key == t.process_instance_key)
    above = above.where(t.assignee == command.absent, t.state == "CREATED", p.access_class > substitute)
    if not tx.actor.is_system:
        above = above.where(p.access_class <= tx.actor.clearance)
    if command.scope == "process":
        above = above.where(t.process_id == command.scope_name)
    if command.scope == "group":
        g = task_candidate.c
        above = above.where(
            select(g.task_key).where(g.task_key == t.key, g.kind == "group", g.name == command.scope_name).exists()
        )
    if tx.db.execute(above.limit(1)).first() is not None:
        raise NotCleared(people=[command.substitute])


def _tell(command: EnterSubstitution, tx: Transaction) -> None:
    p = person.c
    name = tx.db.execute(select(p.display_name).where(p.username == command.absent)).scalar_one()
    subject = Words(f"ขอให้ปฏิบัติงานแทน {name}", f"You stand in for {name}")
    term = f"{command.starts_at.isoformat(timespec='minutes')} – {command.ends_at.isoformat(timespec='minutes')}"
    notice = Notice("substitution", "substitution", subject, plain(f"{name}: {term}"))
    tell(tx, [Recipient("user", command.substitute)], notice)
