"""A finished case begins anew from a point, as a new case with the variables of that moment."""

from __future__ import annotations

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.restart_instance import RestartInstance
from engine.errors import AlreadyExists, InstructionsRefused, InvalidArgument, InvalidState
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
LINE = diagram(START + user("a") + user("b") + END + flows("s a", "a b", "b e"))


def _restart(office: Office, *elements: str, sequence: int | None = None) -> int:
    """The new case is the one that is looked at."""
    answer = office.run(RestartInstance(office.key, elements, sequence, "อุทธรณ์ฟังขึ้น"), OWNER)
    office.key = int(answer["processInstanceKey"])
    office.settle()
    return office.key


def _finished(office: Office) -> int:
    office.deploy(LINE)
    key = office.start(business_id="69/5", x=1)
    office.complete("a", OWNER, x=2).complete("b", OWNER, x=3)
    assert office.instance.state == "COMPLETED"
    return key


def test_the_new_case_stands_at_the_point_with_the_variables_of_that_moment(office: Office) -> None:
    old = _finished(office)
    new = _restart(office, "b")
    assert new != old
    assert (office.waiting, office.variables, office.instance.business_id) == (["b"], {"x": 2}, "69/5")
    office.complete("b")
    assert office.instance.state == "COMPLETED"
    assert office.verified()


def test_history_of_both_cases_tells_of_it(office: Office) -> None:
    old = _finished(office)
    new = _restart(office, "b")
    assert office.event("instance-created")["restartOf"] == str(old)
    office.key = old
    assert office.event("instance-restarted")["reason"] == "อุทธรณ์ฟังขึ้น"
    assert office.event("restarted-as")["instance"] == str(new)
    assert office.instance.state == "COMPLETED"


def test_any_moment_of_history_can_be_named(office: Office) -> None:
    old = _finished(office)
    _restart(office, "b", sequence=office.instance.history_sequence)
    assert office.variables == {"x": 3}
    office.run(CancelInstance(office.key), OWNER)
    office.key = old
    _restart(office, "b", sequence=0)
    assert office.variables == {}


def test_a_cancelled_case_can_begin_anew_at_several_places(office: Office) -> None:
    office.deploy(LINE)
    office.start(x=1)
    office.run(CancelInstance(office.key), OWNER)
    _restart(office, "a", "b")
    assert (office.waiting, office.variables) == (["a", "b"], {"x": 1})


def test_the_clock_of_the_law_counts_from_the_same_ground(office: Office) -> None:
    clock = '<krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="PT2H" stoppedBy="b"/>'
    body = START + user("a") + user("b") + END + flows("s a", "a b", "b e")
    office.deploy(diagram(f"<bpmn:extensionElements>{clock}</bpmn:extensionElements>{body}"))
    office.start(aware_at=office.clock.now().isoformat())
    (before,) = office.rows(t.deadline)
    office.advance("PT1H")
    office.run(CancelInstance(office.key), OWNER)
    _restart(office, "b")
    (after,) = office.rows(t.deadline)
    assert (after.due_at, after.state) == (before.due_at, "RUNNING")


def test_refusals(office: Office) -> None:
    office.deploy(LINE)
    old = office.start(business_id="69/6")
    with pytest.raises(InvalidState):
        _restart(office, "b")
    office.run(CancelInstance(office.key), OWNER)
    before = office.snapshot()
    with pytest.raises(InstructionsRefused, match="unknown-element"):
        _restart(office, "q")
    with pytest.raises(InvalidArgument):
        _restart(office)
    with pytest.raises(InvalidArgument):
        _restart(office, "b", sequence=9999)
    assert office.snapshot() == before
    office.start(business_id="69/6")
    office.key = old
    with pytest.raises(AlreadyExists):
        _restart(office, "b")
