"""Four real nodes over a real PostgreSQL, with one of every mischief: the short form of the long run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.chaos.drive import Storm, storm
from benchmarks.chaos.plan import HAND, Weather
from benchmarks.long.chaos import ROLES

CASES = 40


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that PostgreSQL's own user reaches, which it does not below pytest's."""
    made = Path(tempfile.mkdtemp(prefix="krabuan-storm-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_a_storm_loses_nothing_and_doubles_nothing(folder: Path) -> None:
    weather = Weather(22.0, pace=(0.6, 1.4), lease=2.0, calm=0.0)
    run = storm(folder, Storm(seed=5, numbers=range(CASES), weather=weather, roles=ROLES, people=CASES))
    verdict = run.verdict
    assert verdict.faults == []
    assert set(run.troubles) == set(HAND)
    assert (verdict.completed, verdict.canceled, verdict.verified, verdict.jobs) == (36, 4, CASES, CASES)
    assert verdict.mails > 0
