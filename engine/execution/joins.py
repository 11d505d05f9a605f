"""When an inclusive gateway is activated (BPMN 2.0.2, section 13.4.3, table 13.3).

It is activated if at least one incoming flow has a token, and every token elsewhere in its scope
that could still reach an incoming flow without one could also reach one with a token (both without
passing the gateway itself). Decided when nothing else can move, as it depends on the whole scope.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution.specs.gateways import InclusiveSpec
from engine.model.diagram import Process

if TYPE_CHECKING:
    from engine.execution.case import Case


def activated_joins(case: Case) -> list[Task]:
    """One token for each inclusive gateway that is to fire now; the tokens it takes in are consumed."""
    waiting: dict[tuple[int, str], list[Task]] = defaultdict(list)
    for task in case.tasks.values():
        if isinstance(task.task_spec, InclusiveSpec) and "begun" not in task.internal_data:
            waiting[(task._parent, task.task_spec.name)].append(task)
    fired = []
    for tokens in waiting.values():
        if not any("after" in t.internal_data for t in tokens) and _is_activated(case, tokens):
            first: dict[str, Task] = {}
            for token in tokens:
                first.setdefault(token.internal_data["flow"], token)
            chosen, *others = first.values()
            case.consume(others)
            fired.append(chosen)
    return fired


def settle_resets(case: Case) -> bool:
    """End the reset of complex gateways that no token can reach any more on the flows still missing
    (13.4.5); whether there were any."""
    done = []
    for task in case.tasks.values():
        if "resetting" in task.internal_data:
            node = task.task_spec.node
            missing = set(node.incoming) - set(task.internal_data["resetting"])
            sources = _sources_of(case.process, missing, node.id) if missing else set()
            others = (t.task_spec.node.id for t in _moving(task.parent) if t is not task)
            if not sources.intersection(others):
                done.append(task)
    for task in done:
        scope, gateway = task.parent, task.task_spec
        case.consume([task])
        for token in scope.children:
            if token.task_spec is gateway and "begun" not in token.internal_data:
                case.look_again(token)
        case.scope_may_be_done(scope)
    return bool(done)


def _is_activated(case: Case, tokens: list[Task]) -> bool:
    gateway = tokens[0].task_spec.node
    full = {t.internal_data["flow"] for t in tokens}
    empty = set(gateway.incoming) - full
    if not empty:
        return True
    to_empty = _sources_of(case.process, empty, gateway.id)
    to_full = _sources_of(case.process, full, gateway.id)
    for other in _moving(tokens[0].parent):
        node = other.task_spec.node
        if node.id != gateway.id and node.id in to_empty and node.id not in to_full:
            return False
    return True


def _moving(scope: Task) -> list[Task]:
    """The tokens of a scope that may still go on somewhere."""
    return [t for t in scope.children if "doomed" not in t.internal_data]


def _sources_of(process: Process, flows: set[str], gateway: str) -> set[str]:
    """The nodes from which one of the flows can be reached without passing the gateway."""
    found: set[str] = set()
    todo = [process.flows[f].source for f in flows]
    while todo:
        node_id = todo.pop()
        if node_id in found or node_id == gateway:
            continue
        found.add(node_id)
        node = process.nodes[node_id]
        todo += [process.flows[f].source for f in node.incoming]
        if node.attached_to is not None:  # a boundary event begins where its activity is
            todo.append(node.attached_to)
    return found
