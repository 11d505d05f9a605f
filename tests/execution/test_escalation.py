"""Escalations (10.5.7): they go outward, may or may not interrupt, and are lost when nobody catches them."""

from __future__ import annotations

from engine.execution import effects as fx
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
ROOTS = '<bpmn:escalation id="X" escalationCode="HIGH"/><bpmn:escalation id="Y" escalationCode="LOW"/>'


def _definition(ref: str | None) -> str:
    return f'<bpmn:escalationEventDefinition escalationRef="{ref}"/>' if ref else "<bpmn:escalationEventDefinition/>"


def _xml(end: bool, boundary: str, interrupting: bool) -> bytes:
    kind = "endEvent" if end else "intermediateThrowEvent"
    mapped = '<zeebe:ioMapping><zeebe:input source="=1 + 1" target="why"/></zeebe:ioMapping>'
    inner = node("startEvent", "is") + node(kind, "t", mapped, _definition("X")) + ("" if end else user("b") + '<bpmn:sequenceFlow id="i2" sourceRef="t" targetRef="b"/>')
    inner += user("a") + '<bpmn:sequenceFlow id="i1" sourceRef="is" targetRef="t"/><bpmn:sequenceFlow id="i3" sourceRef="is" targetRef="a"/>'
    made = f'<bpmn:boundaryEvent id="be" attachedToRef="sub" cancelActivity="{str(interrupting).lower()}">{boundary}</bpmn:boundaryEvent>'
    return diagram(START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + made + user("u") + user("v") + flows("s sub", "sub u", "be v"), ROOTS)


def test_a_non_interrupting_boundary_lets_the_thrower_go_on(run) -> None:
    assert run(_xml(False, _definition("X"), False)).start().waiting == ["a", "b", "v"]


def test_an_interrupting_boundary_ends_the_sub_process(run) -> None:
    case = run(_xml(True, _definition(None), True)).start()
    assert case.waiting == ["v"]
    assert "why" not in case.variables  # the event's variables stay with it unless it maps them


def test_another_code_is_not_caught_and_nothing_happens(run) -> None:
    case = run(_xml(True, _definition("Y"), True)).start()
    assert case.waiting == ["a"]
    assert [e.code for e in case.effects if isinstance(e, fx.EscalationUncaught)] == ["HIGH"]
    assert case.incidents == {}


def test_the_caller_of_a_process_may_catch_it(run) -> None:
    called = '<zeebe:calledElement processId="q"/>'
    boundary = f'<bpmn:boundaryEvent id="be" attachedToRef="c" cancelActivity="false">{_definition("X")}</bpmn:boundaryEvent>'
    case = run(diagram(START + node("callActivity", "c", called) + boundary + user("u") + user("v") + flows("s c", "c u", "be v"), ROOTS)).start()
    (call,) = case.calls.values()
    case.case.escalate_at(call.task_key, "HIGH", {})
    assert case._settle().waiting == ["c", "v"]
