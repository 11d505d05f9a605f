"""The documented processes, by their own scenarios, through the API alone; and through the official SDK."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.scenarios.play import Player
from engine.scenarios.run import Suite, open_suite
from tests.api.bridges import HttpBridge, SdkBridge, on_loopback, service

PROCESSES = Path(__file__).parents[2] / "processes"
FOLDERS = sorted(folder.name for folder in PROCESSES.iterdir() if (folder / "scenarios").is_dir())
READS = (
    "",
    "/history?limit=1000",
    "/history/verification",
    "/control-points",
    "/deadlines",
    "/comments",
    "/sequence-flows",
    "/statistics/element-instances",
    "/variables-at",
    "/call-hierarchy",
)


@pytest.fixture(scope="module")
def suite() -> Iterator[Suite]:
    opened = open_suite(PROCESSES)
    yield opened
    opened.close()


def longest(suite: Suite, folder: str) -> int:
    """The scenario with the most steps done by people."""
    steps = [sum(step.kind == "task" for step in s.steps) for s in suite.scenarios[folder]]
    return steps.index(max(steps))


@pytest.mark.parametrize("folder", FOLDERS)
def test_through_the_api(folder: str, suite: Suite) -> None:
    scenario = suite.scenarios[folder][longest(suite, folder)]
    world = suite.template.world(scenario.at)
    bridge = HttpBridge(world.bus, service(world))
    world.bus = bridge  # type: ignore[assignment]
    player = Player(world, scenario)
    player.play()
    assert bridge.carried > len(scenario.steps) // 2
    for read in READS:
        bridge.call("auditor", "GET", f"/process-instances/{player.root}{read}")
    everything = {"filter": {"processInstanceKey": str(player.root)}}
    tasks = bridge.call("auditor", "POST", "/user-tasks/search", everything)["items"]
    assert tasks
    for task in tasks:
        bridge.call("auditor", "GET", f"/user-tasks/{task['userTaskKey']}/form")
        bridge.call("auditor", "GET", f"/user-tasks/{task['userTaskKey']}/control-points")
    for searched in ("element-instances", "variables", "jobs", "incidents"):
        bridge.call("auditor", "POST", f"/{searched}/search", everything)
    key = tasks[0]["processDefinitionKey"]
    for read in ("", "/xml", "/form", "/facts"):
        bridge.call("auditor", "GET", f"/process-definitions/{key}{read}")
    world.close()


@pytest.mark.parametrize("folder", FOLDERS)
def test_through_the_sdk(folder: str, suite: Suite) -> None:
    scenario = suite.scenarios[folder][longest(suite, folder)]
    world = suite.template.world(scenario.at)
    app = service(world)
    with on_loopback(app) as url:
        bridge = SdkBridge(world.bus, app, url)
        world.bus = bridge  # type: ignore[assignment]
        Player(world, scenario).play()
        bridge.close()
    assert bridge.by_sdk > len(scenario.steps) // 2
    world.close()
