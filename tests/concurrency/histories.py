"""Histories for the judge of linearizability, made from its model: one after the other, at the same time, and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

from hypothesis import strategies as st

from benchmarks.linearizability.judge import Model
from benchmarks.linearizability.model import CLERKS, ELEMENTS, OWNER, Case, begun, silent, step
from benchmarks.linearizability.operations import Operation
from benchmarks.linearizability.trail import Told, expected

CASE = Model(begun(1), step, silent)
_BY_CLERK = st.tuples(st.sampled_from(("claim", "unassign", "complete")), st.sampled_from(CLERKS))
_BY_OWNER = st.tuples(st.sampled_from(("assign", "migrate", "unassign", "cancel", "migrate", "assign")), st.just(OWNER))
_LOOK = st.tuples(st.sampled_from(("see-task", "see-case", "see-tasks")), st.sampled_from(CLERKS))
OF_CASE = ("cancel", "migrate", "see-case", "see-tasks")


@st.composite
def asked(draw: st.DrawFn, most: int = 16, keys: bool = True) -> list[Operation]:
    """Operations in an order, not yet answered."""
    made = []
    for number in range(draw(st.integers(1, most))):
        kind, actor = draw(st.one_of(_BY_CLERK, _BY_CLERK, _BY_OWNER, _LOOK))
        element = None if kind in OF_CASE else draw(st.sampled_from(ELEMENTS))
        values: dict[str, Any] = {"assign": st.sampled_from(CLERKS), "migrate": st.integers(1, 3)}
        value = draw(values[kind]) if kind in values else None
        plain = kind.startswith("see")
        rev = None if plain else draw(st.sampled_from((None, None, None, 1, 2, 3)))
        key = draw(st.sampled_from((None, None, None, "k1", "k2"))) if keys and not plain else None
        made.append(Operation(str(number), "1", kind, actor, element, value, rev, key))
    return made


def answered(operations: Sequence[Operation], first: Case = begun(1)) -> tuple[list[Operation], list[Told], Case]:  # noqa: B008 - it is a tuple
    """One after the other, as the model answers; what history tells of it; the case in the end. Both are seen last."""
    ends = [Operation("tasks", "1", "see-tasks", OWNER), Operation("case", "1", "see-case", OWNER)]
    case, made, told = first, [], []
    for operation in (*operations, *ends):
        outcome, after = step(case, operation)
        if outcome is None:
            continue  # of a task that is not yet there, nobody knows the key
        at = 10 * len(made)
        made.append(replace(operation, outcome=outcome, called=at, returned=at + 5))
        if after.rev != case.rev:
            told.append(expected(operation, case, after))
        case = after
    return made, told, case


@st.composite
def at_once(draw: st.DrawFn, operations: list[Operation]) -> list[Operation]:
    """The same, each asked for earlier and answered later than it took effect; the last looks stay the last."""
    *before, tasks, case = operations
    wider = []
    for o in before:
        assert o.returned is not None
        wider.append(replace(o, called=o.called - draw(st.integers(0, 60)), returned=o.returned + draw(st.integers(0, 60))))
    return [*wider, *(replace(o, called=o.called + 100, returned=(o.returned or 0) + 100) for o in (tasks, case))]


def forgotten(operation: Operation) -> Operation:
    """Its answer never came."""
    return replace(operation, outcome=None, returned=None)


def by_hand(operations: Sequence[Operation], first: Case = begun(1)) -> bool:  # noqa: B008 - it is a tuple
    """Whether any order of all that were answered, and of any of the others, explains every answer: by trying all."""
    known = [o for o in operations if o.outcome is not None]
    others = [o for o in operations if o.outcome is None]
    for count in range(len(others) + 1):
        for chosen in combinations(others, count):
            if any(_explains(order, first) for order in permutations([*known, *chosen])):
                return True
    return False


def _explains(order: Sequence[Operation], first: Case) -> bool:
    case, latest = first, -1_000_000
    for operation in order:
        latest = max(latest, operation.called)
        if operation.returned is not None and operation.returned < latest:
            return False
        outcome, case = step(case, operation)
        if outcome is None or (operation.outcome is not None and operation.outcome != outcome):
            return False
    return True
