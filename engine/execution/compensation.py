"""Compensation: what was done is undone by handlers (BPMN 2.0.2, sections 10.7 and 13.5.5).

A scope remembers, in `compensable`, which of its activities completed and how each is compensated:
`handler` (an activity), `inner` (what a completed sub-process or loop remembered), or `esp` (its compensation
event sub-process), with the variables that the handler is to see in `data`: those of the sub-process, or of the
instance of a loop, when it completed. The thrower holds the handlers as its children and goes on when they are
done.

Handlers run together, except that the rounds of a loop and the instances of a sequential multi-instance
activity are undone one after the other, the last one first (`ordered`); the thrower keeps what is still to
come in `series`. A handler that is itself a loop undoes all instances of the activity and is run once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution.waits import events_of
from engine.feel import from_json, to_json
from engine.model.diagram import MultiInstance, Node

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens

Entry = dict[str, Any]
Part = int | dict[str, Any]  # a running handler's key, or a series: its parts `now`, the entries of its `rest`


def remember(case: Tokens, task: Task) -> None:
    """An activity has completed: note how it is compensated, if it can be."""
    entry = _entry(case, task)
    if entry is not None and task.parent is not None:
        task.parent.internal_data.setdefault("compensable", []).append(entry)


def _entry(case: Tokens, task: Task) -> Entry | None:
    node: Node = task.task_spec.node
    inner = task.internal_data.get("compensable")
    is_instance = "loop_index" in task.internal_data
    is_body = node.loop is not None and not is_instance
    handler = next((b.handler for b in case.process.boundaries(node.id) if _compensates(b) and b.handler), None)
    if handler is not None and is_body == _for_all(case, node, handler):
        return {"activity": node.id, "handler": handler, **_snapshot(case, task, is_instance)}
    for sub_process, start in case.process.event_sub_processes(node.id):
        if _compensates(start) and not is_body:
            begins = {"esp": sub_process.id, "start": start.id, "inner": inner or []}
            return {"activity": node.id, **begins, **_snapshot(case, task, True)}
    if not inner:
        return None
    one_by_one = is_body and not (isinstance(node.loop, MultiInstance) and not node.loop.sequential)
    return {"activity": node.id, "inner": inner, **({"ordered": True} if one_by_one else {})}


def _for_all(case: Tokens, node: Node, handler: str) -> bool:
    """Whether one run of the handler undoes all instances of a loop."""
    return node.loop is not None and case.process.nodes[handler].loop is not None


def _snapshot(case: Tokens, task: Task, wanted: bool) -> Entry:
    data = case.variables.local(task.id) if wanted else {}
    return {"data": to_json(data)} if data else {}


def _compensates(node: Node) -> bool:
    return any(e.kind == "compensation" for e in events_of(node))


def begin(case: Tokens, thrower: Task, scope: Task, activity: str | None) -> bool:
    """Start the handlers of what completed in a scope (of one activity, if named); whether there are any.

    What is compensated is not compensated a second time.
    """
    remembered: list[Entry] = scope.internal_data.get("compensable", [])
    chosen = [e for e in remembered if activity is None or e["activity"] == activity]
    scope.internal_data["compensable"] = [e for e in remembered if e not in chosen]
    parts = [part for entry in reversed(chosen) for part in _undo(case, thrower, entry)]
    thrower.internal_data["series"] = [part for part in parts if isinstance(part, dict)]
    return bool(parts)


def go_on(case: Tokens, thrower: Task) -> None:
    """A handler is gone: start what was to come after it."""
    series = thrower.internal_data.get("series", [])
    thrower.internal_data["series"] = [part for part in series if _goes_on(case, thrower, part)]


def _undo(case: Tokens, thrower: Task, entry: Entry) -> list[Part]:
    """Start what undoes an entry; what has been started, if anything."""
    if "handler" in entry:
        return [_start(case, thrower, entry, entry["handler"])]
    if "esp" in entry:
        # the event sub-process decides itself what inside is compensated
        inside: Entry = {"trigger": entry["start"], "results": {}, "compensable": entry["inner"]}
        return [_start(case, thrower, entry, entry["esp"], **inside)]
    if entry.get("ordered"):
        series: Part = {"now": [], "rest": list(reversed(entry["inner"]))}
        return [series] if _goes_on(case, thrower, series) else []
    return [part for inner in reversed(entry["inner"]) for part in _undo(case, thrower, inner)]


def _start(case: Tokens, thrower: Task, entry: Entry, element_id: str, **internal: Any) -> int:
    handler = case.token(element_id, thrower, **internal)
    data: Any = from_json(entry.get("data", {}))
    case.variables.set_local(handler.id, data)
    key: int = handler.id
    return key


def _goes_on(case: Tokens, thrower: Task, part: Part) -> bool:
    """Whether something of it runs still, or now that the next of a series has been started."""
    if isinstance(part, int):
        return part in case.tasks
    part["now"] = [p for p in part["now"] if _goes_on(case, thrower, p)]
    while not part["now"] and part["rest"]:
        part["now"] = _undo(case, thrower, part["rest"].pop(0))
    return bool(part["now"])


def kept_in(data: Entry) -> list[Entry]:
    """Everything that a token keeps in order to compensate it, by any name, one level deep."""
    inner = [*data.get("compensable", ()), *(data.get("inner") or ()), *data.get("series", ()), *data.get("rest", ())]
    return inner + [part for part in data.get("now", ()) if isinstance(part, dict)]


def scope_of(thrower: Task) -> Task:
    """The scope whose activities a throw event compensates: inside a compensation event sub-process, what
    the sub-process around it did."""
    scope = thrower.parent
    while scope.task_spec.node.triggered and "compensable" not in scope.internal_data and scope.parent is not None:
        scope = scope.parent
    return scope
