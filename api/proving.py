"""The proof of the histories as a server process keeps it up: beside all other work, and in no hurry."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from engine.errors import EngineError
from engine.jobs.checkpoints import Checkpoints
from engine.jobs.pace import Pace
from engine.jobs.stamps import Stamps

LOOK_EVERY = 3600.0  # seconds between two looks at all histories for what is not covered
log = logging.getLogger("krabuan.service")


class Proving:
    """Signs histories and has checkpoints stamped with the time, in threads of its own: no timer waits until much is
    signed, and who is asked for a stamp may be slow, or dead. Where there are no checkpoints to make, or no stamps to
    be asked for, nothing is done."""

    def __init__(self, checkpoints: Checkpoints | None = None, stamps: Stamps | None = None) -> None:
        self._checkpoints, self._stamps = checkpoints, stamps
        self._pace = Pace()
        self._looked: float | None = None
        self.signing: threading.Thread | None = None
        self.stamping: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to sign what is not covered yet and to ask for stamps that are missing, unless one is still at it."""
        if self._checkpoints is not None:
            self.signing = _beside(self.signing, self._sign_at_leisure, "signing")
        if self._stamps is not None:
            self.stamping = _beside(self.stamping, self._stamp, "time-stamps")

    def sign(self, *, whole: bool = False) -> None:
        """Cover history by a checkpoint, `whole` as engine/jobs/checkpoints.py has it. What keeps it from being made is
        told to the log and keeps up no work."""
        if self._checkpoints is None:
            return
        try:
            self._checkpoints.make(whole=whole, rest=self._pace)
        except (OSError, EngineError) as error:
            log.error("no checkpoint: %s", error)

    def finish(self) -> None:
        """Everything of now is signed when this returns. From here on nothing rests."""
        self._pace.hurry()
        if self.signing is not None:
            self.signing.join()
        self.sign()

    def _sign_at_leisure(self) -> None:
        now = time.monotonic()
        whole = self._looked is None or now - self._looked > LOOK_EVERY
        if whole:
            self._looked = now
        self.sign(whole=whole)

    def _stamp(self) -> None:
        assert self._stamps is not None
        try:
            self._stamps.make()
        except OSError as error:  # what has no stamp gets it the next time
            log.warning("no time stamp: %s", error)


def _beside(running: threading.Thread | None, do: Callable[[], None], name: str) -> threading.Thread:
    """A thread that does it: the one of last time while that is at it. What it fails of is told to the log."""
    if running is not None and running.is_alive():
        return running

    def attempt() -> None:
        try:
            do()
        except Exception:  # as when the database goes away: the next time comes
            log.exception("%s failed", name)

    thread = threading.Thread(target=attempt, name=name, daemon=True)
    thread.start()
    return thread
