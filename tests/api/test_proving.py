"""Histories are signed and stamped beside what is due, and in no hurry until the service ends."""

from __future__ import annotations

import threading

import pytest

from api.proving import Proving
from api.runtime import Runtime
from api.service import Worker
from engine.jobs.checkpoints import Checkpoints
from engine.jobs.pace import Rest, no_rest
from engine.jobs.stamps import Stamps
from tests.api.world import World


class Slow(Checkpoints):
    """Signs until it is told that this is enough."""

    def __init__(self) -> None:
        self.begun, self.enough = threading.Event(), threading.Event()
        self.looks: list[bool] = []
        self.rests: list[Rest] = []

    def make(self, *, whole: bool = True, rest: Rest = no_rest) -> int:
        self.looks.append(whole)
        self.rests.append(rest)
        self.begun.set()
        assert self.enough.wait(30)
        return 1


class Silent(Stamps):
    """Waits until somebody speaks, then has nothing to say."""

    def __init__(self) -> None:
        self.asked, self.heard = threading.Event(), threading.Event()

    def make(self) -> int:
        self.asked.set()
        assert self.heard.wait(30)
        raise OSError("nobody answers")


def test_much_to_sign_keeps_up_no_work(at_work: tuple[Runtime, World]) -> None:
    slow = Slow()
    proving = Proving(slow)
    worker = Worker(at_work[0], proving)
    worker.work()
    assert slow.begun.wait(30)
    worker.work()
    first = proving.signing
    proving.begin()
    assert proving.signing is first is not None and first.is_alive(), "one at a time"
    slow.enough.set()
    first.join(30)
    proving.begin()
    assert proving.signing is not None and proving.signing is not first
    proving.signing.join(30)
    assert slow.looks == [True, False], "all histories are looked at once in an hour"
    assert no_rest not in slow.rests, "and others get their turn"


def test_when_the_service_ends_what_is_being_signed_is_signed_without_rests() -> None:
    slow = Slow()
    proving = Proving(slow)
    proving.begin()
    assert slow.begun.wait(30)
    slow.enough.set()
    proving.finish()
    assert proving.signing is not None and not proving.signing.is_alive()
    assert len(slow.looks) == 2, "and what came meanwhile"


def test_what_fails_of_signing_is_told_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    class Gone(Slow):
        def make(self, *, whole: bool = True, rest: Rest = no_rest) -> int:
            self.looks.append(whole)
            raise RuntimeError("the database is gone")

    gone = Gone()
    proving = Proving(gone)
    for _ in range(2):
        proving.begin()
        assert proving.signing is not None
        proving.signing.join(30)
    assert len(gone.looks) == 2 and caplog.text.count("signing failed") == 2


def test_a_silent_authority_for_time_stamps_keeps_up_no_work(at_work: tuple[Runtime, World]) -> None:
    silent = Silent()
    proving = Proving(None, silent)
    worker = Worker(at_work[0], proving)
    worker.work()
    assert silent.asked.wait(30)
    worker.work()
    first = proving.stamping
    proving.begin()
    assert proving.stamping is first is not None and first.is_alive(), "one at a time"
    silent.heard.set()
    first.join(30)
    proving.begin()
    again = proving.stamping
    assert again is not None and again is not first, "it is tried again"
    again.join(30)
    assert not again.is_alive()
