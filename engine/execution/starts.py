"""What starts an instance by itself (BPMN 2.0.2, sections 10.5.2, 10.6.6 and 13.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.execution.expressions import failed
from engine.execution.failures import ElementFailure
from engine.execution.waits import events_of
from engine.feel import Environment, FeelError, parse_expression
from engine.model.diagram import Event, Node, Process

_MISSING = {"no-variable", "no-entry"}  # warnings of FEEL: what is asked about is not known


@dataclass(frozen=True, slots=True)
class Start:
    """One event that starts an instance at `node`.

    `part` numbers the events of a parallel multiple start event from 0: all of them must have come
    before there is an instance. It is None for an event that starts one alone.
    """

    node: Node
    event: Event
    part: int | None = None


def starting(process: Process) -> Iterator[Start]:
    """Every event that starts an instance by itself: those of start events, of instantiating receive tasks,
    and those behind an instantiating event-based gateway."""
    for node in process.nodes.values():
        begins = node.type == "startEvent" and node.scope is None
        if begins or (node.instantiate and node.type == "receiveTask"):
            parallel = node.event is not None and node.event.parallel
            yield from (Start(node, event, n if parallel else None) for n, event in enumerate(events_of(node)))
        elif node.instantiate:
            for behind in _behind(process, node):
                yield from (Start(behind, event) for event in events_of(behind))


def together(process: Process, element_id: str) -> list[Node]:
    """The events behind the instantiating parallel event-based gateway that this one stands behind, itself
    included; none for any other element.

    The first that comes creates the instance, which then waits for the others (13.2).
    """
    for flow in process.nodes[element_id].incoming:
        gateway = process.nodes[process.flows[flow].source]
        if gateway.instantiate and gateway.parallel:
            return _behind(process, gateway)
    return []


def _behind(process: Process, gateway: Node) -> list[Node]:
    return [process.nodes[process.flows[flow].target] for flow in gateway.outgoing]


def condition_holds(start: Start, variables: Mapping[str, Any], env: Environment) -> bool:
    """Whether a process begins by its condition, over these variables (FEEL values).

    A condition that zeebe:conditionalFilter narrows is not looked at unless one of its variables is
    given. One that has no value because something it asks about is missing does not hold. Raises
    ElementFailure for one that fails, or gives anything else than true or false.
    """
    event, what = start.event, f"condition of {start.node.id}"
    if event.variables and not variables.keys() & set(event.variables):
        return False
    expression = parse_expression(event.expression or "null")
    try:
        outcome = expression.evaluate(variables, env)
    except FeelError as error:
        raise ElementFailure("CONDITION_ERROR", f"{what}: '{event.expression}': {error}") from error
    if isinstance(outcome.value, bool):
        return outcome.value
    unknown = any(variables.get(name) is None for name in expression.names)
    if outcome.value is None and (unknown or any(w.code in _MISSING for w in outcome.warnings)):
        return False
    hint = "; ".join(w.message for w in outcome.warnings)
    raise failed("CONDITION_ERROR", what, event.expression or "", "true or false", outcome.value, hint)
