"""Deadlines of sub-processes: one clock for each time that the sub-process runs, in loops and side by side."""

from __future__ import annotations

from typing import Any

from engine.store import tables as t
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

AWARE, LATER = "2026-04-10T16:00:00+07:00", "2026-04-12T16:00:00+07:00"
S, E = node("startEvent", "s"), node("endEvent", "e")
EACH = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)


def sub(inner: str, *pairs: str, from_: str = "=aware_at", stop: str = "b", loop: str = "", more: str = "") -> str:
    """A sub-process with a clock of 72 hours."""
    clock = f'<krabuan:deadline id="dl" from="{from_}" duration="PT72H" stoppedBy="{stop}" {more}/>'
    inside = flows(*pairs).replace('id="f', 'id="i')
    return f'<bpmn:subProcess id="sub"><bpmn:extensionElements>{clock}</bpmn:extensionElements>{loop}{node("startEvent", "is")}{inner}{inside}</bpmn:subProcess>'


def states(office: Office) -> list[str]:
    rows: list[Any] = office.rows(t.deadline)
    return [row.state for row in rows]


def test_a_clock_begins_when_its_sub_process_does(office: Office) -> None:
    office.deploy(diagram(S + user("a") + sub(user("b"), "is b") + E + flows("s a", "a sub", "sub e")))
    office.start(aware_at=AWARE)
    assert states(office) == []
    office.complete("a")
    assert states(office) == ["RUNNING"]
    office.complete("b")
    assert (states(office), office.instance.state) == (["KEPT"], "COMPLETED")


def test_evidence_that_comes_while_the_sub_process_runs_starts_its_clock(office: Office) -> None:
    office.deploy(diagram(S + sub(user("a") + user("b"), "is a", "a b") + E + flows("s sub", "sub e")))
    office.start()
    assert states(office) == []
    office.complete("a", aware_at=AWARE)
    assert states(office) == ["RUNNING"]
    assert office.task("b").statutory_due_at is not None


def test_evidence_that_comes_after_the_sub_process_starts_no_clock(office: Office) -> None:
    office.deploy(diagram(S + sub(user("b"), "is b") + user("c") + E + flows("s sub", "sub c", "c e")))
    office.start()
    office.complete("b").complete("c", aware_at=AWARE)
    assert states(office) == []


def test_a_sub_process_that_ends_without_the_act_cancels_its_clock(office: Office) -> None:
    gateway = node("exclusiveGateway", "g", attributes='default="i4"')
    inner = user("a") + gateway + user("b") + node("endEvent", "ie")
    office.deploy(diagram(S + sub(inner, "is a", "a g", "g b: =needed", "g ie", "b ie") + user("c") + flows("s sub", "sub c")))
    office.start(aware_at=AWARE, needed=False)
    office.complete("a")
    assert (states(office), office.waiting) == (["CANCELLED"], ["c"])


def test_a_loop_back_to_the_sub_process_has_a_new_clock(office: Office) -> None:
    gateway = node("exclusiveGateway", "g", attributes='default="f4"')
    office.deploy(diagram(S + sub(user("b"), "is b") + gateway + E + flows("s sub", "sub g", "g sub: =again", "g e")))
    office.start(aware_at=AWARE, again=True)
    office.advance("P4D").complete("b", aware_at="2026-04-14T16:00:00+07:00")
    assert states(office) == ["LATE", "RUNNING"]
    office.complete("b", again=False)
    assert states(office) == ["LATE", "KEPT"]


def test_side_by_side_each_instance_has_its_own_clock(office: Office) -> None:
    inner = sub(user("b"), "is b", from_="=item.aware_at", loop=EACH)
    office.deploy(diagram(S + inner + E + flows("s sub", "sub e")))
    office.start(items=[{"aware_at": AWARE}, {"aware_at": LATER}])
    assert [r.due_at.day for r in office.rows(t.deadline)] == [13, 15]
    office.complete("b")  # of the first instance only
    assert states(office) == ["KEPT", "RUNNING"]
    office.advance("P10D").complete("b")
    assert states(office) == ["KEPT", "LATE"]
    assert office.verified()


def test_an_act_that_is_done_several_times_stops_the_clock_when_all_are_done(office: Office) -> None:
    inner = sub(user("b", body=EACH), "is b")
    office.deploy(diagram(S + inner + E + flows("s sub", "sub e")))
    office.start(aware_at=AWARE, items=[1, 2])
    office.complete("b")
    assert states(office) == ["RUNNING"]
    office.complete("b")
    assert states(office) == ["KEPT"]


def test_an_interrupted_sub_process_cancels_its_clock(office: Office) -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
    boundary = node("boundaryEvent", "t", body=timer, attributes='attachedToRef="sub"')
    office.deploy(diagram(S + sub(user("b"), "is b") + boundary + user("c") + flows("s sub", "t c")))
    office.start(aware_at=AWARE)
    office.advance("PT1H")
    assert (states(office), office.waiting) == (["CANCELLED"], ["c"])


def test_a_clock_of_the_process_is_stopped_by_an_act_inside_a_sub_process(office: Office) -> None:
    clock = '<bpmn:extensionElements><krabuan:deadline id="dl" from="=aware_at" duration="PT72H" stoppedBy="b"/></bpmn:extensionElements>'
    inside = f'<bpmn:subProcess id="sub">{node("startEvent", "is")}{user("b")}<bpmn:sequenceFlow id="i1" sourceRef="is" targetRef="b"/></bpmn:subProcess>'
    office.deploy(diagram(clock + S + inside + user("c") + flows("s sub", "sub c")))
    office.start(aware_at=AWARE)
    office.complete("b")
    assert states(office) == ["KEPT"]
