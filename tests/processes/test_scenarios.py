"""Every folder of processes/ is found, its scenarios hold, and together they reach all of its diagrams."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenarios.coverage import Coverage
from engine.scenarios.run import open_suite, report

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
FOLDERS = sorted(path for path in PROCESSES.iterdir() if path.is_dir())


def test_there_are_processes() -> None:
    assert len(FOLDERS) >= 5


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_scenarios_hold_and_reach_every_node_and_flow(folder: Path) -> None:
    assert (folder / f"{folder.name}.bpmn").is_file()
    suite = open_suite(folder)
    try:
        coverage = Coverage()
        outcomes = list(suite.play(coverage))
        said = report(outcomes, coverage, suite)
        assert outcomes and suite.processes[folder.name]
        assert all(outcome.passed for outcome in outcomes), f"\n{said}"
        assert coverage.missing(suite.processes[folder.name]) == {}, f"\n{said}"
    finally:
        suite.close()
