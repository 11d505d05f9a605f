"""Ask for an intervention that a second person has to approve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from engine.commands.intervention_kinds import NAMES, as_data, check_request, kind_of
from engine.commands.registry import Target, handler_of, handles
from engine.commands.second_person import check_reason
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.policy.permissions import require
from engine.store.tables import intervention, role_grant

MOST_PENDING = 100  # of one case


@dataclass(frozen=True, slots=True)
class RequestIntervention:
    """`command` is one of engine/commands/intervention_kinds.py, with its reason; `kind` names which."""

    kind: str
    command: Any

    def told(self) -> dict[str, Any]:
        """What is asked for, and why."""
        return {"kind": self.kind, "reason": self.command.reason, "request": as_data(self.command)}


def _target(command: RequestIntervention, tx: Transaction) -> Target:
    """What the command itself acts on. Raises NotFound."""
    return handler_of(type(command.command)).target(command.command, tx)


@handles(RequestIntervention, permission="intervention:request", event="intervention-requested", target=_target)
def request_intervention(command: RequestIntervention, target: Target, tx: Transaction) -> dict[str, Any]:
    """It waits, and those who may approve it are told. Whoever asks may do it but for the second person.

    Raises ReasonNeeded, Forbidden without the permission that the command itself needs, InvalidState for too many, and
    what `check_request` raises.
    """
    instance, c = target.instance, intervention.c
    assert instance is not None and command.kind == kind_of(command.command)
    require(tx.actor, handler_of(type(command.command)).permission, target.facts)
    reason = check_reason(command.command.reason)
    check_request(command.command, target, tx)
    pending = (c.process_instance_key == instance.key) & (c.state == "PENDING")
    if tx.db.execute(select(func.count()).where(pending)).scalar_one() >= MOST_PENDING:
        raise InvalidState(f"a case has {MOST_PENDING} pending interventions at most")
    key = tx.key()
    row = {
        "key": key, "process_instance_key": instance.key, "process_id": instance.process_id, "kind": command.kind,
        "request": as_data(command.command), "element_id": target.element_id,
        "element_instance_key": target.element_instance_key, "reason": reason, "state": "PENDING",
        "requested_by": tx.actor.id, "on_behalf_of": tx.actor.on_behalf_of, "requested_at": tx.now,
        "decided_by": None, "decided_at": None, "note": None,
    }  # fmt: skip
    tx.db.execute(insert(intervention), row)
    th, en = NAMES[command.kind]
    subject = Words(f"มีคำขอรออนุมัติ: {th}", f"A request waits for approval: {en}")
    concerned = tx.actor.hands | {target.facts.assignee or ""}
    to = who_may_approve(tx, instance.process_id, concerned)
    about = (instance.key, _task_of(target))
    tell(tx, to, Notice("decision-asked", "intervention", subject, plain(reason), *about))
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    return {"interventionKey": str(key)}


def _task_of(target: Target) -> int | None:
    """The task that a request is about, if it is about one."""
    return target.rows["task"].key if "task" in target.rows else None


def who_may_approve(tx: Transaction, process_id: str, concerned: frozenset[str]) -> list[Recipient]:
    """The owners of the process other than who asks and who does the task; where there is none, the administrators."""
    r = role_grant.c
    others = r.username.not_in(sorted(concerned))
    owners = select(r.username).where(r.role == "process-owner", r.process_id.in_((process_id, "*")), others)
    administrators = select(r.username).where(r.role == "administrator", others)
    found = tx.db.execute(owners).scalars().all() or tx.db.execute(administrators).scalars().all()
    return [Recipient("user", name) for name in sorted(found)]
