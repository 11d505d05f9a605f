"""Is there an order of the operations, each between its call and its answer, in which every answer is right?

The search goes along the time (just-in-time linearization, after Lowe, "Testing for linearizability", 2017, and Wing
and Gong): it keeps every state that the object may be in, with the pending operations that have taken effect by then,
and lets an operation take effect only when an answer needs it. Histories of different objects are judged apart,
which is right because linearizability is local (Herlihy and Wing, 1990).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.linearizability.operations import Operation, Outcome

Step = Callable[[Any, Operation], tuple[Outcome | None, Any]]
Seen = frozenset[str]  # ids of pending operations that have taken effect
Way = tuple[Any, Operation] | None  # how a state was come to: (the way before, the operation)
MANY = 100_000  # states at one moment: it is given up, which counts as a fault of the run
FEW = 400  # the same, while what shows a fault is made smaller


@dataclass(frozen=True, slots=True)
class Model:
    """An object as it is when one acts after the other: its first state (hashable), what an operation is answered
    in a state and what it makes of it, and whether an operation changed nothing whatever came before it."""

    first: Hashable
    step: Step
    silent: Callable[[Operation], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """`order` is one that explains every answer, or the longest that explains those up to `stuck`, whose answer
    nothing explains."""

    order: list[Operation]
    stuck: Operation | None = None

    @property
    def good(self) -> bool:
        return self.stuck is None


class TooMany(Exception):
    """More states at one moment than are looked at."""


def judge(operations: Iterable[Operation], model: Model, most: int = MANY) -> Found:
    """Look for an order, among at most so many states at one moment. Raises TooMany."""
    search = _Search(model, most)
    for _moment, answer, operation in sorted(_moments(operations), key=lambda m: m[:2]):
        if not answer:
            search.called(operation)
        elif not search.returns(operation):
            return Found(search.longest, operation)
    return Found(search.longest)


def _moments(operations: Iterable[Operation]) -> Iterable[tuple[int, bool, Operation]]:
    """Calls before answers of the same nanosecond: what may have been at the same time counts as such."""
    for operation in operations:
        yield operation.called, False, operation
        if operation.outcome is not None and operation.returned is not None:
            yield operation.returned, True, operation


class _Search:
    """All that may be the case at a moment."""

    def __init__(self, model: Model, most: int) -> None:
        self.model, self.most = model, most
        self.pending: dict[str, Operation] = {}
        self.states: dict[tuple[Any, Seen], Way] = {(model.first, frozenset()): None}

    @property
    def longest(self) -> list[Operation]:
        """The way to one of the states."""
        way, order = next(iter(self.states.values()), None), []
        while way is not None:
            way, operation = way
            order.append(operation)
        return order[::-1]

    def called(self, operation: Operation) -> None:
        """From now on it may take effect. What changes nothing does so as soon as it fits: it takes nothing from the
        others."""
        if operation.outcome is None and self.model.silent(operation):
            return  # nobody knows what it saw
        self.pending[operation.id] = operation
        if self.model.silent(operation):
            self.states = dict(self._told(state, seen, way) for (state, seen), way in self.states.items())

    def returns(self, operation: Operation) -> bool:
        """Keep the states in which it has taken effect by now; False, and all are kept, when there are none."""
        kept: dict[tuple[Any, Seen], Way] = {}
        known: set[tuple[Any, Seen]] = set(self.states)
        ahead = list(self.states.items())
        while ahead:
            (state, seen), way = ahead.pop()
            if operation.id in seen:
                kept.setdefault((state, seen - {operation.id}), way)
                continue
            for found in self._next(state, seen, way):
                if found[0] not in known:
                    known.add(found[0])
                    ahead.append(found)
            if len(known) > self.most:
                raise TooMany(f"more than {self.most} states when {operation} is answered")
        if not kept:
            return False
        del self.pending[operation.id]
        self.states = kept
        return True

    def _next(self, state: Any, seen: Seen, way: Way) -> Iterable[tuple[tuple[Any, Seen], Way]]:
        """The states after one more of the pending operations that change something."""
        for id, operation in self.pending.items():
            if id in seen or self.model.silent(operation):
                continue
            outcome, after = self.model.step(state, operation)
            if outcome is None or (operation.outcome is None and after == state):
                continue  # what nobody heard of and changed nothing explains nothing
            if operation.outcome is None or operation.outcome == outcome:
                yield self._told(after, seen | {id}, (way, operation))

    def _told(self, state: Any, seen: Seen, way: Way) -> tuple[tuple[Any, Seen], Way]:
        """Here every pending operation that changes nothing and fits has had its turn."""
        for id, operation in self.pending.items():
            if id in seen or not self.model.silent(operation):
                continue
            if self.model.step(state, operation)[0] == operation.outcome:
                seen, way = seen | {id}, (way, operation)
        return (state, seen), way


def counterexample(operations: Sequence[Operation], model: Model) -> list[Operation]:
    """The fewest answers that no order explains: the others are forgotten, one after the other, as long as what is left
    cannot be explained. What is forgotten may still have happened, so that what cannot be explained without an answer
    cannot be with it either; an answer stays when that is too much to try. Empty when everything can be explained.
    Raises TooMany."""
    found = judge(operations, model)
    if found.stuck is None or found.stuck.returned is None:
        return []
    end = found.stuck.returned
    left = [o if o.returned is not None and o.returned <= end else _forgotten(o) for o in operations if o.called <= end]
    for operation in sorted(left, key=lambda o: o.called):
        fewer = [_forgotten(o) if o.id == operation.id else o for o in left]
        if operation.outcome is not None and not _explained(fewer, model):
            left = fewer
    return sorted((o for o in left if o.outcome is not None), key=lambda o: o.called)


def _explained(operations: Sequence[Operation], model: Model) -> bool:
    try:
        return judge(operations, model, FEW).good
    except TooMany:
        return True  # it cannot be said: the answer is kept


def _forgotten(operation: Operation) -> Operation:
    return replace(operation, outcome=None, returned=None)
