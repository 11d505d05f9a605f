"""Errors and escalations go outward to the innermost handler (BPMN 2.0.2, sections 10.5.1 and 10.5.7).

At each level an activity's boundary events come first, then the event sub-processes of the scope
around it. An exact code goes before a handler that catches every code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution.effects import ErrorUncaught, EscalationUncaught, InstanceEnded
from engine.execution.failures import ElementFailure
from engine.execution.firing import start_event_sub_process
from engine.execution.waits import events_of
from engine.model.diagram import Node

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens


def find(case: Tokens, origin: Task, kind: str, code: str) -> tuple[Task, Node] | None:
    """The handler: (activity, boundary event) or (scope, start event of an event sub-process)."""
    at = origin
    while at.parent is not None:
        # the instances of a loop have no boundary events of their own: their body has
        if "loop_index" not in at.internal_data:
            found = _best(case.process.boundaries(at.task_spec.node.id), kind, code)
            if found is not None:
                return at, found
        scope = at.parent
        if scope.task_spec.node.loop is None or "loop_index" in scope.internal_data:
            key = None if scope.parent is None else scope.task_spec.node.id
            starts = [s for n, s in case.process.event_sub_processes(key) if n.id != at.task_spec.node.id]
            found = _best(starts, kind, code)
            if found is not None:
                return scope, found
        at = scope
    return None


def _best(nodes: list[Node], kind: str, code: str) -> Node | None:
    exact, any_code = None, None
    for node in nodes:
        for event in events_of(node):
            if event.kind == kind and event.code == code:
                exact = exact or node
            elif event.kind == kind and event.code is None:
                any_code = any_code or node
    return exact or any_code


def throw_error(case: Tokens, task: Task, code: str, message: str, variables: dict[str, Any]) -> None:
    """Throw an error. Raises ElementFailure (UNHANDLED_ERROR_EVENT) when nothing catches it here or outside."""
    found = find(case, task, "error", code)
    if found is not None:
        _handle(case, *found, variables)
        return
    if not case.host.outer_catches(case, code):
        detail = f": {message}" if message else ""
        raise ElementFailure("UNHANDLED_ERROR_EVENT", f"error {code} is caught nowhere{detail}")
    node, root = task.task_spec.node, case.task_tree
    assert root is not None
    case.terminate(root)
    case.emit(ErrorUncaught(task.id, node, code, message, variables))
    case.emit(InstanceEnded(False))


def throw_escalation(case: Tokens, task: Task, code: str, variables: dict[str, Any]) -> None:
    """Throw an escalation; the thrower may be gone afterwards. Uncaught, it goes to the caller, or is lost."""
    found = find(case, task, "escalation", code)
    if found is not None:
        _handle(case, *found, variables)
    else:
        case.emit(EscalationUncaught(task.id, task.task_spec.node, code, variables))


def _handle(case: Tokens, host: Task, node: Node, variables: dict[str, Any]) -> None:
    if node.type == "startEvent":
        start_event_sub_process(case, host, node, variables)
        return
    scope = host.parent
    if node.interrupting:
        case.terminate(host)
    case.token(node.id, scope, first=True, results=variables)
