"""Back-pressure: so many requests are at work at a time, so many more wait for a place, for so long; whoever comes then
is asked at once to come again. A queue that grows helps nobody: who waits in it has gone by the time of the answer."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.errors import Busy

if TYPE_CHECKING:
    from api.live import Slots

LOG = logging.getLogger("krabuan.pressure")
PATIENCE = 2.0  # seconds that a request waits for a place
SAID_EVERY = 10.0  # seconds between two lines of the log
LATEST = 3  # seconds: those who are refused at once do not come back at once


class Overloaded(Busy):
    """The service has more to do than it can take; try again in a moment."""

    code = "overloaded"
    th = "ขณะนี้ระบบมีงานมากเกินกว่าจะรับได้ โปรดลองใหม่ในอีกสักครู่"

    def __init__(self) -> None:
        super().__init__()
        self.retry_after = 1 + secrets.randbelow(LATEST)


class Gate:
    """Lets `places` requests be at work at a time, and as many wait as `room` says. Safe to share between threads."""

    def __init__(self, places: int, room: Callable[[], int], patience: float = PATIENCE) -> None:
        self._places, self._room, self._patience = places, room, patience
        self._lock = threading.Lock()
        self._line: deque[threading.Event] = deque()
        self._said: float | None = None
        self.at_work = 0
        self.refused = 0

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._line)

    def enter(self) -> None:
        """Take a place, those who waited longest first. Raises Overloaded when too many wait, or this took too long."""
        with self._lock:
            if self.at_work < self._places and not self._line:
                self.at_work += 1
                return
            if len(self._line) >= self._room():
                self._refuse()
            turn = threading.Event()
            self._line.append(turn)
        if turn.wait(self._patience):
            return
        with self._lock:
            if turn.is_set():  # the place came at the last moment
                return
            self._line.remove(turn)
            self._refuse()

    def leave(self) -> None:
        """Give the place back: to who waits longest, if anybody does."""
        with self._lock:
            if self._line:
                self._line.popleft().set()
            else:
                self.at_work -= 1

    def _refuse(self) -> None:
        self.refused += 1
        now = time.monotonic()
        if self._said is None or now - self._said > SAID_EVERY:
            self._said = now
            LOG.warning("more to do than %s requests at a time: %s were refused so far", self._places, self.refused)
        raise Overloaded()


def gate_of(threads: int, *held: Slots) -> Gate:
    """For a server of so many threads, of which `held` may hold some: an eighth at work, as many as are free otherwise
    waiting, and some kept to say no and to answer probes."""
    places = max(4, threads // 8)

    def room() -> int:
        return max(4, threads - places - max(4, threads // 16) - sum(slots.in_use for slots in held))

    return Gate(places, room)
