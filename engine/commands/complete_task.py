"""Complete a user task: check the form, the duties and the control points, then move the case on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete

from engine.commands.assignment import assignment_target
from engine.commands.control_points import Recorded, enforce, judge, record
from engine.commands.duties import check_duties
from engine.commands.files_of_forms import hand_in
from engine.commands.masking import kept_of, own_of
from engine.commands.registry import Target, handles
from engine.commands.resolve_task import give_back
from engine.commands.running import NotWaiting, Running, running
from engine.commands.signing import check_signed
from engine.commands.submission import checked_against_form
from engine.commands.task_transitions import asks, begin, node_of
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState
from engine.feel import to_json
from engine.model.diagram import Node
from engine.store.instances import Instance
from engine.store.tables import task_draft
from engine.store.tasks import Task


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Complete the task with the data of its form, or with any variables when it has no form."""

    task_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    rev: int | None = None
    action: str = "complete"

    def told(self) -> dict[str, Any]:
        """What was submitted."""
        return {"variables": to_json(dict(self.variables)), "action": self.action}


_ours = asks("completing", "user-task-completion-requested")


def _target(command: CompleteTask, tx: Transaction) -> Target:
    """As of any command that a task's listeners are asked about; of who helps with the task, as of giving it back."""
    target = _ours(command, tx)
    if target.rows["task"].delegation != "PENDING":
        return target
    target = assignment_target(command, tx)
    target.event = target.event or "user-task-resolved"
    return target


@handles(CompleteTask, permission="user-task:complete", event="user-task-completed", target=_target)
def complete_task(command: CompleteTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState (wrong state), FormInvalid, ControlPointUnsatisfied, DutiesConflict, SignaturesMissing,
    AboveClearance.

    Afterwards the case has moved on until every token waits again. If the task has listeners of its completion, it
    waits for them first; then what they are asked about is returned, and nothing that was submitted is written yet.
    Who only helps with the task gives it back with what was filled in, as `resolve_task` does; the case stays there.
    """
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    if task.delegation == "PENDING":
        return give_back(tx, target, command.variables, None)
    r = running(tx)
    node = node_of(r, instance, task)
    check_duties(r, instance, task, node, tx.actor.hands.union(task.hands))
    kept = kept_of(tx, instance, command.variables)
    values, results = _submitted(r, instance, task, node, command.variables, kept)
    if node.human is not None and node.human.listens("completing"):
        said = {"variables": to_json(dict(values)), "results": results}
        return begin(r, instance, task, "completing", command.action, {}, values, **said)
    for point, state, detail in results:
        record(r, instance, task, node, point, state, detail)
    try:
        r.case(instance).complete(task.key, values)
    except NotWaiting as error:
        raise InvalidState(userTaskKey=str(task.key)) from error
    r.settle(instance)
    if task.has_draft:
        tx.db.execute(delete(task_draft).where(task_draft.c.task_key == task.key))
    return None


def _submitted(
    r: Running, instance: Instance, task: Task, node: Node, filled: Mapping[str, Any], kept: frozenset[str]
) -> tuple[Mapping[str, Any], list[Recorded]]:
    """The variables to write, control points enforced on them, and what these gave. What is `kept` is checked as the
    case holds it, and not written; files that are attached are the case's from now on."""
    data = checked_against_form(r, instance, task, variables_in(filled), kept)
    results = enforce(r, task, judge(r, instance, task, node, data.values, data.form, data.hidden))
    check_signed(r, instance, task, node, own_of(filled, kept), data.values)
    hand_in(r.tx, instance, data.files)
    return data.values, results
