"""Four real nodes over a real PostgreSQL, with one of every mischief: the short form of the long run."""

from __future__ import annotations

from pathlib import Path

from benchmarks.chaos.drive import Storm, storm
from benchmarks.chaos.plan import HAND, Weather
from benchmarks.long.chaos import ROLES

CASES = 40


def test_a_storm_loses_nothing_and_doubles_nothing(open_folder: Path) -> None:
    weather = Weather(22.0, pace=(0.6, 1.4), lease=2.0, silence=2.5, calm=0.0)
    run = storm(open_folder, Storm(seed=5, numbers=range(CASES), weather=weather, roles=ROLES, people=CASES))
    verdict = run.verdict
    assert verdict.faults == []
    assert set(run.troubles) == set(HAND)
    assert (verdict.completed, verdict.canceled, verdict.verified, verdict.jobs) == (36, 4, CASES, CASES)
    assert verdict.mails > 0
