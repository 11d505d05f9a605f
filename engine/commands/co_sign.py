"""Sign what a performer filled in, or refuse to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, update

from engine.commands.duties import check_may_sign
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import LONGEST, check_reason
from engine.commands.signing import current, performers
from engine.commands.targets import task_target
from engine.commands.task_transitions import node_of
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.errors import DutiesConflict, InvalidArgument, InvalidState, StaleRevision
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.tables import co_signature


@dataclass(frozen=True, slots=True)
class GiveCoSignature:
    """Agree to the data whose `digest` one was shown."""

    task_key: int
    digest: str
    reason: str | None = None

    def told(self) -> dict[str, Any]:
        """To what, and what was said."""
        return {"digest": self.digest, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class RefuseCoSignature:
    """Refuse it; `reason` says why."""

    task_key: int
    digest: str
    reason: str | None

    def told(self) -> dict[str, Any]:
        """What, and why."""
        return {"digest": self.digest, "reason": self.reason}


def _target(command: Any, tx: Transaction) -> Target:
    """The task, and what the actor is asked to sign of it: by name, else as a member of a group. Raises NotFound."""
    target = task_target(command, tx)
    actor, rows = tx.actor, current(tx, command.task_key)
    mine = [row for row in rows if row.state == "PENDING" and row.kind == "user" and row.name == actor.name]
    mine += [row for row in rows if row.state == "PENDING" and row.kind == "group" and row.name in actor.groups]
    target.facts = replace(target.facts, co_signer=bool(mine))
    target.rows["mine"] = mine[0] if mine else None
    target.rows["signatures"] = rows
    return target


@handles(GiveCoSignature, permission="user-task:sign", event="co-signature-given", target=_target)
def give_co_signature(command: GiveCoSignature, target: Target, tx: Transaction) -> None:
    """Raises InvalidState when the task is not open, StaleRevision when the data are other ones meanwhile,
    DutiesConflict for who does the task, signed it already for another, or did what it is separated from."""
    if command.reason is not None and len(command.reason) > LONGEST:
        raise InvalidArgument(f"a remark has at most {LONGEST} characters", field="reason")
    _check_signer(target, tx)
    _sign(tx, target, command.digest, "AGREED", command.reason)


@handles(RefuseCoSignature, permission="user-task:sign", event="co-signature-refused", target=_target)
def refuse_co_signature(command: RefuseCoSignature, target: Target, tx: Transaction) -> None:
    """The task cannot be completed until it is asked for anew. Raises ReasonNeeded, InvalidState when the task is not
    open, StaleRevision when the data are other ones meanwhile."""
    _sign(tx, target, command.digest, "REFUSED", check_reason(command.reason))


def _check_signer(target: Target, tx: Transaction) -> None:
    task, instance, hands = target.rows["task"], target.instance, tx.actor.hands
    assert instance is not None
    if hands & performers(task):
        raise DutiesConflict(
            "who does a task does not sign it, too", th="ผู้ทำงานนี้ลงนามร่วมเองไม่ได้",
            en="Who does this task does not sign it, too.",
        )  # fmt: skip
    given = [row for row in target.rows["signatures"] if row.state == "AGREED"]
    if any(hands & {row.signed_by, row.signed_through} for row in given):
        raise DutiesConflict(
            "each signature is that of another person", th="แต่ละลายมือชื่อต้องเป็นของคนละบุคคล",
            en="Each signature is that of another person.",
        )  # fmt: skip
    r = running(tx)
    check_may_sign(r, instance, task, node_of(r, instance, task), hands)


def _sign(tx: Transaction, target: Target, digest: str, state: str, reason: str | None) -> None:
    task, row = target.rows["task"], target.rows["mine"]
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    if row is None or row.digest != digest:  # the system itself signs nothing
        raise StaleRevision("this is not what is to be signed (any more)", userTaskKey=str(task.key))
    through = None if tx.actor.on_behalf_of is None else tx.actor.id
    by = {"signed_by": tx.actor.name, "signed_through": through, "signed_at": tx.now}
    said = update(co_signature).where(co_signature.c.key == row.key).values(state=state, reason=reason, **by)
    tx.db.execute(said)
    tx.announce("user-task", {
        "userTaskKey": str(task.key), "state": task.state, "assignee": task.assignee,
        "candidateGroups": list(task.candidate_groups),
    })  # fmt: skip
    others = [each for each in target.rows["signatures"] if each.key != row.key]
    if state == "REFUSED" or all(each.state == "AGREED" for each in others):
        _tell_performer(tx, target, row, state, reason)


def _tell_performer(tx: Transaction, target: Target, row: Row[Any], state: str, reason: str | None) -> None:
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    th, en = task.name or task.element_id, task.name_en or task.name or task.element_id
    subject = Words(f"ลงนามครบแล้ว: {th}", f"Everybody has signed: {en}")
    if state == "REFUSED":
        subject = Words(f"มีผู้ไม่ลงนาม: {th}", f"Somebody refused to sign: {en}")
    notice = Notice("signature-asked", "co-signature", subject, plain(reason or "-"), instance.key, task.key)
    tell(tx, [Recipient("user", row.asked_by)], notice)
