"""Events that the instances of a multi-instance activity throw when they complete (BPMN 2.0.2, section 10.3.8).

Each is an implicit throw event of the activity: its boundary events catch it at once, with the attributes of
the loop as they are then; a signal goes on to everybody else who waits for it, an escalation and an error go
outward when no boundary event catches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.catching import find, throw_error, throw_escalation
from engine.execution.effects import EventReceived, SignalThrown
from engine.execution.expressions import boolean, text
from engine.execution.failures import ElementFailure
from engine.execution.firing import fire
from engine.model.diagram import Event, LoopThrow

if TYPE_CHECKING:
    from engine.execution.case import Case

Thrown = dict[str, Any]  # kind, name (of a signal or message, or a code), key (of a message or None)


def plan(
    throws: tuple[LoopThrow, ...], instance: Task, case: Case, scope: Mapping[str, Any]
) -> list[Thrown]:
    """What an instance that is about to complete is to throw; `scope` has the attributes of the loop, too.
    Raises ElementFailure, before anything is thrown, for what cannot be evaluated or what nothing catches."""
    planned: list[Thrown] = []
    for throw in throws:
        if throw.first_only and instance.parent.internal_data["completed"] > 0:
            continue
        if throw.condition is None or boolean(throw.condition, scope, case.environment, "complexBehaviorDefinition"):
            planned += [_evaluated(event, instance, case, scope) for event in throw.event.parts or (throw.event,)]
    return planned


def _evaluated(event: Event, instance: Task, case: Case, scope: Mapping[str, Any]) -> Thrown:
    source = event.code if event.kind in ("error", "escalation") else event.name
    name = text(source or "", scope, case.environment, f"{event.kind} of {instance.task_spec.node.id}")
    body = instance.parent
    if event.kind == "error" and find(case, body, "error", name) is None and not case.host.outer_catches(case, name):
        raise ElementFailure("UNHANDLED_ERROR_EVENT", f"error {name} is caught nowhere")
    key = None
    if event.correlation_key is not None:
        key = text("=" + event.correlation_key, scope, case.environment, "correlation key")
    return {"kind": event.kind, "name": name, "key": key}


def throw_all(planned: list[Thrown], body: Task, case: Case, values: dict[str, Any]) -> None:
    """Throw one after the other; what interrupts the activity ends it, and the rest is thrown no more."""
    for thrown in planned:
        if body.id not in case.tasks:
            return
        if thrown["kind"] == "escalation":
            throw_escalation(case, body, thrown["name"], values)
        elif thrown["kind"] == "error":
            throw_error(case, body, thrown["name"], "", values)
        else:
            _reach(thrown, body, case, values)


def _reach(thrown: Thrown, body: Task, case: Case, values: dict[str, Any]) -> None:
    """A signal reaches every boundary event that waits for it, a message the first."""
    heard = [
        wait for wait in waits.of(body)
        if wait["kind"] == thrown["kind"] and wait["name"] == thrown["name"]
        and thrown["key"] in (None, wait["correlation"])
    ]  # fmt: skip
    if thrown["kind"] == "signal":
        keys = tuple(wait["key"] for wait in heard)
        case.emit(SignalThrown(body.id, body.task_spec.node, thrown["name"], values, keys))
    else:
        heard = heard[:1]
    for wait in heard:
        if wait in waits.of(body):  # none of the others has interrupted the activity
            caught = wait["element"], wait["kind"], wait["name"], wait["correlation"]
            case.emit(EventReceived(body.id, *caught, values))
            fire(case, body, wait, values)
