"""Complete a user task: check the form, the duties and the control points, then move the case on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete

from engine.commands.control_points import Recorded, enforce, judge, record
from engine.commands.duties import check_duties
from engine.commands.forms import refuse
from engine.commands.masking import kept_of
from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, Running, running
from engine.commands.task_transitions import asks, begin, node_of
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import InvalidState
from engine.feel import to_json
from engine.forms import Form
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


_target = asks("completing", "user-task-completion-requested")


@handles(CompleteTask, permission="user-task:complete", event="user-task-completed", target=_target)
def complete_task(command: CompleteTask, target: Target, tx: Transaction) -> dict[str, str] | None:
    """Raises InvalidState (wrong state), FormInvalid, ControlPointUnsatisfied, DutiesConflict, AboveClearance.

    Afterwards the case has moved on until every token waits again. If the task has listeners of its completion, it
    waits for them first; then what they are asked about is returned, and nothing that was submitted is written yet.
    """
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    r = running(tx)
    node = node_of(r, instance, task)
    check_duties(r, instance, node, tx.actor.hands)
    kept = kept_of(tx, instance, command.variables, task.form_key)
    values, results = _submitted(r, instance, task, node, variables_in(command.variables), kept)
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
    r: Running, instance: Instance, task: Task, node: Node, data: Mapping[str, Any], kept: frozenset[str]
) -> tuple[Mapping[str, Any], list[Recorded]]:
    """The variables to write, control points enforced on them, and what these gave. What is `kept` is checked as the
    case holds it, and not written."""
    form: Form | None = None
    hidden: frozenset[str] = frozenset()
    if task.form_key is not None:
        form = r.tx.services.definitions.form(r.tx.db, task.form_key)
        scope = r.case(instance).scope_of(task.key)
        held = {name: value for name, value in form.current(scope).items() if name in kept}
        submission = form.submit({**data, **held}, scope, r.environment())
        refuse(submission)
        data = {name: value for name, value in submission.values.items() if name not in kept}
        hidden = submission.hidden
    return data, enforce(r, task, judge(r, instance, task, node, data, form, hidden))
