"""Whose tasks a scenario speaks of, and what its clock shows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from benchmarks.year.dates import ZONE
from benchmarks.year.library import Library, Sample, gather
from engine.execution import read_processes
from tests.execution.bench import diagram, flows, node, user
from tests.year.small import HEAD, STAFF, office

OUTER = (
    "start: {as: staff1}\nprocess: outer\nsteps:\n- until: '2026-05-01T09:00:00+07:00'\n- {task: look, as: staff2}\n"
)
CALL = node("callActivity", "c", '<zeebe:calledElement processId="inner"/>')


def _gathered(folder: Path) -> Library:
    """Two processes have a task `look`; another calls the first of them."""
    processes = office(folder)
    outer = node("startEvent", "s") + CALL + node("endEvent", "e") + flows("s c", "c e")
    inner = node("startEvent", "s") + user("look", STAFF) + node("endEvent", "e") + flows("s look", "look e")
    (processes / "outer" / "scenarios").mkdir(parents=True)
    (processes / "outer" / "scenarios" / "one.yaml").write_text(HEAD + OUTER, encoding="utf-8")
    drawn = [diagram(outer, process_id="outer"), diagram(inner, process_id="inner")]
    drawn += [(processes / name / f"{name}.bpmn").read_bytes() for name in ("letter", "round")]
    read = [process for xml in drawn for process in read_processes(xml, "x")[0]]
    return gather([processes / name for name in ("letter", "outer", "round")], {one.id: one for one in read})


def test_a_scenario_speaks_of_the_tasks_of_what_its_process_calls(tmp_path: Path) -> None:
    tasks = _gathered(tmp_path).tasks
    assert [sample.scenario for sample in tasks["inner", "look"]] == ["outer/one.yaml"]
    assert [sample.scenario for sample in tasks["round", "look"]] == ["round/one.yaml"]


def test_a_sample_knows_when_it_was_taken_and_whether_it_led_on(tmp_path: Path) -> None:
    tasks = _gathered(tmp_path).tasks
    [waited], [by_timer] = tasks["inner", "look"], tasks["round", "look"]
    assert (waited.at.isoformat(), waited.led_on) == ("2026-05-01T09:00:00+07:00", False)
    assert (by_timer.at, by_timer.led_on) == (datetime(2027, 10, 5, 9, tzinfo=ZONE), True)
    assert [sample.led_on for sample in tasks["letter", "check"]] == [False, True]


def test_tasks_of_the_same_id_are_alike_within_a_folder() -> None:
    library = Library()
    for process, scenario in (("a", "f/1.yaml"), ("b", "f/2.yaml"), ("c", "g/1.yaml")):
        library.tasks[process, "look"].append(Sample(scenario, 1, None, {}, datetime(2027, 10, 5, tzinfo=ZONE)))
    assert [sample.scenario for sample in library.alike(("b", "look"))] == ["f/2.yaml", "f/1.yaml"]
