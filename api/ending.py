"""How a server process ends in good order (docs/how-to/watch-the-service.md): nobody waits any longer, the work at hand
ends, histories are signed, the database is closed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.leaving import WrongSetting
from api.live import Live

LOG = logging.getLogger("krabuan.service")
DELAY, GRACE = "KRABUAN_SHUTDOWN_DELAY", "KRABUAN_SHUTDOWN_GRACE"
AT_HAND = 6.0  # seconds that the work at hand may take
AFTERWARDS = 6.0  # seconds for signing, sending the last spans and closing
LAST = AT_HAND + AFTERWARDS + 2.0  # with some to spare, before the process is ended by force
MOST = 3600.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds after a signal to end: `delay` goes on taking requests, `grace` then lets those in flight finish."""

    delay: float = 0.0
    grace: float = 15.0

    @property
    def whole(self) -> float:
        """After so many seconds the process has ended or is ended."""
        return self.delay + self.grace + LAST


def patience_of(environment: Mapping[str, str]) -> Patience:
    """As KRABUAN_SHUTDOWN_DELAY and KRABUAN_SHUTDOWN_GRACE say, in seconds. Raises WrongSetting."""
    usual = Patience()
    return Patience(_seconds(environment, DELAY, usual.delay), _seconds(environment, GRACE, usual.grace))


def _seconds(environment: Mapping[str, str], name: str, usual: float) -> float:
    said = environment.get(name)
    if not said:
        return usual
    try:
        seconds = float(said)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= MOST:
        raise WrongSetting(f"{name} is a number of seconds from 0 to {MOST:.0f}, not {said!r}")
    return seconds


class Ending:
    """The end of one server process. May be begun and finished more than once, by any thread."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._stops: list[Callable[[], None]] = []
        self._lasts: list[Callable[[], object]] = []
        self._finishing = threading.Lock()
        self._finished = False

    def stops(self, *stops: Callable[[], None]) -> None:
        """Each ends something that works by itself, once its work at hand is done."""
        self._stops += stops

    def lasts(self, *lasts: Callable[[], object]) -> None:
        """Called after that, one after the other."""
        self._lasts += lasts

    def begin(self) -> None:
        """Live streams and long polls end, and the service says that it is not ready."""
        self._live.end()

    def finish(self) -> bool:
        """Everything is ended when this returns; False: but for what did not end in time."""
        self.begin()
        with self._finishing:
            if self._finished:
                return True
            self._finished = True
            stopped = _within(AT_HAND, self._stops)
            if not stopped:
                LOG.warning("work at hand did not end in time: what was not committed is done again later")
            ended = _within(AFTERWARDS, [self._end])
            if not ended:
                LOG.warning("histories could not be signed in time: the next start does")
            return stopped and ended

    def _end(self) -> None:
        for last in self._lasts:
            try:
                last()
            except Exception:  # the others come all the same
                LOG.exception("not ended in good order")


def _within(seconds: float, todo: Sequence[Callable[[], None]]) -> bool:
    """Do all of it side by side; whether it was done in time."""
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=one, daemon=True) for one in todo]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)
