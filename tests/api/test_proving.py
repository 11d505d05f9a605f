"""Histories are signed and stamped beside what is due, and in no hurry until the service ends."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from api.proving import Proving
from api.runtime import Runtime
from api.service import Worker
from engine.jobs import pace
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


class Thorough(Checkpoints):
    """Has a great many events to sign."""

    def __init__(self) -> None:
        self.begun = threading.Event()

    def make(self, *, whole: bool = True, rest: Rest = no_rest) -> int:
        self.begun.set()
        for _ in range(100_000):
            rest()
        return 1


def is_one_at_a_time(proving: Proving, thread: Callable[[], threading.Thread | None], end: threading.Event) -> None:
    """What is at it until `end` goes on, however often it is to begin; then it begins again."""
    first = thread()
    proving.begin()
    assert thread() is first is not None and first.is_alive()
    end.set()
    first.join(30)
    proving.begin()
    again = thread()
    assert again is not None and again is not first
    again.join(30)
    assert not again.is_alive()


def test_much_to_sign_keeps_up_no_work(at_work: tuple[Runtime, World]) -> None:
    slow = Slow()
    proving = Proving(slow)
    worker = Worker(at_work[0], proving)
    worker.work()
    assert slow.begun.wait(30)
    worker.work()
    is_one_at_a_time(proving, lambda: proving.signing, slow.enough)
    assert slow.looks == [True, False], "all histories are looked at once in an hour"
    assert no_rest not in slow.rests, "and others get their turn"


def test_when_the_service_ends_nothing_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "REST", 1_000_000)
    thorough = Thorough()
    proving = Proving(thorough)
    proving.begin()
    assert thorough.begun.wait(30)
    ending = threading.Thread(target=proving.finish, daemon=True)
    ending.start()
    ending.join(30)
    assert not ending.is_alive()


def test_when_the_service_ends_what_came_while_it_signed_is_signed_too() -> None:
    slow = Slow()
    proving = Proving(slow)
    proving.begin()
    assert slow.begun.wait(30)
    slow.enough.set()
    proving.finish()
    assert proving.signing is not None and not proving.signing.is_alive()
    assert len(slow.looks) == 2


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
    is_one_at_a_time(proving, lambda: proving.stamping, silent.heard)
