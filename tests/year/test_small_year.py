"""A year of a small office: everything that begins ends, what cannot is named, and stopping changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.year.run import year
from tests.execution.bench import node, user
from tests.year.small import IN_ORDER, LETTER, PLAN, STAFF, office

AGAIN = ("g check",)


def _comparable(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: figures[name] for name in figures if name != "seconds"}


def test_every_case_begins_and_ends_and_is_counted(tmp_path: Path) -> None:
    found = year(office(tmp_path), tmp_path / "year", PLAN)
    letters, rounds = found["processes"]["letter"], found["processes"]["round"]
    assert (letters["begun"], letters["ended"]) == ({"person": 12}, {"completed": 12})
    assert (rounds["begun"], rounds["ended"]) == ({"timer": 2}, {"completed": 2})
    assert letters["doneAgain"] == found["tasksDone"] - 12 - 2 > 0
    assert letters["onTime"]["steps"]["counted"] == 12 + letters["doneAgain"]
    assert 0 < letters["onTime"]["steps"]["kept"] < letters["onTime"]["steps"]["counted"]
    assert found["told"]["reminder"] >= found["told"]["escalation"] > 0
    assert (found["incidents"], found["stuck"], found["startsRefused"], found["waitsOnPurpose"]) == ([], [], [], {})
    assert found["chains"]["verified"] == 14
    assert found["chains"]["broken"] == found["timersThatNeverStarted"] == []


def test_a_year_that_was_stopped_goes_on_to_the_same_figures(tmp_path: Path) -> None:
    processes = office(tmp_path)
    whole = year(processes, tmp_path / "whole", PLAN)
    said: list[str] = []
    assert year(processes, tmp_path / "parts", PLAN, months=1) == {}
    parts = year(processes, tmp_path / "parts", PLAN, said.append)
    assert said[0].startswith("goes on from 2027-10-")
    assert _comparable(parts) == _comparable(whole)


def test_another_plan_does_not_go_on_from_what_was_saved(tmp_path: Path) -> None:
    processes = office(tmp_path)
    year(processes, tmp_path / "year", PLAN, months=1)
    said: list[str] = []
    found = year(processes, tmp_path / "year", replace(PLAN, cases=3), said.append)
    assert not any("goes on" in one for one in said)
    assert found["processes"]["letter"]["begun"] == {"person": 3}


def test_a_task_that_nobody_can_do_is_named_with_the_reason(tmp_path: Path) -> None:
    letters = LETTER + user("file", STAFF)
    found = year(
        office(tmp_path, (*AGAIN, "g file: =fine", "file e"), letters), tmp_path / "year", replace(PLAN, cases=2)
    )
    assert len(found["stuck"]) == 2
    assert found["stuck"][0].endswith(": nobody letter file: no scenario completes it")


def test_a_message_that_nobody_sends_leaves_a_case_stuck(tmp_path: Path) -> None:
    message = '<bpmn:messageEventDefinition messageRef="M"/>'
    letters = LETTER + node("intermediateCatchEvent", "answer", body=message)
    processes = office(tmp_path, (*AGAIN, "g answer: =fine", "answer e"), letters)
    file = processes / "letter" / "letter.bpmn"
    named = '<bpmn:message id="M" name="answer"><bpmn:extensionElements><zeebe:subscription correlationKey="=1"/>'
    root = named + "</bpmn:extensionElements></bpmn:message>"
    file.write_text(file.read_text().replace("<bpmn:process", root + "<bpmn:process", 1))
    found = year(processes, tmp_path / "year", replace(PLAN, cases=1))
    assert [one.partition(": ")[2] for one in found["stuck"]] == ["message answer"]
    (processes / "letter" / "scenarios" / "one.yaml").write_text(
        (processes / "letter" / "scenarios" / "one.yaml")
        .read_text()
        .replace("- expect", "- message: {name: answer, key: '1'}\n- expect")
    )
    assert year(processes, tmp_path / "answered", replace(PLAN, cases=1))["stuck"] == []


def test_an_incident_is_named(tmp_path: Path) -> None:
    letters = LETTER.replace(' default="f3"', "")
    scenario = IN_ORDER.replace("fine: true", "fine: perhaps")
    processes = office(tmp_path, ("g check: =fine = false", "g e: =fine = true"), letters, scenario)
    found = year(processes, tmp_path / "year", replace(PLAN, cases=1))
    assert [one.partition(": ")[0] for one in found["incidents"]] == ["letter g"]
    assert len(found["stuck"]) == 1


def test_a_start_that_is_always_refused_is_told(tmp_path: Path) -> None:
    scenario = IN_ORDER.replace("as: staff1, data: {letter_of: '2026-04-09'}", "message: nobody-knows")
    found = year(office(tmp_path, scenario=scenario), tmp_path / "year", replace(PLAN, cases=2))
    assert found["processes"].keys() == {"round"}
