"""Lay what one filled in before others, who sign it with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from engine.commands.assignment import check_person
from engine.commands.drafts import keep_draft
from engine.commands.duties import check_may_sign
from engine.commands.masking import kept_of
from engine.commands.registry import Target, handles
from engine.commands.running import Running, running
from engine.commands.signing import Named, current, demanded, digest_of, performers, void
from engine.commands.submission import checked_against_form
from engine.commands.targets import task_target
from engine.commands.task_transitions import node_of
from engine.commands.telling import plain, tell
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import Delegated, InvalidArgument, InvalidState
from engine.feel import to_json
from engine.model.diagram import Node
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice
from engine.store.instances import Instance
from engine.store.tables import co_signature, group_, task_candidate, user_task
from engine.store.tasks import NO_DUE, Task

MOST = 20  # co-signers of a task


@dataclass(frozen=True, slots=True)
class AskCoSignatures:
    """Of these persons, of one member of each of these groups, and of whom the diagram names; of nobody withdraws what
    was asked for. `variables` are what is to be completed with."""

    task_key: int
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    variables: Mapping[str, Any] = field(default_factory=dict)
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Whom, and for what."""
        said = to_json(dict(self.variables))
        return {"users": list(self.users), "groups": list(self.groups), "variables": said}


@handles(
    AskCoSignatures, permission="user-task:ask-signature", event="co-signatures-asked", target=task_target
)  # fmt: skip
def ask_co_signatures(command: AskCoSignatures, target: Target, tx: Transaction) -> None:
    """They are told, and find it in their inboxes. Who agreed to the same data before does not have to again.

    Raises InvalidState when the task is not open, Delegated while somebody helps with it, FormInvalid, InvalidArgument
    for too many, for who does the task, for a person or group that does not exist, NotCleared, DutiesConflict for who
    did what this task is separated from.
    """
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    if task.delegation == "PENDING":
        raise Delegated(userTaskKey=str(task.key), owner=task.owner)
    r = running(tx)
    node, kept = node_of(r, instance, task), kept_of(tx, instance, command.variables)
    submitted = checked_against_form(r, instance, task, variables_in(command.variables), kept)
    by_diagram = demanded(r, instance, task, node, submitted.values)
    by_person: list[Named] = [*(("user", u) for u in command.users), *(("group", g) for g in command.groups)]
    wanted = dict.fromkeys([*by_diagram, *by_person])
    if len(wanted) > MOST:
        raise InvalidArgument(f"at most {MOST} sign a task with its performer")
    for kind, name in wanted:
        _check(r, instance, task, node, kind, name)
    digest = digest_of(keep_draft(tx, instance, task, tx.actor.name, command.variables))
    there = current(tx, task.key)
    given = {(row.kind, row.name): row.key for row in there if row.state == "AGREED" and row.digest == digest}
    void(tx, instance, task, [row.key for row in there if given.get((row.kind, row.name)) != row.key or not wanted])
    asked = [named for named in wanted if named not in given]
    _ask(tx, instance, task, asked, frozenset(by_diagram), digest)
    signing = digest if wanted else None
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(signing=signing))


def _check(r: Running, instance: Instance, task: Task, node: Node, kind: str, name: str) -> None:
    if kind == "user":
        if name in performers(task) | r.tx.actor.hands:
            raise InvalidArgument("who signs is another than who does the task", field="users")
        check_person(r.tx, instance, name)
        check_may_sign(r, instance, task, node, frozenset((name,)))
    elif r.tx.db.execute(select(group_.c.key).where(group_.c.key == name)).first() is None:
        raise InvalidArgument(f"there is no group {name}", field="groups")


def _ask(
    tx: Transaction, instance: Instance, task: Task, asked: list[Named], by_diagram: frozenset[Named], digest: str
) -> None:
    if not asked:
        return
    rows = [
        {
            "key": tx.key(), "process_instance_key": instance.key, "task_key": task.key, "kind": kind, "name": name,
            "source": "DIAGRAM" if (kind, name) in by_diagram else "PERSON", "state": "PENDING", "digest": digest,
            "asked_by": tx.actor.name, "asked_at": tx.now,
        }
        for kind, name in asked
    ]  # fmt: skip
    tx.db.execute(insert(co_signature), rows)
    _take_part(tx, instance, task, asked)
    th, en = task.name or task.element_id, task.name_en or task.name or task.element_id
    subject = Words(f"มีเรื่องขอให้ร่วมลงนาม: {th}", f"You are asked to sign: {en}")
    notice = Notice("signature-asked", "co-signature", subject, plain("-"), instance.key, task.key)
    tell(tx, [Recipient(kind, name) for kind, name in asked], notice)


def _take_part(tx: Transaction, instance: Instance, task: Task, asked: list[Named]) -> None:
    """Who is asked to sign may see the case, as who was a candidate of one of its tasks."""
    c = task_candidate.c
    there = {(row.kind, row.name) for row in tx.db.execute(select(c.kind, c.name).where(c.task_key == task.key))}
    rows = [
        {
            "kind": kind, "name": name, "task_key": task.key, "process_instance_key": instance.key, "status": "closed",
            "due_sort": NO_DUE, "priority": 0,
        }
        for kind, name in asked if (kind, name) not in there
    ]  # fmt: skip
    if rows:
        tx.db.execute(insert(task_candidate), rows)
