"""How work that nobody waits for leaves others their turn."""

from __future__ import annotations

import threading

from engine.jobs.pace import AT_A_TIME, REST, Pace


class Hurried(threading.Event):
    """Tells how long was rested, without resting."""

    def __init__(self) -> None:
        super().__init__()
        self.rests: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.rests.append(0.0 if self.is_set() else timeout)
        return self.is_set()


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_long_work_rests_most_of_the_time() -> None:
    watch, hurried = Watch(), Hurried()
    pace = Pace(watch, hurried)
    for _ in range(1000):
        watch.now += AT_A_TIME / 10
        pace()
    assert 90 <= len(hurried.rests) <= 100
    assert sum(hurried.rests) >= 0.9 * REST * watch.now


def test_what_was_not_work_is_not_rested_of() -> None:
    watch, hurried = Watch(), Hurried()
    pace = Pace(watch, hurried)
    watch.now += 120  # until there was something to sign again
    pace()
    assert hurried.rests == [AT_A_TIME * REST]


def test_who_is_hurried_rests_no_more() -> None:
    watch, hurried = Watch(), Hurried()
    pace = Pace(watch, hurried)
    pace.hurry()
    for _ in range(10):
        watch.now += AT_A_TIME
        pace()
    assert sum(hurried.rests) == 0
