"""Complete a user task: check the form, the duties and the control points, then move the case on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete

from engine.commands.control_points import enforce, judge
from engine.commands.duties import check_duties
from engine.commands.forms import refuse
from engine.commands.registry import Target, handles
from engine.commands.running import NotWaiting, Running, running
from engine.commands.targets import task_target
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


@handles(CompleteTask, permission="user-task:complete", event="user-task-completed", target=task_target)
def complete_task(command: CompleteTask, target: Target, tx: Transaction) -> None:
    """Raises InvalidState (wrong state), FormInvalid, ControlPointUnsatisfied, Forbidden (duties).

    Afterwards the case has moved on until every token waits again.
    """
    task, instance = target.rows["task"], target.instance
    assert instance is not None
    if task.state != "CREATED":
        raise InvalidState(userTaskKey=str(task.key), state=task.state)
    r = running(tx)
    node = r.deployed(instance).definition.process.nodes[task.element_id]
    check_duties(r, instance, node, tx.actor.on_behalf_of or tx.actor.id)
    values = _submitted(r, instance, task, node, variables_in(command.variables))
    try:
        r.case(instance).complete(task.key, values)
    except NotWaiting as error:
        raise InvalidState(userTaskKey=str(task.key)) from error
    r.settle(instance)
    if task.has_draft:
        tx.db.execute(delete(task_draft).where(task_draft.c.task_key == task.key))


def _submitted(r: Running, instance: Instance, task: Task, node: Node, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The variables to write, control points enforced on them."""
    form: Form | None = None
    hidden: frozenset[str] = frozenset()
    if task.form_key is not None:
        form = r.tx.services.definitions.form(r.tx.db, task.form_key)
        submission = form.submit(data, r.case(instance).scope_of(task.key), r.environment())
        refuse(submission)
        data, hidden = submission.values, submission.hidden
    enforce(r, instance, task, node, judge(r, instance, task, node, data, form, hidden))
    return data
