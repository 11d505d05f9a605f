"""What the benchmarks compare with still starts: a figure is only looked at now and then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, event

from benchmarks import inbox
from benchmarks.http.serving import free_port, served
from benchmarks.long import mutants
from benchmarks.places import opened


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


def test_the_inbox_is_measured_and_no_page_reads_a_whole_table() -> None:
    """The small form of the benchmark: each filter finds what it should, by index, on the way through one's own lists."""
    with opened("sqlite") as (bus, place):
        inbox.fill(place, bus, 2_000)
        with place.read() as db:
            found = inbox.asked(db)
            plans = planned(db)
    counted = {name: figures["total"] for name, figures in found.items() if isinstance(figures, dict) and "total" in figures}
    assert counted["mine"] == inbox.MINE
    assert counted["unit"] + counted["process"] <= counted["groups"] < 250
    assert counted["nothing"] == 0 <= counted["variable"] < counted["unread"] < counted["groups"]
    assert set(plans) == set(inbox.PAGES)
    of_index_alone = ("process", "others' process", "text", "others' text", "number", "urgent", "no due date", "others' variable")
    read_besides = {name: step for name in of_index_alone for step in plans[name] if "task_candidate" in step and "COVERING" not in step}
    assert read_besides == {}, "what does not fit costs no look at its row"
    read_whole = {name: step for name, steps in plans.items() for step in steps if step.startswith(WHOLE)}
    assert read_whole == {}


WHOLE = tuple(f"SCAN {table}" for table in ("user_task", "task_candidate", "process_instance", "variable", "task_mark"))


def planned(db: Connection) -> dict[str, list[str]]:
    """How SQLite carries out the statements of each page."""
    plans: dict[str, list[str]] = {}
    for name, filter in inbox.PAGES.items():
        sent: list[tuple[str, Any]] = []

        def note(conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any, to: list[tuple[str, Any]] = sent) -> None:
            to.append((statement, parameters))

        event.listen(db.engine, "before_cursor_execute", note)
        inbox.search_inbox(db, inbox.ANN, inbox.Search(filter, (), {"limit": 50}), inbox.NOW)
        event.remove(db.engine, "before_cursor_execute", note)
        raw = db.connection.cursor()
        plans[name] = [str(row[3]) for statement, parameters in sent for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    return plans
