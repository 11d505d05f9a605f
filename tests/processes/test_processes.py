"""Every process of the office: its scenarios pass, reach everything that is drawn, and notice what is changed."""

from __future__ import annotations

import pytest

from api.cli import main
from engine.commands.checking import MAX_RESOURCES
from engine.scenarios.mutate import Mutant, mutants_of, noticed_by
from tests.processes.conftest import NAMES, PROCESSES, Played

SCENARIOS = [
    pytest.param(name, file.name, id=f"{name}/{file.stem}")
    for name in NAMES
    for file in sorted((PROCESSES / name / "scenarios").glob("*.yaml"))
]
SAMPLED = 5  # mutants of each process; `./run long mutants` takes them all


def test_every_folder_is_a_process_with_scenarios() -> None:
    """One that lacks its diagram would not be found, and one without scenarios would pass all that follows."""
    folders = [path for path in PROCESSES.iterdir() if path.is_dir()]
    assert len(folders) >= 30
    assert sorted(folder.name for folder in folders) == NAMES
    for folder in folders:
        assert (folder / f"{folder.name}.bpmn").is_file()
        assert any((folder / "scenarios").glob("*.yaml"))


def test_all_content_is_deployed_at_once_with_room_for_more() -> None:
    """`krabuan serve` deploys processes/ and forms/ together; a process more must not be one too many."""
    files = [file for where in ("processes", "forms") for file in (PROCESSES.parent / where).rglob("*") if file.is_file()]
    content = [file for file in files if file.suffix in (".bpmn", ".dmn", ".form")]
    assert len(content) <= MAX_RESOURCES / 2


@pytest.mark.parametrize(("folder", "file"), SCENARIOS)
def test_the_scenario_goes_as_written(played: Played, folder: str, file: str) -> None:
    outcome = played.outcome(folder, file)
    assert outcome.passed, f"{outcome.title.get('en')}, step {outcome.step}: " + "; ".join(map(str, outcome.why))


@pytest.mark.parametrize("folder", NAMES)
def test_the_scenarios_reach_all_that_is_drawn(played: Played, folder: str) -> None:
    """Every flow node and every sequence flow."""
    for name, file in (param.values for param in SCENARIOS):
        if name == folder:
            played.outcome(str(name), str(file))
    processes = played.suite.processes[folder]
    assert played.coverage[folder].missing(processes) == {}
    reached, total = played.coverage[folder].percent(processes)
    assert reached == total > 0


@pytest.mark.parametrize("folder", NAMES)
def test_lint_finds_no_fault(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["lint", str(PROCESSES / folder)])
    assert status == 0, capsys.readouterr()


@pytest.mark.parametrize("folder", NAMES)
def test_the_scenarios_notice_a_sample_of_mutants(played: Played, folder: str) -> None:
    """Evenly spread over the kinds of change, always the same ones."""
    everything = list(mutants_of(played.suite, PROCESSES / folder))
    sample: list[Mutant] = everything[:: max(1, len(everything) // SAMPLED)][:SAMPLED]
    assert sample
    unnoticed = [one.what for one in sample if noticed_by(played.suite, folder, one) is None]
    assert unnoticed == []
