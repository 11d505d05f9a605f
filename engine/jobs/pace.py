"""Long work that nobody waits for, in a process where others are waited for.

CPython runs one thread at a time, and who reads rows gives up its turn at each of them: beside a thread that computes
for seconds, a page of a hundred rows waits a hundred times. So such work rests again and again, most of the time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

AT_A_TIME = 0.002  # seconds of work between two rests
REST = 3  # times as long as what was worked

Rest = Callable[[], None]  # called between two small pieces of work


def no_rest() -> None:
    """Where somebody waits for the end of it."""


class Pace:
    """Called by work between its small pieces: rests when that has gone on for AT_A_TIME. For one thread at a time."""

    def __init__(
        self, now: Callable[[], float] = time.perf_counter, hurried: threading.Event | None = None
    ) -> None:
        self._now, self._since = now, now()
        self._hurried = hurried or threading.Event()

    def __call__(self) -> None:
        """Returns at once, or after a rest of REST times AT_A_TIME: however long the last piece took, or nothing was
        done before."""
        if self._now() - self._since < AT_A_TIME:
            return
        self._hurried.wait(AT_A_TIME * REST)
        self._since = self._now()

    def hurry(self) -> None:
        """End the rest at hand, and rest no more."""
        self._hurried.set()
