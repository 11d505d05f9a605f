"""What the benchmarks compare with still starts: a figure is only looked at now and then."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from benchmarks.http.serving import free_port, served
from benchmarks.long import mutants


def test_the_floor_writes_a_row(tmp_path: Path) -> None:
    port = free_port()
    with served("-m", "benchmarks.http.floor", f"sqlite:///{tmp_path / 'floor.db'}", str(port), port=port):
        assert httpx.post(f"http://127.0.0.1:{port}/floor", timeout=30).status_code == 204


def test_mutants_are_hunted_again_when_a_diagram_says_something_else_not_when_it_is_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    folder = tmp_path / "processes" / "leave"
    folder.mkdir(parents=True)
    diagram = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI">
        <process id="leave" name="%s"/><bpmndi:BPMNDiagram id="%s"/></definitions>"""

    def digest(name: str, drawing: str, readme: str) -> str:
        (folder / "leave.bpmn").write_text(diagram % (name, drawing), encoding="utf-8")
        (folder / "README.md").write_text(readme, encoding="utf-8")
        return mutants.digest(folder)

    first = digest("Leave", "one", "What it is.")
    assert digest("Leave", "two", "What it is, told better.") == first
    assert digest("Leave of absence", "one", "What it is.") != first
