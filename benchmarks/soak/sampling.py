"""What a service needs while it runs, and how its last quarter compares with its second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from benchmarks.processes import cpu_seconds, memory

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


def by_minute(measures: Sequence[Measure], began: float, ended: float) -> list[float]:
    """The median of each minute from `began` to `ended`, 0 where there is none: shows whether two things went together.
    """
    minutes: list[list[float]] = [[] for _ in range(max(1, round((ended - began) / 60)))]
    for at, what in measures:
        if began <= at < ended:
            minutes[min(len(minutes) - 1, int((at - began) / 60))].append(what)
    return [round(median(values), 3) if values else 0.0 for values in minutes]


def for_each(spent: Sequence[Measure], requests: Sequence[Measure], began: float, ended: float) -> Compared:
    """What was spent (a sum that grows) for each request, in the second quarter and in the last."""
    length = (ended - began) / 4

    def of_quarter(number: int) -> float:
        start, end = began + number * length, began + (number + 1) * length
        seen = [(at, what) for at, what in spent if start <= at < end]
        if len(seen) < 2:
            return 0.0
        (first, before), (last, after) = seen[0], seen[-1]
        return round((after - before) / max(1, sum(first <= at < last for at, _ in requests)), 3)

    return Compared(of_quarter(1), of_quarter(3))


@dataclass(frozen=True, slots=True)
class Watched:
    """Of some processes together: memory in MiB, and the milliseconds of the processor that they used so far."""

    memory: list[Measure] = field(default_factory=list)
    spent: list[Measure] = field(default_factory=list)


@contextmanager
def repeatedly(do: Callable[[], None], every: float) -> Iterator[None]:
    """Have a thread do it, with so many seconds between, until the block ends. Raises then what it raised, with which
    it ended."""
    ending, raised = threading.Event(), list[Exception]()

    def go() -> None:
        try:
            while not ending.wait(every):
                do()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=go, name=f"every {every} s")
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()
    if raised:
        raise raised[0]


@contextmanager
def watched(processes: Sequence[int], every: float) -> Iterator[Watched]:
    """These processes and what descends from them, looked at so often (seconds) until the block ends."""
    found = Watched()

    def look() -> None:
        at = time.time()
        found.spent.append((at, sum(cpu_seconds(one) for one in processes) * 1000))
        found.memory.append((at, sum(memory(one).pss for one in processes) / 1024))

    with repeatedly(look, every):
        yield found


def middle(values: Sequence[float]) -> float:
    """Their median."""
    return median(values)
