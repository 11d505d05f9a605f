"""Some weeks of the whole office: all processes together, each filled in as its scenarios do (`./run long year`)."""

from __future__ import annotations

from pathlib import Path

from benchmarks.year.drive import Plan
from benchmarks.year.run import year

PROCESSES = Path(__file__).resolve().parents[2] / "processes"


def test_some_weeks_of_the_whole_office_leave_nothing_behind(tmp_path: Path) -> None:
    """No incident, no case that nobody can move, every chain in order; all that recurs in these weeks has begun."""
    found = year(PROCESSES, tmp_path, Plan(cases=30, days=28, seed=1, afterwards=40))
    faults = [*found["incidents"], *found["stuck"], *found["startsRefused"], *found["chains"]["broken"]]
    assert not faults, "\n".join(faults)
    together = found["together"]
    assert together["begun"]["timer"] > 0
    assert found["casesBegun"] == 30
    assert sum(together["begun"].values()) == found["chains"]["verified"] == sum(together["ended"].values())
    assert together["ended"]["completed"] > 30
    assert together["steps"]["counted"] > together["steps"]["kept"] > 0
    assert together["controlPoints"]["passed"] > 0
