"""What a service needs while it runs, and how its last quarter compares with its second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from benchmarks.processes import memory

Figure = Callable[[Sequence[float]], float]
Measure = tuple[float, float]  # when (time.time()), and what


@dataclass(frozen=True, slots=True)
class Compared:
    """Of a measure the figures in the second quarter and in the last, and their ratio."""

    second: float
    last: float

    @property
    def ratio(self) -> float:
        """1 when nothing has changed; 0 where the second quarter has no figure."""
        return round(self.last / self.second, 3) if self.second else 0.0


def compare(measures: Sequence[Measure], began: float, ended: float, of: Figure) -> Compared:
    """The figure `of` what was measured in either quarter of the time from `began` to `ended`."""
    length = (ended - began) / 4
    quarters: list[list[float]] = [[], [], [], []]
    for at, what in measures:
        if began <= at < ended:
            quarters[min(3, int((at - began) / length))].append(what)
    second, last = (round(of(quarters[n]), 3) if quarters[n] else 0.0 for n in (1, 3))
    return Compared(second, last)


def share(part: float) -> Figure:
    """The value that such a part of them does not exceed."""
    return lambda values: sorted(values)[min(len(values) - 1, int(len(values) * part))]


@contextmanager
def watched(sessions: Sequence[int], every: float) -> Iterator[list[Measure]]:
    """The memory (MiB) of these sessions together, looked at so often (seconds) until the block ends."""
    found: list[Measure] = []
    ending = threading.Event()

    def watch() -> None:
        while not ending.wait(every):
            found.append((time.time(), sum(memory(session).pss for session in sessions) / 1024))

    thread = threading.Thread(target=watch, name="memory")
    thread.start()
    try:
        yield found
    finally:
        ending.set()
        thread.join()


def middle(values: Sequence[float]) -> float:
    """Their median."""
    return median(values)
