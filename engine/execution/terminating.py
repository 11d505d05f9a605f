"""Termination (BPMN 2.0.2, section 13.3.2, states Terminating and Terminated): nothing goes on from what ends so.

A user task with `canceling` listeners ends when they are done. Until then it stays, and with it the scopes around
it that are terminated (`doomed`); what takes their place, such as the token of an interrupting boundary event,
waits `after` them. Everything else that is terminated ends at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution import listeners, waits
from engine.execution.effects import IncidentClosed, UserTaskCanceling
from engine.execution.failures import ElementFailure

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens


def terminate(case: Tokens, task: Task) -> None:
    """Terminate an element instance with everything inside it, or have it end when its listeners are done."""
    data = task.internal_data
    for child in list(task.children):
        terminate(case, child)
    if "doomed" in data:
        return
    if "begun" in data and "leaving" not in data:
        task.task_spec.cancelled(task, case)
    listeners.withdraw(task, case)
    if not task.children and not _has_listeners(task):
        task._set_state(TaskState.CANCELLED)
        case.end(task, completed=False)
        return
    data["doomed"] = True
    waits.close_all(task, case)
    if "incident" in data:
        case.emit(IncidentClosed(data.pop("incident")))
    case.park(task)
    if not task.children:
        case.emit(UserTaskCanceling(task.id, task.task_spec.node))
        try:
            go_on(case, task)
        except ElementFailure as failure:
            case.raise_incident(task, failure)


def _has_listeners(task: Task) -> bool:
    human = task.task_spec.node.human
    return human is not None and "created" in task.internal_data and human.listens("canceling")


def go_on(case: Tokens, task: Task) -> None:
    """One that is doomed: ask for its next listener, or let it go."""
    if not task.children and _has_listeners(task) and listeners.hold(task, case, "canceling"):
        return
    scope = task.parent
    task._set_state(TaskState.CANCELLED)
    case.end(task, completed=False)
    for other in list(case.tasks.values()):
        after = other.internal_data.get("after", ())
        if task.id in after:
            after.remove(task.id)
            if not after:
                del other.internal_data["after"]
                case.look_again(other)
    if "doomed" not in scope.internal_data:
        case.scope_decides(scope)
    elif not scope.children:
        go_on(case, scope)
