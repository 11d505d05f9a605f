"""Scenarios tell which cases of other processes their messages have started."""

from __future__ import annotations

from pathlib import Path

from engine.scenarios.coverage import Coverage
from engine.scenarios.run import open_suite
from tests.execution.bench import diagram, flows, node, user
from tests.scenarios.folder import GROUP, keep

MESSAGE = '<bpmn:message id="M" name="approved"/>'
EVENT = '<bpmn:messageEventDefinition messageRef="M"/>'
SENDS = '<zeebe:taskDefinition type="krabuan:message"/>'
SCENARIO = """title: {th: ชื่อ, en: Title}
process: p
at: '2026-04-10T16:00:00+07:00'
start: {as: finance1}
steps:
- expect: {started: []}
- task: a
  as: finance1
- expect: {started: WANTED, state: COMPLETED}
"""


def played(folder: Path, wanted: str) -> list[str]:
    """What is wrong with a scenario of p, which starts q, when it expects this."""
    files = {
        "p": node("startEvent", "s") + user("a", GROUP) + node("endEvent", "e", SENDS, EVENT) + flows("s a", "a e"),
        "q": node("startEvent", "s", body=EVENT) + user("b", GROUP) + node("endEvent", "e") + flows("s b", "b e"),
    }
    diagrams = {name: diagram(body, MESSAGE, process_id=name) for name, body in files.items()}
    suite = open_suite(keep(folder, diagrams, SCENARIO.replace("WANTED", wanted)))
    try:
        (outcome,) = suite.play(Coverage())
        return [why.en for why in outcome.why]
    finally:
        suite.close()


def test_what_was_started_is_told(tmp_path: Path) -> None:
    assert played(tmp_path, "[q]") == []


def test_what_was_not_expected_fails(tmp_path: Path) -> None:
    assert played(tmp_path, "[]") == ["started: expected [], found ['q']"]
