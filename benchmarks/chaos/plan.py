"""What goes wrong, when, and for how long: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# how often each kind comes, in a hand of cards; the first hand has one of each
HAND: Mapping[str, int] = {
    "kill": 6, "freeze": 3, "cut": 3, "deaf": 2, "drop": 2, "slow": 2, "terminate": 2, "restart-fast": 1,
    "restart-immediate": 1,
}  # fmt: skip
OF_A_NODE = frozenset({"kill", "freeze", "cut", "deaf", "drop", "slow"})  # the others are of the database


@dataclass(frozen=True, slots=True)
class Weather:
    """How rough it is. Times in seconds. Nothing begins in the last `calm` of each `cycle`: what is done twice then,
    nothing excuses."""

    seconds: float
    pace: tuple[float, float] = (1.5, 4.5)  # from one to the next
    lease: float = 4.0  # for which a worker has a job
    silence: float = 20.0  # after which nodes count one as dead and do what it had begun
    cycle: float = 60.0
    calm: float = 10.0

    def lasts(self, kind: str, chance: random.Random) -> float:
        """How long it is until it is healed; one that is frozen wakes up later than any lease, and now and then when
        it had counted as dead."""
        if kind == "freeze":
            return chance.choice((self.lease, self.lease, self.silence)) * chance.uniform(1.2, 1.6)
        spans = {"kill": (0.2, 1.5), "deaf": (0.1, 0.6), "drop": (1.0, 5.0), "slow": (2.0, 5.0)}
        return chance.uniform(*spans.get(kind, (0.0, 0.0)))


@dataclass(frozen=True, slots=True)
class Step:
    """One mischief: `at` and `lasts` in seconds, `node` None for the database."""

    at: float
    kind: str
    node: int | None
    lasts: float


def plan(seed: int, weather: Weather, nodes: int) -> tuple[Step, ...]:
    """The steps by their time. A node has one trouble at a time, and a while to come back from it."""
    chance, at, steps = random.Random(seed), 0.0, list[Step]()
    free = [0.0] * nodes  # from when on
    for kind in _cards(chance):
        at += chance.uniform(*weather.pace)
        into = at % weather.cycle
        if into > weather.cycle - weather.calm:
            at += weather.cycle - into
        lasts = weather.lasts(kind, chance)
        if at + lasts > weather.seconds:
            return tuple(steps)
        node = None
        if kind in OF_A_NODE:
            node = min(range(nodes), key=lambda number: (max(free[number], at), chance.random()))
            at = max(at, free[node])
            free[node] = at + lasts + (4.0 if kind == "kill" else 1.0)
        steps.append(Step(round(at, 3), kind, node, round(lasts, 3)))
    raise AssertionError("the cards never end")


def _cards(chance: random.Random) -> Iterator[str]:
    yield from chance.sample(sorted(HAND), len(HAND))
    hand = [kind for kind, times in HAND.items() for _ in range(times)]
    while True:
        yield from chance.sample(hand, len(hand))
