"""What speaks against moving the tokens of a case, without moving any."""

from __future__ import annotations

from collections.abc import Sequence

from SpiffWorkflow.task import Task

from engine.execution.beginnable import (
    NO_SCOPE_AROUND,
    node_to_begin,
    refuse_listening,
    refuse_loop,
    refused,
    scopes_of,
)
from engine.execution.case import Case
from engine.execution.failures import NotPossible
from engine.execution.modification import Selection, selected, without_body
from engine.model.diagram import Node
from engine.model.faults import Fault


def objections_to_moves(case: Case, moves: Sequence[tuple[str, str]]) -> list[Fault]:
    """Every reason against moving all tokens of each source to its target, within the scope that the source stands in,
    that shows before it is tried. What a scope would do when it is opened is not."""
    found: list[Fault] = []
    try:
        refuse_listening(case)
    except NotPossible as refusal:
        return list(refusal.faults)
    for source, target in moves:
        try:
            _look(case, source, target)
        except NotPossible as refusal:
            found.extend(refusal.faults)
    return found


def _look(case: Case, source: str, target: str) -> None:
    tokens = selected(case, Selection(source))
    node = node_to_begin(case, target)
    for token in tokens:
        for scope in _opened(case, without_body(token.parent), node):
            refuse_loop(scope)


def _opened(case: Case, within: Task, node: Node) -> list[Node]:
    """The scopes between a running one and an element in it. Raises NotPossible where the element is not in it."""
    chain = scopes_of(case, node)
    if within.parent is None:
        return chain
    if within.task_spec.node not in chain:
        raise refused(node.id, "ancestor", *NO_SCOPE_AROUND)
    return chain[chain.index(within.task_spec.node) + 1 :]
