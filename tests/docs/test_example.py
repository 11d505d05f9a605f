"""The tutorial's example is what the tutorial says: it deploys without a fault, and its scenarios hold."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from api.cli import main
from tests.house.sources import ROOT

EXAMPLE = ROOT / "docs" / "examples" / "room-request"
TUTORIALS = [ROOT / "docs" / "tutorials" / name for name in ("first-process.md", "first-process.th.md")]
LIMIT = "people &lt;= 40"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The copy that the tutorial makes."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "my-office"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_its_scenarios_hold(office: Path) -> None:
    assert main(["test", str(office)]) == 0


def test_breaking_a_scenario_shows_the_control_point(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = office / "processes" / "room-request" / "scenarios" / "granted.yaml"
    replace(scenario, "people: 12", "people: 50")
    assert main(["test", str(office)]) == 1
    assert "cp-decide-1" in "".join(capsys.readouterr())


def test_the_change_of_the_tutorial_becomes_version_2(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--data", str(tmp_path / "my-data")]
    assert main(["deploy", str(office), *place]) == 0
    replace(office / "processes" / "room-request" / "room-request.bpmn", LIMIT, "people &lt;= 60")
    assert main(["test", str(office)]) == 1
    replace(office / "processes" / "room-request" / "scenarios" / "refused.yaml", "people: 60", "people: 70")
    assert main(["test", str(office)]) == 0
    capsys.readouterr()
    assert main(["deploy", str(office), *place]) == 0
    assert "room-request: version 2" in capsys.readouterr().out


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.name)
def test_the_tutorial_quotes_the_files_as_they_are(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    diagram = (EXAMPLE / "processes" / "room-request" / "room-request.bpmn").read_text(encoding="utf-8")
    quoted = [line.strip() for block in re.findall(r"```xml\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert [line for line in quoted if line != "…" and line not in diagram] == []
    listed = re.findall(r"^my-office/(\S+)", text, re.MULTILINE)
    assert len(listed) == 6
    assert [path for path in listed if not (EXAMPLE / path).exists()] == []
