"""Compensation: what was done is undone by handlers (BPMN 2.0.2, sections 10.7 and 13.5.5).

A scope remembers, in `compensable`, which of its activities completed and how each is compensated:
`handler` (an activity), `inner` (what a completed sub-process remembered), or `esp` (its compensation
event sub-process). The thrower holds the handlers as its children and goes on when they are done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution.waits import events_of
from engine.model.diagram import Node

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens


def remember(case: Tokens, task: Task) -> None:
    """An activity has completed: note how it is compensated, if it can be."""
    entry = _entry(case, task)
    if entry is not None and task.parent is not None:
        task.parent.internal_data.setdefault("compensable", []).append(entry)


def _entry(case: Tokens, task: Task) -> dict[str, Any] | None:
    node: Node = task.task_spec.node
    inner = task.internal_data.get("compensable")
    is_body = node.loop is not None and "loop_index" not in task.internal_data
    handlers = [b.handler for b in case.process.boundaries(node.id) if _compensates(b) and b.handler]
    if handlers and not is_body:
        return {"activity": node.id, "handler": handlers[0]}
    for sub_process, start in case.process.event_sub_processes(node.id):
        if _compensates(start) and not is_body:
            return {"activity": node.id, "esp": sub_process.id, "start": start.id, "inner": inner or []}
    return {"activity": node.id, "inner": inner} if inner else None


def _compensates(node: Node) -> bool:
    return any(e.kind == "compensation" for e in events_of(node))


def begin(case: Tokens, thrower: Task, scope: Task, activity: str | None) -> bool:
    """Start the handlers of what completed in a scope (of one activity, if named); whether there are any.

    What is compensated is not compensated a second time.
    """
    remembered: list[dict[str, Any]] = scope.internal_data.get("compensable", [])
    chosen = [e for e in remembered if activity is None or e["activity"] == activity]
    scope.internal_data["compensable"] = [e for e in remembered if e not in chosen]
    started = False
    for entry in reversed(chosen):
        started |= _undo(case, thrower, entry)
    return started


def _undo(case: Tokens, thrower: Task, entry: dict[str, Any]) -> bool:
    if "handler" in entry:
        case.token(entry["handler"], thrower)
        return True
    if "esp" in entry:
        # the event sub-process decides itself what inside is compensated
        case.token(entry["esp"], thrower, trigger=entry["start"], results={}, compensable=entry["inner"])
        return True
    started = False
    for inner in reversed(entry["inner"]):
        started |= _undo(case, thrower, inner)
    return started


def scope_of(thrower: Task) -> Task:
    """The scope whose activities a throw event compensates: inside a compensation event sub-process, what
    the sub-process around it did."""
    scope = thrower.parent
    while scope.task_spec.node.triggered and "compensable" not in scope.internal_data and scope.parent is not None:
        scope = scope.parent
    return scope
