"""The benchmarks of the table still run, in small, and say what they are to say; no time is asserted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import select

from benchmarks import __main__ as bench
from benchmarks import clones, growth, million, peers, timers
from benchmarks.http import completion, memory, nodes
from benchmarks.http.office import PERSON, prepare
from benchmarks.peers import bpmn_engine, compare, operaton_engine
from benchmarks.rows import Goal, row, spread, told
from engine.commands.checking import Resource
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.fire_timer import FireTimer
from engine.history.verify import verify_instance
from engine.model.actor import SYSTEM
from engine.store.tables import job, user_task


def whats(found: dict[str, Any]) -> list[str]:
    return [one["what"] for one in found["rows"]]


class TestARow:
    def test_says_its_figures_its_reference_and_its_goal(self) -> None:
        made = row("a thing", [1.0, 2.0, 3.0, 40.0], "ms", {"another": [1.0, 1.0]}, [Goal("p95, ms", 40.0, 10.0)])
        assert made["median"] == 2.5 and made["p95"] == 40.0 and made["beside"][0]["ratio"] == 2.5
        assert made["goals"] == [{"of": "p95, ms", "measured": 40.0, "at most": 10.0, "met": False}]
        assert "NOT MET (40)" in told([made]) and "another" in told([made])

    def test_of_one_figure_has_no_spread(self) -> None:
        made = row("a rate", 321.4, "a second", goals=[Goal("a second", 321.4, 300.0, "least")])
        assert made["median"] == 321.0 and "p95" not in made and made["goals"][0]["met"]

    def test_spread_is_the_middle_half(self) -> None:
        figures = spread(range(1, 101))
        assert (figures["low"], figures["median"], figures["high"], figures["p99"]) == (26, 50.5, 76, 100)


def test_without_names_the_table_is_measured_and_how_long_it_takes_is_said_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept: dict[str, Any] = {}
    nothing: Callable[[], dict[str, Any]] = lambda: {"rows": [row("a thing", 1.0, "s")]}  # noqa: E731
    for name in bench.TABLE:
        monkeypatch.setitem(bench.NAMES, name, nothing)
    monkeypatch.setattr(bench.sys, "argv", ["bench"])
    monkeypatch.setattr(bench.figures, "read", lambda _name: {})
    monkeypatch.setattr(bench.figures, "write", lambda _name, found: kept.update(found))
    assert bench.main() == 0
    assert set(kept) == set(bench.TABLE) and kept["nodes"]["machine"]["processors"]
    first = capsys.readouterr().out.splitlines()[0]
    assert "min with nothing else to do" in first
    assert sum(minutes for minutes, _ in bench.TABLE.values()) < 40


def test_completions_and_starts_are_measured_with_what_they_cost_the_processor() -> None:
    found = completion.measure("sqlite", 16)
    assert len(whats(found)) == 4 and found["cpu_ms_each"]["completion"]["database"] == 0
    goals = [goal["of"] for goal in found["rows"][0]["goals"]]
    assert goals == ["p95, ms", "p99, ms", "median, in floors of the same round"]
    assert found["rows"][0]["count"] == 16 and found["bytes_per_completion"] > 1_000


@pytest.mark.usefixtures("postgres_cluster")
def test_two_nodes_share_the_work_and_the_database_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "WARM_UP", 8)
    found = nodes.measure(24)
    assert set(found["cpu"]["2 nodes"]) == {"node 1", "node 2", "database", "processors"}
    assert found["cpu"]["2 nodes"]["database"] >= 0 and len(found["rows"]) == 2


def test_memory_is_measured_idle_and_for_each_case() -> None:
    found = memory.measure(20, 5)
    assert found["idleKiB"]["uss"] < found["idleKiB"]["pss"] < found["idleKiB"]["rss"] and len(found["rows"]) == 2


@pytest.mark.usefixtures("postgres_cluster")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_late_steps_are_measured_beside_early_ones_and_the_state_does_not_grow(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "COMPARED", 10)
    monkeypatch.setattr(growth, "PAGES", 12)
    found = growth.measure(kind, 30, 20, 500)
    assert len(whats(found)) == 5 and found["stateBytes"]["round 10"] == found["stateBytes"]["round 30"]
    assert all(one["beside"][0]["ratio"] for one in found["rows"])


def test_timers_fire_and_how_late_they_are_is_told() -> None:
    found = timers.measure("sqlite", 200, 20, 1, 30)
    assert [one["goals"][0]["of"] for one in found["rows"]] == ["p95, ms", "s"] and found["rows"][0]["count"] == 20


def test_every_copy_of_a_case_runs_on_as_the_first_would(sqlite_url: str) -> None:
    bus = prepare(sqlite_url, Resource("p.bpmn", timers.process()))
    with closing(bus.database):
        case = int(bus.run(CreateInstance("p"), PERSON)["processInstanceKey"])
        copy = clones.cloned(bus.database, case, 3)[-1]
        with bus.database.write() as db:
            timer = db.execute(select(job.c.key).where(job.c.process_instance_key == copy)).scalar_one()
            db.execute(job.update().where(job.c.key == timer).values(due_at=bus.clock.now()))
        assert bus.run(FireTimer(timer), SYSTEM)
        with bus.database.read() as db:
            task = db.execute(select(user_task.c.key).where(user_task.c.process_instance_key == copy)).scalar_one()
        bus.run(CompleteTask(task), PERSON)
        with bus.database.read() as db:
            found = verify_instance(db, copy)
        assert found is not None and found.valid and found.events > 5


def test_pages_and_searches_are_asked_through_the_api() -> None:
    found = million.measure("sqlite", 2_000)
    assert len(found["inbox"]) == 26 and set(found["searches"]) == set(million.SEARCHES) and len(found["rows"]) == 2
    where = found["where_the_time_goes_percent"]
    assert set(where) == set(million.PROFILED)
    assert all(99 < sum(shares.values()) < 101 for shares in where.values())


class TestOtherEngines:
    def test_a_step_of_ours_is_one_of_twelve(self) -> None:
        assert len(compare.ours("sqlite", 2)) == 24

    @pytest.mark.usefixtures("postgres_cluster")
    def test_one_that_is_not_there_is_said_not_to_be_measured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(operaton_engine.shutil, "which", lambda _name: None)
        monkeypatch.setattr(bpmn_engine, "steps", lambda cases: [1.0] * 12 * cases)
        found = peers.measure(1, 0)
        assert found["operaton"] == "not measured: no java, no javac, no mvn"
        assert found["rows"][1]["beside"] == [] and found["rows"][0]["beside"][0]["median"] == 1.0

    def test_the_diagram_is_theirs_too(self) -> None:
        assert peers.content.plain().count("<bpmn:userTask") == 12
