"""Carry out a plan, and write down when which trouble began and was over: what is done twice then is excused."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.chaos.node import Node
from benchmarks.chaos.plan import Step
from benchmarks.chaos.world import World

LATENESS = 0.3  # seconds by which a slow network delivers late
LOOK_EVERY = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Trouble:
    """From `began` to `ended` (seconds of time.time()) something was wrong."""

    kind: str
    node: int | None
    began: float
    ended: float


class Mischief:
    """Goes through the steps of a plan over a world. A context manager: what is still wrong in the end is healed."""

    def __init__(self, world: World, steps: Sequence[Step]) -> None:
        self._world, self._steps = world, steps
        self.troubles: list[Trouble] = []
        self.netem = False
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._go, name="mischief")]
        self._threads += [threading.Thread(target=self._look_after, name="service-manager")]

    def __enter__(self) -> Mischief:
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_about: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    @property
    def over(self) -> bool:
        """Whether the plan is done."""
        return not self._threads[0].is_alive()

    def counts(self) -> dict[str, int]:
        """How often each kind came."""
        return dict(sorted(Counter(trouble.kind for trouble in self.troubles).items()))

    def _go(self) -> None:
        going: list[threading.Thread] = []
        for step in self._steps:
            if self._ending.wait(max(0.0, self._began + step.at - time.monotonic())):
                break
            one = threading.Thread(target=self._do, args=(step,), name=step.kind)
            one.start()
            going.append(one)
        for one in going:
            one.join()

    def _do(self, step: Step) -> None:
        began, end = time.time(), self._act(step)
        self._ending.wait(step.lasts)
        end()
        self.troubles.append(Trouble(step.kind, step.node, began, time.time()))

    def _act(self, step: Step) -> Callable[[], None]:
        """Begin it; what ends it."""
        if step.node is not None:
            return self._on_node(step.kind, self._world.nodes[step.node])
        if step.kind == "terminate":
            self._world.postgres.terminate()
        else:
            self._world.postgres.restart(step.kind.partition("-")[2])
        return lambda: None

    def _on_node(self, kind: str, node: Node) -> Callable[[], None]:
        match kind:
            case "kill":
                node.kill()
                return node.start
            case "freeze":
                node.freeze()
                return node.thaw
            case "cut":
                node.line.cut()
            case "deaf":
                node.line.deafen()
            case "drop" if node.namespace is not None:
                node.namespace.pull()
                return node.namespace.plug
            case "drop":
                node.line.hold()
            case "slow":
                return self._slow(node)
        return node.line.heal

    def _slow(self, node: Node) -> Callable[[], None]:
        space = node.namespace
        if space is not None and space.slow(round(LATENESS * 1000)):
            self.netem = True
            return lambda: (space.slow(0), None)[1]
        node.line.slow(LATENESS)
        return node.line.heal

    def _look_after(self) -> None:
        while not self._ending.wait(LOOK_EVERY):
            for node in self._world.nodes:
                node.look_after()
