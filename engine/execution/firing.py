"""An event that was waited for has come: what begins, what it interrupts (BPMN 2.0.2, section 10.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.specs.base import deliver
from engine.model.diagram import Node

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens


def fire(case: Tokens, task: Task, wait: waits.Wait, results: dict[str, Any]) -> None:
    """The event of a wait of `task` has come, with what it brought."""
    node = case.process.nodes[wait["element"]]
    if node.event is not None and node.event.parallel and _others_missing(case, task, wait, node):
        deliver(task, case, results)
        return
    if node.type == "startEvent":
        start_event_sub_process(case, task, node, results, wait)
    elif node.attached_to is not None and node.id != task.task_spec.node.id:
        _boundary(case, task, wait, node, results)
    elif task.task_spec.node.type == "eventBasedGateway":
        task.internal_data |= {"came": node.id, "brought": results}
        case.proceed(task)
    else:
        waits.close_all(task, case)
        deliver(task, case, results)
        case.proceed(task)


def _others_missing(case: Tokens, task: Task, wait: waits.Wait, node: Node) -> bool:
    """Whether a parallel multiple event still waits for other parts; this one has come."""
    parts = [w for w in waits.of(task) if w["element"] == node.id]
    if len(parts) < 2:
        return False
    waits.close(task, case, lambda w: w is wait)
    return True


def _boundary(case: Tokens, task: Task, wait: waits.Wait, node: Node, results: dict[str, Any]) -> None:
    scope = task.parent
    if node.interrupting:
        case.terminate(task)
    else:
        waits.consume(task, case, wait)
    case.token(node.id, scope, first=True, results=results)


def start_event_sub_process(
    case: Tokens, scope: Task, start: Node, results: dict[str, Any], wait: waits.Wait | None = None
) -> None:
    """An event sub-process of a scope begins; an interrupting one ends everything else in the scope,
    and no other event sub-process of it can begin any more (10.3.5.2)."""
    assert start.scope is not None
    if start.interrupting:
        for child in list(scope.children):
            case.terminate(child)
        waits.close(scope, case, lambda w: case.process.nodes[w["element"]].type == "startEvent")
    elif wait is not None:
        waits.consume(scope, case, wait)
    case.token(start.scope, scope, first=True, trigger=start.id, results=results)
