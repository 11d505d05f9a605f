"""What speaks against migrating stored cases, or moving their tokens, without running or changing any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from engine.execution.migration import objections
from engine.execution.moves_tried import objections_to_moves
from engine.execution.specs.build import Definition
from engine.execution.state import load
from engine.feel import Environment
from engine.model.diagram import Process
from engine.model.faults import Fault

_NEVER = Environment(now=datetime(1970, 1, 1, tzinfo=UTC))  # nothing is evaluated


class _Nobody:
    """The host of a case that is only looked at."""

    def new_key(self) -> int:
        raise AssertionError

    def decide(self, *_: Any) -> Any:
        raise AssertionError

    resource_key = form_key = case_facts = outer_catches = decide


def objections_of(state: str, definition: Definition, target: Process, mapping: Mapping[str, str]) -> list[Fault]:
    """Every reason against it that shows before it is tried, for the case whose state `save` wrote."""
    return objections(load(state, definition, 0, _Nobody(), _NEVER, {}), target, mapping)


def objections_to_moving(state: str, definition: Definition, moves: Sequence[tuple[str, str]]) -> list[Fault]:
    """Every reason against these moves (source, target) that shows before they are tried, for a case as above."""
    return objections_to_moves(load(state, definition, 0, _Nobody(), _NEVER, {}), moves)
