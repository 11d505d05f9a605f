"""What the benchmarks compare with still starts: a figure is only looked at now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, event, text

from benchmarks import inbox
from benchmarks.http.serving import free_port, served
from benchmarks.long import mutants
from benchmarks.places import opened
from engine.queries.inbox import search_inbox
from engine.queries.search import Search
from tests.dsl import Office


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


OF_INDEX = ("process", "others' process", "text", "others' text", "number", "urgent", "no due date")  # filters of a list's own


def test_the_inbox_is_measured_and_no_page_reads_a_whole_table() -> None:
    """The small form of the benchmark: each filter finds what it should, by index, on the way through one's own lists."""
    with opened("sqlite") as (bus, place):
        inbox.fill(place, bus, 2_000)
        with place.read() as db:
            found = inbox.asked(db)
            plans = {name: planned(db, name, "EXPLAIN QUERY PLAN") for name in inbox.PAGES}
    counted = {name: figures["total"] for name, figures in found.items() if isinstance(figures, dict) and "total" in figures}
    assert counted["mine"] == inbox.MINE
    assert counted["unit"] + counted["process"] <= counted["groups"] < 250
    assert counted["nothing"] == 0 <= counted["variable"] < counted["unread"] < counted["groups"]
    assert counted["substitute for g2"] == counted["unit"] and counted["substitute for p3"] == counted["process"]
    read_besides = {name: step for name in OF_INDEX for step in plans[name] if "task_candidate" in step and "COVERING" not in step}
    assert read_besides == {}, "what does not fit costs no look at its row"
    read_whole = {name: step for name, steps in plans.items() for step in steps if step.startswith(WHOLE)}
    assert read_whole == {}


@pytest.mark.parametrize("sort", [None, *inbox.SORTS])
def test_postgresql_has_an_index_for_every_order_and_filter(emptied_postgres: str, sort: str | None) -> None:
    """In a table as small as this it would read all of it, and sort: that is forbidden here, as it is too dear later."""
    index = {None: "due", "newest": "newest", "priority": "urgent"}[sort]
    same_day = {"no due date": ("due",)}  # among tasks of one due date the index by it has the order of keys, too
    with closing(Office(emptied_postgres)) as office:
        inbox.fill(office.database, office.bus, 2_000)
        with office.database.read() as db:
            for setting in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
                db.execute(text(f"SET LOCAL {setting} = off"))
            plans = {name: planned(db, name, "EXPLAIN", inbox.SORTS.get(sort or "", [])) for name in OF_INDEX}
    for name, steps in plans.items():
        read = {step.strip().removeprefix("->").strip().partition("  (")[0] for step in steps if "on task_candidate" in step}
        wanted = [f"using ix_task_candidate_{one} on task_candidate" for one in (index, *same_day.get(name, ()))]
        assert any(step.startswith("Index Only Scan") and any(w in step for w in wanted) for step in read), (name, read)
        assert not any(step.startswith("Seq Scan") for step in read), (name, read)


WHOLE = tuple(f"SCAN {table}" for table in ("user_task", "task_candidate", "process_instance", "variable", "task_mark"))


def planned(db: Connection, name: str, explain: str, sort: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    """How the database carries out the statements of a page."""
    sent: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith("SET "):
            sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    search_inbox(db, inbox.ANN, Search(inbox.PAGES[name], sort, {"limit": 50}), inbox.NOW)
    event.remove(db.engine, "before_cursor_execute", note)
    raw = db.connection.cursor()
    steps = []
    for statement, parameters in sent:
        raw.execute(f"{explain} {statement}", parameters)
        steps += [str(row[-1]) for row in raw.fetchall()]
    return steps
