"""Listeners: jobs that an element waits for, in the order written (zeebe:executionListeners, zeebe:taskListeners).

`start` listeners run after the input mappings and before anything else of the element, `beforeAll` before a
multi-instance body reads its collection, `end` listeners after the output mappings and before the token goes on,
`cancel` when everything in a process that is terminated has ended. The listeners of a user task run between what
a person asks for and its taking effect. In the life cycle of BPMN 2.0.2 (section 13.3.2) an element is between
Ready and Active during the first, in Completing during the last.

A token keeps `heard`, how many listeners of each event are done, and `listening`, the event and the job it
waits for. A user task whose listeners run has a `transition`, the events still to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.effects import JobCreated, ListenerWithdrawn, UserTaskChanged
from engine.execution.expressions import integer, text
from engine.execution.failures import NotWaiting
from engine.feel import from_json
from engine.model.diagram import Node
from engine.model.jobs import EXECUTION_LISTENER, TASK_LISTENER, event_name
from engine.model.work import Listener

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens

TASK_EVENTS = ("creating", "assigning", "updating", "completing", "canceling")


def hold(task: Task, case: Tokens, event: str) -> bool:
    """Whether the element waits for a listener of this event, which is asked for; False when all are done.

    Raises ElementFailure when its type or retries cannot be evaluated; those done before are not done again.
    """
    node, data = task.task_spec.node, task.internal_data
    listeners = _of(node, event)
    if not listeners:
        return False
    done = data.setdefault("heard", {}).get(event, 0)
    if done >= len(listeners):
        return False
    if event in ("end", "cancel"):
        waits.close_all(task, case)  # it has done its work and waits for no event any more
    data["listening"] = {"event": event, "job": _ask(task, case, listeners[done])}
    case.park(task)
    return True


def _of(node: Node, event: str) -> list[Listener]:
    found = node.listeners
    if event in TASK_EVENTS:
        found = node.human.listeners if node.human is not None else ()
    return [listener for listener in found if listener.event == event]


def _ask(task: Task, case: Tokens, listener: Listener) -> int:
    node, scope, env = task.task_spec.node, case.scope(task), case.environment
    type_ = text(listener.type, scope, env, f"type of the {listener.event} listener")
    retries = integer(listener.retries, scope, env, f"retries of the {listener.event} listener", 0, 1000)
    priority = integer(node.job_priority or case.process.job_priority, scope, env, "job priority", -(2**31), 2**31 - 1)
    of_element = node.job.headers if node.job is not None else node.human.headers if node.human is not None else {}
    key = case.new_key()
    case.emit(
        JobCreated(
            key, task.id, node, type_, retries, priority, {**of_element, **listener.headers},
            TASK_LISTENER if listener.event in TASK_EVENTS else EXECUTION_LISTENER, event_name(listener.event),
        )
    )  # fmt: skip
    return key


def is_done(task: Task, case: Tokens, job_key: int, results: Mapping[str, Any]) -> None:
    """A listener's job was completed with these variables. Raises NotWaiting when it is not waited for.

    What `start` and `beforeAll` listeners bring is local to the element; what `end` and `cancel` listeners
    bring goes outward, as what the output mappings make.
    """
    data = task.internal_data
    waiting = data.get("listening")
    if waiting is None or waiting["job"] != job_key:
        raise NotWaiting(f"{task.id} does not wait for the listener {job_key}")
    del data["listening"]
    event = waiting["event"]
    data["heard"][event] = data["heard"].get(event, 0) + 1
    if event in ("start", "beforeAll"):
        case.variables.set_local(task.id, results)
    else:
        into = task.task_spec.results_into(task)
        case.variables.merge(task.id if into is None else into, results)


def withdraw(task: Task, case: Tokens) -> None:
    """The element no longer waits for its listener, if it did."""
    waiting = task.internal_data.pop("listening", None)
    if waiting is not None:
        case.emit(ListenerWithdrawn(waiting["job"]))


def go_on(task: Task, case: Tokens) -> dict[str, Any] | None:
    """Go through the listeners of what was asked of a user task. When the completion was asked for and all
    are done, what was submitted; else None."""
    data = task.internal_data
    plan: list[str] = data["transition"]
    while plan:
        if hold(task, case, plan[0]):
            return None
        event = plan.pop(0)
        data.get("heard", {}).pop(event, None)  # the next time they run anew
        case.emit(UserTaskChanged(task.id, task.task_spec.node, event))
    del data["transition"]
    submitted = data.pop("submitted", None)
    return None if submitted is None else cast(dict[str, Any], from_json(submitted))


def refuse(task: Task, job_key: int) -> None:
    """A listener said no: what was asked of the user task is forgotten. Raises NotWaiting."""
    data = task.internal_data
    waiting = data.get("listening")
    if waiting is None or waiting["job"] != job_key:
        raise NotWaiting(f"{task.id} does not wait for the listener {job_key}")
    data["heard"].pop(waiting["event"], None)
    for name in ("listening", "transition", "submitted"):
        data.pop(name, None)
