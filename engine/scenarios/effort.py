"""How much work trying something out may be: it is counted, never timed, so that a result never varies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.bus import Bus, Ticket
from engine.errors import InvalidState
from engine.model.actor import Actor


class TrialTooLong(InvalidState):
    """This takes more work than one may try out at a time: use fewer or shorter scenarios."""

    code = "trial-too-long"
    th = "ใช้การทำงานมากเกินกว่าที่ทดลองได้ในครั้งเดียว กรุณาลดจำนวนหรือความยาวของสถานการณ์ทดสอบ"


@dataclass(slots=True)
class Effort:
    """Commands that were run, and how many may be; None: as many as it takes."""

    most: int | None = None
    spent: int = 0

    def check(self) -> None:
        """Raises TrialTooLong when it is used up."""
        if self.most is not None and self.spent >= self.most:
            raise TrialTooLong()


class CountingBus(Bus):
    """A bus that counts what it does. It refuses nothing: who plays asks between two acts, with nothing half done."""

    effort: Effort

    def run(self, command: Any, actor: Actor, idempotency: str | None = None, *, ticket: Ticket | None = None) -> Any:
        """As Bus.run."""
        self.effort.spent += 1
        return super().run(command, actor, idempotency, ticket=ticket)
