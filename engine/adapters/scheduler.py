"""The embedded scheduler: APScheduler holds one wake-up, always at the earliest due time.

A commit that adds an earlier row moves it; a slow tick is only the safety net (a missed wake-up
costs a second, never a timer). Nothing is stored in APScheduler: the job table is the truth.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from engine.adapters.clock import SystemClock
from engine.ports import Clock

TICK_SECONDS = 1
_WAKE = "krabuan-wake"


class Scheduler:
    """Calls `run_due` when something is due, one call at a time, until it returns 0.

    `run_due` returns how many rows it did; `next_due` when the next one comes due by `clock`, or None. Between two
    rounds there are `rest` seconds: what comes due in them is done together.
    """

    def __init__(
        self,
        run_due: Callable[[], int],
        next_due: Callable[[], datetime | None],
        clock: Clock | None = None,
        rest: float = 0.0,
    ) -> None:
        self._run_due = run_due
        self._next_due = next_due
        self._clock = clock or SystemClock()
        self._busy = threading.Lock()
        self._rest, self._rested = timedelta(seconds=rest), datetime.min.replace(tzinfo=UTC)
        self._next: datetime | None = None
        self._stopping = False
        self._adding = threading.Lock()
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin; what came due while nothing ran is done at once."""
        self._scheduler.add_job(self._work, "interval", seconds=TICK_SECONDS, max_instances=1, coalesce=True)
        self._scheduler.start()
        self.wake_at(self._clock.now())

    def stop(self) -> None:
        """End after the row at hand."""
        # APScheduler says that it has stopped before its loop has, which then misses the wake-up at hand and dies
        # of it: nothing may be left to wake up for, and nothing may be added any more
        with self._adding:
            self._stopping = True
        self._scheduler.remove_all_jobs()
        self._scheduler.shutdown(wait=True)

    def wake_at(self, moment: datetime) -> None:
        """Something is due at `moment`; moves the wake-up when that is earlier."""
        with self._adding:
            if self._stopping or (self._next is not None and moment >= self._next):
                return
            self._next = moment
            # APScheduler waits by the machine's clock, what is due goes by ours.
            at = max(datetime.now(UTC) + max(moment - self._clock.now(), timedelta()), self._rested)
            self._scheduler.add_job(
                self._work, DateTrigger(at), id=_WAKE, replace_existing=True, misfire_grace_time=None, max_instances=3
            )

    def _work(self) -> None:
        if not self._busy.acquire(blocking=False):
            return
        try:
            while not self._stopping and self._run_due():
                pass
            following = self._next_due()
        finally:
            self._rested = datetime.now(UTC) + self._rest
            self._busy.release()
        self._next = None
        if following is not None:
            self.wake_at(max(following, self._clock.now()))
