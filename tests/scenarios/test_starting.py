"""Scenarios of cases that begin by themselves: each way of starting, and what is told when nothing begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenarios.coverage import Coverage
from engine.scenarios.run import Outcome, open_suite
from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_starts import condition, message

HEAD = "title: {th: ชื่อ, en: Title}\nprocess: p\nat: '2026-04-10T16:00:00+07:00'\nstart: "
ROOTS = message("M", "order") + '<bpmn:signal id="A" name="a"/>'
EVENTS = (
    '<bpmn:messageEventDefinition messageRef="M"/><bpmn:signalEventDefinition signalRef="A"/>' + condition("=level &gt; 10")
)  # fmt: skip


def played(tmp_path: Path, start: str, parallel: bool) -> Outcome:
    """The outcome of a scenario with this start: the case waits at the task u and ends with it."""
    folder = tmp_path / "processes" / "p"
    (folder / "scenarios").mkdir(parents=True)
    (tmp_path / "processes" / "organisation.yaml").write_text("units: [{key: finance, th: การเงิน, en: Finance}]\n", "utf-8")
    begin = node("startEvent", "s", body=EVENTS, attributes='parallelMultiple="true"' if parallel else "")
    task = user("u", '<zeebe:assignmentDefinition candidateGroups="finance"/>')
    (folder / "p.bpmn").write_bytes(diagram(begin + task + flows("s u"), ROOTS))
    steps = "\nsteps:\n- expect: {waiting: [u]}\n- {task: u, as: finance1}\n- expect: {state: COMPLETED}\n"
    (folder / "scenarios" / "one.yaml").write_text(HEAD + start + steps, encoding="utf-8")
    suite = open_suite(folder)
    try:
        (outcome,) = suite.play(Coverage())
        return outcome
    finally:
        suite.close()


@pytest.mark.parametrize("start", ["{message: order, key: k}", "{signal: a}", "{evaluate: {level: 11}, as: finance1}"])
def test_one_event_starts_the_case(tmp_path: Path, start: str) -> None:
    assert played(tmp_path, start, parallel=False).passed


@pytest.mark.parametrize("start", ["{evaluate: {level: 9}}", "{signal: b}"])
def test_what_starts_nothing_fails(tmp_path: Path, start: str) -> None:
    outcome = played(tmp_path, start, parallel=False)
    assert (outcome.passed, outcome.step, [w.en for w in outcome.why]) == (False, 0, ["no instance was started"])


def test_several_events_start_it_together(tmp_path: Path) -> None:
    events = "{events: [{signal: a, data: {x: 1}}, {message: order, key: k}, {evaluate: {level: 11}}]}"
    assert played(tmp_path, events, parallel=True).passed


def test_one_of_them_is_not_enough(tmp_path: Path) -> None:
    outcome = played(tmp_path, "{events: [{signal: a}, {message: order, key: k}]}", parallel=True)
    assert (outcome.passed, outcome.step, [w.en for w in outcome.why]) == (False, 0, ["no instance was started"])
