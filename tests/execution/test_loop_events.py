"""Events that the instances of a multi-instance activity throw: behavior None, One, Complex (10.3.8, table 10.30)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.execution import effects as fx
from tests.execution.bench import Bench, diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

START = node("startEvent", "s")
KEY = '<bpmn:extensionElements><zeebe:subscription correlationKey="={}"/></bpmn:extensionElements>'
ROOTS = (
    '<bpmn:signal id="S" name="done"/><bpmn:signal id="N" name="=&quot;n&quot; + string(item)"/>'
    '<bpmn:escalation id="X" escalationCode="HIGH"/><bpmn:error id="E" errorCode="BAD"/>'
    f'<bpmn:message id="M" name="m">{KEY.format("office")}</bpmn:message>'
    '<bpmn:signalEventDefinition id="ds" signalRef="S"/><bpmn:signalEventDefinition id="dn" signalRef="N"/>'
    '<bpmn:escalationEventDefinition id="dx" escalationRef="X"/><bpmn:errorEventDefinition id="de" errorRef="E"/>'
    '<bpmn:messageEventDefinition id="dm" messageRef="M"/>'
)
CATCH = {
    "ds": '<bpmn:signalEventDefinition signalRef="S"/>',
    "dx": '<bpmn:escalationEventDefinition escalationRef="X"/>',
    "de": '<bpmn:errorEventDefinition errorRef="E"/>',
    "dm": '<bpmn:messageEventDefinition messageRef="M"/>',
}


def loop(attributes: str, more: str = "", sequential: bool = False, ends: str = "") -> str:
    """Multi-instance characteristics over `items` with a behavior."""
    condition = f"<bpmn:completionCondition>{ends}</bpmn:completionCondition>" if ends else ""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}" {attributes}><bpmn:extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/></bpmn:extensionElements>'
        f"{more}{condition}</bpmn:multiInstanceLoopCharacteristics>"
    )


def around(characteristics: str, *caught: str, interrupting: bool = False) -> bytes:
    """A looping task `a`, an event `b_…` on its border that leads to `v_…` for each definition caught, a task behind."""
    parts, pairs = "", ["s a", "a u"]
    for name in caught:
        flag = f'attachedToRef="a" cancelActivity="{str(interrupting).lower()}"'
        parts += node("boundaryEvent", f"b_{name}", body=CATCH[name], attributes=flag) + user(f"v_{name}")
        pairs.append(f"b_{name} v_{name}")
    return diagram(START + user("a", body=characteristics) + parts + user("u") + flows(*pairs), ROOTS)


def complex_(condition: str, event: str) -> str:
    """A complexBehaviorDefinition."""
    return (
        f"<bpmn:complexBehaviorDefinition><bpmn:condition>{condition}</bpmn:condition>"
        f"<bpmn:event>{event}</bpmn:event></bpmn:complexBehaviorDefinition>"
    )


def tasks(case: Bench) -> list[str]:
    """The user tasks that are open."""
    return sorted(case.tasks.values())


def thrown(case: Bench) -> list[str]:
    """The signals that are broadcast."""
    return [e.name for e in case.effects if isinstance(e, fx.SignalThrown)]


NONE, ONE = 'behavior="None" noneBehaviorEventRef="{}"', 'behavior="One" oneBehaviorEventRef="{}"'


@pytest.mark.parametrize("sequential", [False, True])
def test_none_throws_for_each_instance_that_completes(run, sequential: bool) -> None:
    case = run(around(loop(NONE.format("ds"), sequential=sequential), "ds")).start(items=[1, 2, 3])
    for count in (1, 2):
        case.complete("a")
        assert tasks(case).count("v_ds") == count
    case.complete("a")
    assert tasks(case) == ["u", "v_ds", "v_ds", "v_ds"]
    assert thrown(case) == ["done"] * 3


@pytest.mark.parametrize("sequential", [False, True])
def test_one_throws_for_the_first_instance_only(run, sequential: bool) -> None:
    case = run(around(loop(ONE.format("ds"), sequential=sequential), "ds")).start(items=[1, 2, 3])
    assert tasks(case.complete("a")).count("v_ds") == 1
    assert tasks(case.complete("a").complete("a")) == ["u", "v_ds"]
    assert thrown(case) == ["done"]


@pytest.mark.parametrize("attributes", ["", 'behavior="All"'])
def test_all_throws_nothing(run, attributes: str) -> None:
    case = run(around(loop(attributes), "ds")).start(items=[1, 2]).complete("a").complete("a")
    assert (tasks(case), thrown(case)) == (["u"], [])


def test_an_interrupting_boundary_event_ends_the_activity(run) -> None:
    case = run(around(loop(ONE.format("ds")), "ds", interrupting=True)).start(items=[1, 2, 3]).complete("a")
    assert case.waiting == ["v_ds"]
    assert case.complete("v_ds").ended is not None


def test_the_last_instance_is_still_caught_before_the_activity_completes(run) -> None:
    case = run(around(loop(NONE.format("ds")), "ds", interrupting=True)).start(items=[1]).complete("a")
    assert case.waiting == ["v_ds"]


def test_what_is_caught_carries_the_attributes_of_the_loop(run) -> None:
    case = run(around(loop(NONE.format("ds")), "ds")).start(items=[7, 8, 9])
    case.complete("a", 1)
    told = {n: v for n, v in case.variables.items() if n != "items"}
    assert told == {
        "loopCounter": 2, "numberOfInstances": 3, "numberOfActiveInstances": 2, "numberOfCompletedInstances": 1,
        "numberOfTerminatedInstances": 0,
    }  # fmt: skip


def test_a_signal_is_broadcast_to_others_and_says_who_has_had_it(run) -> None:
    case = run(around(loop(ONE.format("ds")), "ds")).start(items=[1, 2])
    (wait,) = [k for k, w in case.waiting_for.items() if w.element_id == "b_ds"]
    case.complete("a")
    (signal,) = [e for e in case.effects if isinstance(e, fx.SignalThrown)]
    assert (signal.heard, signal.variables["loopCounter"]) == ((wait,), Decimal(1))


def test_a_name_is_evaluated_in_the_instance(run) -> None:
    case = run(around(loop(NONE.format("dn")))).start(items=[7, 8]).complete("a", 1).complete("a")
    assert thrown(case) == ["n8", "n7"]


def test_an_escalation_is_caught_at_the_border_of_any_activity(run) -> None:
    case = run(around(loop(ONE.format("dx")), "dx")).start(items=[1, 2]).complete("a")
    assert tasks(case) == ["a", "v_dx"]


def test_an_escalation_that_nothing_catches_here_goes_to_the_caller(run) -> None:
    case = run(around(loop(NONE.format("dx")))).start(items=[1, 2]).complete("a")
    assert [e.code for e in case.effects if isinstance(e, fx.EscalationUncaught)] == ["HIGH"]
    assert case.waiting == ["a"]


def test_an_error_ends_the_activity(run) -> None:
    case = run(around(loop(ONE.format("de")), "de", interrupting=True)).start(items=[1, 2, 3]).complete("a")
    assert case.waiting == ["v_de"]


def test_an_error_that_nothing_catches_is_an_incident(run) -> None:
    case = run(around(loop(ONE.format("de")))).start(items=[1, 2]).complete("a")
    (incident,) = case.incidents.values()
    assert (incident.error_type, incident.node.id, case.waiting) == ("UNHANDLED_ERROR_EVENT", "a", ["a", "a"])


def test_an_error_that_the_caller_catches_ends_the_instance(run) -> None:
    case = run(around(loop(ONE.format("de")))).start(items=[1, 2])
    case.catches_outside = True
    case.complete("a")
    assert [e.code for e in case.effects if isinstance(e, fx.ErrorUncaught)] == ["BAD"]
    assert case.ended is not None and not case.ended.completed


def test_a_message_reaches_the_boundary_event_that_waits_for_it(run) -> None:
    case = run(around(loop(NONE.format("dm")), "dm")).start(items=[1, 2], office="x").complete("a").complete("a")
    assert tasks(case) == ["u", "v_dm", "v_dm"]


def test_a_message_with_another_key_does_not(run) -> None:
    case = run(around(loop(NONE.format("dm")), "dm")).start(items=[1, 2], office="x").set(office="y").complete("a")
    assert tasks(case) == ["a"]


def test_complex_looks_at_its_conditions_when_an_instance_has_completed(run) -> None:
    when = "=numberOfCompletedInstances >= 2 and item &lt; 9"
    case = run(around(loop('behavior="Complex"', complex_(when, CATCH["ds"])), "ds")).start(items=[7, 8, 9, 6])
    assert tasks(case.complete("a")).count("v_ds") == 0
    assert tasks(case.complete("a")).count("v_ds") == 1  # 8
    assert tasks(case.complete("a")).count("v_ds") == 1  # 9
    assert tasks(case.complete("a")) == ["u", "v_ds", "v_ds"]  # 6


def test_complex_throws_what_each_of_its_definitions_says(run) -> None:
    both = complex_("=refused", CATCH["dx"]) + complex_("=numberOfActiveInstances = 0", CATCH["ds"])
    case = run(around(loop('behavior="Complex"', both), "ds", "dx")).start(items=[1, 2])
    assert tasks(case.complete("a", refused=True)) == ["a", "v_dx"]
    assert tasks(case.complete("a", refused=False)) == ["u", "v_ds", "v_dx"]


def test_complex_throws_several_events_at_once_and_by_reference(run) -> None:
    several = CATCH["ds"] + "<bpmn:eventDefinitionRef>dx</bpmn:eventDefinitionRef>"
    case = run(around(loop('behavior="Complex"', complex_("=true", several)), "ds", "dx")).start(items=[1, 2])
    assert tasks(case.complete("a")) == ["a", "v_ds", "v_dx"]


def test_what_interrupts_keeps_the_rest_from_being_thrown(run) -> None:
    both = complex_("=true", CATCH["de"]) + complex_("=true", CATCH["ds"])
    case = run(around(loop('behavior="Complex"', both), "de", interrupting=True)).start(items=[1, 2]).complete("a")
    assert (case.waiting, thrown(case)) == (["v_de"], [])


def test_a_condition_that_cannot_be_decided_is_an_incident_and_throws_nothing_twice(run) -> None:
    both = complex_("=true", CATCH["ds"]) + complex_("=late", CATCH["dx"])
    case = run(around(loop('behavior="Complex"', both), "ds", "dx")).start(items=[1, 2]).complete("a")
    assert ([i.error_type for i in case.incidents.values()], thrown(case)) == (["EXTRACT_VALUE_ERROR"], [])
    case.set(late=True).resolve()
    assert (tasks(case), thrown(case)) == (["a", "v_ds", "v_dx"], ["done"])


def test_what_is_thrown_goes_before_the_completion_condition_ends_the_rest(run) -> None:
    case = run(around(loop(NONE.format("ds"), ends="=numberOfCompletedInstances = 1"), "ds")).start(items=[1, 2, 3]).complete("a")
    assert (tasks(case), thrown(case)) == (["u", "v_ds"], ["done"])


def test_an_event_sub_process_around_it_catches_what_is_not_caught_at_the_border(run) -> None:
    begin = f'<bpmn:startEvent id="es" isInterrupting="false">{CATCH["dx"]}</bpmn:startEvent>{user("v")}'
    inner = f'<bpmn:subProcess id="esp" triggeredByEvent="true">{begin}<bpmn:sequenceFlow id="x" sourceRef="es" targetRef="v"/></bpmn:subProcess>'
    xml = diagram(START + user("a", body=loop(ONE.format("dx"))) + inner + flows("s a"), ROOTS)
    assert tasks(run(xml).start(items=[1, 2]).complete("a")) == ["a", "v"]


@pytest.mark.parametrize("kind", ["compensate", "terminate", "cancel", "timer", "conditional", "link"])
def test_other_events_are_not_thrown(kind: str) -> None:
    xml = around(loop('behavior="Complex"', complex_("=true", f"<bpmn:{kind}EventDefinition/>")))
    assert [f.rule for f in faults_of(xml)] == ["event-unsupported"]
    by_reference = around(loop(ONE.format("d"))).replace(b"<bpmn:process ", f'<bpmn:{kind}EventDefinition id="d"/><bpmn:process '.encode())
    assert [f.rule for f in faults_of(by_reference)] == ["event-unsupported"]


@pytest.mark.parametrize(
    "part", ["<bpmn:dataInput/>", "<bpmn:inputSet/>", "<bpmn:property/>", "<bpmn:incoming>f1</bpmn:incoming>", "<bpmn:extensionElements><zeebe:ioMapping/></bpmn:extensionElements>"]
)  # fmt: skip
def test_an_implicit_throw_event_has_nothing_but_what_it_throws(part: str) -> None:
    xml = around(loop('behavior="Complex"', complex_("=true", part + CATCH["ds"])))
    assert [f.rule for f in faults_of(xml)] == ["element-unsupported"]


@pytest.mark.parametrize(
    ("attributes", "more", "rule"),
    [
        ('behavior="Some"', "", "loop-behavior"), ('behavior="One"', "", "loop-behavior"), ('behavior="Complex"', "", "loop-behavior"),
        ('behavior="All" oneBehaviorEventRef="ds"', "", "loop-behavior"), ('oneBehaviorEventRef="ds"', "", "loop-behavior"),
        ('behavior="One" noneBehaviorEventRef="ds"', "", "loop-behavior"), ("", complex_("=true", CATCH["ds"]), "loop-behavior"),
        ('behavior="One" oneBehaviorEventRef="gone"', "", "loop-behavior-event"),
        ('behavior="Complex"', "<bpmn:complexBehaviorDefinition><bpmn:condition>=true</bpmn:condition></bpmn:complexBehaviorDefinition>", "loop-behavior-complex"),
        ('behavior="Complex"', complex_("", CATCH["ds"]), "loop-behavior-complex"), ('behavior="Complex"', complex_("true", CATCH["ds"]), "feel-expected"),
        ('behavior="Complex"', complex_("=true", ""), "event-unsupported"), ('behavior="None" noneBehaviorEventRef="dm"', "", "loop-message-uncaught"),
    ],
)  # fmt: skip
def test_what_would_not_be_thrown_is_refused(attributes: str, more: str, rule: str) -> None:
    assert rule in [f.rule for f in faults_of(around(loop(attributes, more)))]
