"""What goes wrong, and when, follows from the seed."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.chaos.plan import HAND, OF_A_NODE, Weather, plan

HOUR = Weather(3600.0)


def test_the_same_seed_gives_the_same_plan() -> None:
    assert plan(3, HOUR, 4) == plan(3, HOUR, 4)
    assert plan(3, HOUR, 4) != plan(4, HOUR, 4)


def test_every_few_seconds_something_goes_wrong_with_each_kind_soon() -> None:
    steps = plan(1, HOUR, 4)
    assert {step.kind for step in steps[: len(HAND)]} == set(HAND)
    assert len(steps) > 3600 / 6
    assert all(step.at + step.lasts <= HOUR.seconds for step in steps)


def test_a_node_has_one_trouble_at_a_time_and_one_that_is_frozen_outlives_a_lease() -> None:
    steps = plan(1, HOUR, 4)
    for node in range(4):
        of_it = [step for step in steps if step.node == node]
        assert len(of_it) > 100
        assert all(before.at + before.lasts < after.at for before, after in pairwise(of_it))
    assert all((step.node is not None) == (step.kind in OF_A_NODE) for step in steps)
    frozen = [step.lasts for step in steps if step.kind == "freeze"]
    assert min(frozen) > HOUR.lease and max(frozen) > HOUR.silence


def test_the_end_of_each_cycle_is_calm() -> None:
    assert all(step.at % HOUR.cycle <= HOUR.cycle - HOUR.calm + 0.001 for step in plan(1, HOUR, 4))
