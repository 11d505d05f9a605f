"""Trying out drafts takes the machine seconds of work: one at a time for a person, and a few for all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import current_app

from api.context import actor
from engine.errors import Busy, InvalidState

AT_ONCE = 2  # in this service, so that its other work goes on beside


class TrialRunning(InvalidState):
    """You are trying out a draft already: wait for its result."""

    code = "trial-running"
    th = "คุณกำลังทดลองฉบับร่างอยู่ โปรดรอผลก่อน"


class TrialsBusy(Busy):
    """Others are trying out drafts now: try again in some seconds."""

    code = "trials-busy"
    th = "มีผู้อื่นกำลังทดลองฉบับร่างอยู่ โปรดลองใหม่ในอีกสักครู่"


@dataclass(slots=True)
class Trying:
    """Who is trying something out now. Safe to share between threads."""

    people: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, person: str) -> Iterator[None]:
        """While one of this person's runs. Raises TrialRunning, TrialsBusy."""
        with self.lock:
            if person in self.people:
                raise TrialRunning()
            if len(self.people) >= AT_ONCE:
                raise TrialsBusy()
            self.people.add(person)
        try:
            yield
        finally:
            with self.lock:
                self.people.discard(person)


@contextmanager
def turn() -> Iterator[None]:
    """For who asks. Raises TrialRunning, TrialsBusy."""
    trying: Trying = current_app.extensions.setdefault("krabuan-trying", Trying())
    with trying.turn(actor().id):
        yield
