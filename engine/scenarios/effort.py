"""How much work trying something out may be: it is counted, so that a result never varies.

A time stands behind that, for what one command alone can do: a loop that never rests with much to compute in each turn.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from engine.adapters.keys import CountingKeys
from engine.bus import Bus, Ticket
from engine.errors import InvalidState
from engine.model.actor import Actor


class TrialTooLong(InvalidState):
    """This takes more work than one may try out at a time: use fewer or shorter scenarios."""

    code = "trial-too-long"
    th = "ใช้การทำงานมากเกินกว่าที่ทดลองได้ในครั้งเดียว โปรดลดจำนวนหรือความยาวของสถานการณ์ทดสอบ"


@dataclass(slots=True)
class Effort:
    """Commands that were run, and how many may be, and for how many seconds of the processor in this thread; None: as
    many as it takes."""

    most: int | None = None
    seconds: float | None = None
    spent: int = 0
    began: float = field(default_factory=time.thread_time)

    def check(self) -> None:
        """Raises TrialTooLong when it is used up."""
        if self.most is not None and self.spent >= self.most:
            raise TrialTooLong()
        self.check_time()

    def check_time(self) -> None:
        """Raises TrialTooLong when the time is over."""
        if self.seconds is not None and time.thread_time() - self.began > self.seconds:
            raise TrialTooLong()


class BoundedKeys(CountingKeys):
    """The keys of a world. Every element that begins takes one, also within a command: there the time ends."""

    def __init__(self, first: int, effort: Effort) -> None:
        super().__init__(first)
        self._effort = effort

    def next(self) -> int:
        """The next number. Raises TrialTooLong."""
        self._effort.check_time()
        return super().next()


class CountingBus(Bus):
    """A bus that counts what it does. It refuses nothing: who plays asks between two acts, with nothing half done."""

    effort: Effort

    def run(self, command: Any, actor: Actor, idempotency: str | None = None, *, ticket: Ticket | None = None) -> Any:
        """As Bus.run."""
        self.effort.spent += 1
        return super().run(command, actor, idempotency, ticket=ticket)
