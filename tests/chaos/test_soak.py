"""A sitting of the soak, shortened: it runs, judges and compares. How much or how fast is nothing for a test."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from benchmarks.processes import memory
from benchmarks.soak.drive import Run, Sitting, sit
from benchmarks.soak.sampling import Compared, by_minute, compare, for_each, middle, repeatedly, share


@pytest.mark.parametrize(("kind", "nodes"), [("sqlite", 1), ("postgresql", 2)])
def test_a_short_sitting_is_judged_and_compared(kind: str, nodes: int, open_folder: Path) -> None:
    run = sit(open_folder, Sitting(kind, nodes, seconds=8.0, rate=2.0, people=16, every=0.5))
    assert run.verdict.faults == []
    assert (run.verdict.completed, run.verdict.canceled, run.verdict.repeated) == (15, 1, 0)
    figures = run.figures()
    assert set(figures["compared"]) == {"memory", "p50", "p95", "floor", "processor"}
    assert all(one["second"] > 0 and one["last"] > 0 for one in figures["compared"].values())


def test_the_last_quarter_is_held_against_the_second() -> None:
    measures = [(100.0 + n, float(n)) for n in range(40)]
    assert compare(measures, 100.0, 140.0, middle) == Compared(14.5, 34.5)
    assert compare(measures, 100.0, 140.0, share(0.95)).last == 39.0
    assert compare([(135.0, 1.0)], 100.0, 140.0, middle).ratio == 0.0


def test_what_grows_by_more_than_a_twentieth_is_named() -> None:
    quarters = {"memory": Compared(100.0, 104.9), "p50": Compared(2.0, 2.2), "p95": Compared(40.0, 41.0)}
    run = Run("sqlite", 1, compared=quarters | {"floor": Compared(1.0, 1.0)})
    assert run.grown() == ["p50"]
    assert run.figures()["compared"]["p50"]["ratio"] == 1.1


def test_a_machine_that_became_slower_is_no_growth() -> None:
    """Of the service; one that became faster hides none. Memory is not a matter of speed."""
    quarters = {"memory": Compared(100.0, 106.0), "p50": Compared(2.0, 2.2), "p95": Compared(40.0, 44.0)}
    assert Run("sqlite", 1, compared=quarters | {"floor": Compared(1.0, 1.1)}).grown() == ["memory"]
    assert Run("sqlite", 1, compared=quarters | {"floor": Compared(1.0, 0.9)}).growth()["p50"] == 1.222


def test_what_was_spent_is_told_for_each_request() -> None:
    spent = [(100.0 + n, 2.0 * n) for n in range(40)]
    requests = [(100.0 + n / 2, 0.0) for n in range(80)]
    assert for_each(spent, requests, 100.0, 140.0) == Compared(1.0, 1.0)
    assert for_each(spent[:15], requests, 100.0, 140.0).last == 0.0


def test_what_is_repeated_and_fails_is_told_in_the_end() -> None:
    asked = threading.Event()

    def ask() -> None:
        asked.set()
        raise OSError("nobody answers")

    with pytest.raises(OSError, match="nobody answers"), repeatedly(ask, 0.001):
        assert asked.wait(30)


def test_minutes_are_told_one_by_one() -> None:
    assert by_minute([(0.0, 1.0), (59.0, 3.0), (125.0, 9.0), (180.0, 5.0)], 0.0, 180.0) == [2.0, 0.0, 9.0]


def test_memory_is_that_of_the_processes() -> None:
    assert 10 < memory(os.getpid()).pss / 1024 < 100_000
