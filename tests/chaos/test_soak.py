"""A sitting of the soak, shortened: it runs, judges and compares. How much or how fast is nothing for a test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.processes import memory
from benchmarks.soak.drive import Run, Sitting, sit
from benchmarks.soak.sampling import Compared, compare, middle, share


@pytest.mark.parametrize(("kind", "nodes"), [("sqlite", 1), ("postgresql", 2)])
def test_a_short_sitting_is_judged_and_compared(kind: str, nodes: int, open_folder: Path) -> None:
    run = sit(open_folder, Sitting(kind, nodes, seconds=8.0, rate=2.0, people=16, every=0.5))
    assert run.verdict.faults == []
    assert (run.verdict.completed, run.verdict.canceled, run.verdict.repeated) == (15, 1, 0)
    figures = run.figures()
    assert set(figures["compared"]) == {"memory", "p50", "p95"}
    assert all(one["second"] > 0 and one["last"] > 0 for one in figures["compared"].values())


def test_the_last_quarter_is_held_against_the_second() -> None:
    measures = [(100.0 + n, float(n)) for n in range(40)]
    assert compare(measures, 100.0, 140.0, middle) == Compared(14.5, 34.5)
    assert compare(measures, 100.0, 140.0, share(0.95)).last == 39.0
    assert compare([(135.0, 1.0)], 100.0, 140.0, middle).ratio == 0.0


def test_what_grows_by_more_than_a_twentieth_is_named() -> None:
    run = Run("sqlite", 1, compared={"memory": Compared(100.0, 104.9), "p50": Compared(2.0, 2.2)})
    assert run.grown() == ["p50"]
    assert run.figures()["compared"]["p50"]["ratio"] == 1.1


def test_memory_is_that_of_the_processes() -> None:
    assert 10 < memory(os.getpid()).pss / 1024 < 100_000
