"""Event sub-processes (10.3.5.2): started by an event of their scope, interrupting it or not."""

from __future__ import annotations

import pytest

from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
ROOTS = (
    '<bpmn:message id="M" name="stop"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'
    '<bpmn:signal id="S" name="fire"/><bpmn:error id="E" errorCode="BAD"/><bpmn:escalation id="X" escalationCode="HIGH"/>'
)
DEFINITIONS = {
    "message": '<bpmn:messageEventDefinition messageRef="M"/>',
    "signal": '<bpmn:signalEventDefinition signalRef="S"/>',
    "timer": "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>",
    "conditional": "<bpmn:conditionalEventDefinition><bpmn:condition>=amount > 10</bpmn:condition></bpmn:conditionalEventDefinition>",
    "error": '<bpmn:errorEventDefinition errorRef="E"/>',
    "escalation": '<bpmn:escalationEventDefinition escalationRef="X"/>',
}


def esp(kind: str, interrupting: bool = True, id: str = "esp", inside: str = "help") -> str:
    """An event sub-process with one user task."""
    begin = f'<bpmn:startEvent id="{id}_s" isInterrupting="{str(interrupting).lower()}">{DEFINITIONS[kind]}</bpmn:startEvent>'
    flow = f'<bpmn:sequenceFlow id="{id}_f" sourceRef="{id}_s" targetRef="{inside}"/>'
    return f'<bpmn:subProcess id="{id}" triggeredByEvent="true">{begin}{user(inside)}{flow}</bpmn:subProcess>'


@pytest.mark.parametrize("kind", ["message", "signal", "timer"])
def test_an_interrupting_one_ends_everything_else_in_the_process(run, kind: str) -> None:
    case = run(diagram(START + user("a") + END + esp(kind) + flows("s a", "a e"), ROOTS)).start(no=1)
    assert case.waiting == ["a", "esp_s"]
    case.trigger("esp_s", why="x")
    assert case.waiting == ["help"]
    assert case.variables["why"] == "x"
    assert case.complete("help").ended.completed


def test_a_non_interrupting_one_runs_beside_and_begins_each_time(run) -> None:
    case = run(diagram(START + user("a") + END + esp("message", False) + flows("s a", "a e"), ROOTS)).start(no=1)
    case.trigger("esp_s").trigger("esp_s")
    assert case.waiting == ["a", "esp_s", "help", "help"]
    case.complete("a")
    assert case.ended is None  # the event sub-processes that began are part of the process
    assert case.complete("help").complete("help").ended.completed


def test_one_that_never_begins_does_not_hold_the_process(run) -> None:
    case = run(diagram(START + user("a") + END + esp("timer") + flows("s a", "a e"))).start().complete("a")
    assert case.ended.completed and case.waiting_for == {}


def test_it_belongs_to_its_sub_process(run) -> None:
    inner = node("startEvent", "is") + user("a") + flows("is a").replace('id="f', 'id="i') + esp("timer")
    sub = f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>'
    case = run(diagram(START + sub + user("u") + flows("s sub", "sub u"))).start().trigger("esp_s")
    assert case.waiting == ["help"]
    assert case.complete("help").waiting == ["u"]  # the sub-process ended and went on


def test_a_condition_starts_it_when_it_becomes_true(run) -> None:
    case = run(diagram(START + user("a") + END + esp("conditional", False) + flows("s a", "a e"))).start(amount=5)
    assert case.waiting == ["a", "esp_s"]
    assert case.set(amount=11).waiting == ["a", "esp_s", "help"]
    assert case.set(amount=12).waiting == ["a", "esp_s", "help"]  # it holds still: nothing new
    assert case.set(amount=1).set(amount=20).waiting == ["a", "esp_s", "help", "help"]


def test_an_error_is_caught_inside_before_the_boundary(run) -> None:
    inner = (
        node("startEvent", "is") + node("serviceTask", "j", '<zeebe:taskDefinition type="t"/>')
        + flows("is j").replace('id="f', 'id="i') + esp("error")
    )  # fmt: skip
    boundary = f'<bpmn:boundaryEvent id="be" attachedToRef="sub">{DEFINITIONS["error"]}</bpmn:boundaryEvent>'
    xml = diagram(
        START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + boundary + user("u") + user("v")
        + flows("s sub", "sub u", "be v"), ROOTS,
    )  # fmt: skip
    case = run(xml).start().error("j", "BAD")
    assert case.waiting == ["help"]
    assert case.complete("help").waiting == ["u"]


def test_an_error_inside_an_event_sub_process_is_not_caught_by_itself(run) -> None:
    begin = f'<bpmn:startEvent id="es">{DEFINITIONS["error"]}</bpmn:startEvent>'
    again = node("serviceTask", "k", '<zeebe:taskDefinition type="t"/>') + '<bpmn:sequenceFlow id="x" sourceRef="es" targetRef="k"/>'
    inner = (
        node("startEvent", "is") + node("serviceTask", "j", '<zeebe:taskDefinition type="t"/>')
        + flows("is j").replace('id="f', 'id="i') + f'<bpmn:subProcess id="esp" triggeredByEvent="true">{begin}{again}</bpmn:subProcess>'
    )  # fmt: skip
    boundary = f'<bpmn:boundaryEvent id="be" attachedToRef="sub">{DEFINITIONS["error"]}</bpmn:boundaryEvent>'
    xml = diagram(
        START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + boundary + user("u") + user("v")
        + flows("s sub", "sub u", "be v"), ROOTS,
    )  # fmt: skip
    case = run(xml).start().error("j", "BAD").error("k", "BAD")
    assert case.waiting == ["v"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_reaches_the_event_sub_process_of_its_scope(run, interrupting: bool) -> None:
    throw = node("intermediateThrowEvent", "t", body=DEFINITIONS["escalation"])
    case = run(diagram(START + throw + user("a") + END + esp("escalation", interrupting) + flows("s t", "t a", "a e"), ROOTS)).start()
    assert case.waiting == (["help"] if interrupting else ["a", "help"])
