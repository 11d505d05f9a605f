"""Execution listeners (zeebe:executionListeners): jobs that an element waits for before and after its work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.execution.bench import Bench, diagram, flows, node, user
from tests.execution.listening import BOTH, END, JOB, START, TIMER, line, listeners, mapping

Make = Callable[..., Bench]


def test_a_task_waits_for_its_listeners_in_the_order_written(run: Make) -> None:
    case = run(line(node("serviceTask", "x", JOB + listeners("end last", "start first", "start second")))).start()
    seen = []
    for type_ in ("first", "second"):
        seen.append(case.asked)
        case.heard(type_)
    seen.append(case.asked)
    case.complete("x")
    seen.append(case.asked)
    assert case.ended is None and case.taken == ["f1"]
    case.heard("last")
    assert seen == [["first"], ["second"], ["work"], ["last"]]
    assert case.ended is not None and case.ended.completed and case.taken == ["f1", "f2"]


def test_their_jobs_say_what_they_are_for(run: Make) -> None:
    box = (
        '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="=kind" retries="=n">'
        '<zeebe:taskHeaders><zeebe:header key="a" value="mine"/><zeebe:header key="b" value="2"/></zeebe:taskHeaders>'
        "</zeebe:executionListener></zeebe:executionListeners>"
    )
    headers = '<zeebe:taskHeaders><zeebe:header key="a" value="element"/><zeebe:header key="c" value="3"/></zeebe:taskHeaders>'
    priority = '<zeebe:jobPriorityDefinition priority="=n + 10"/>'
    case = run(line(node("serviceTask", "x", JOB + headers + priority + box))).start(kind="audit", n=7)
    (job,) = case.jobs.values()
    assert (job.type, job.kind, job.event, job.retries, job.priority) == ("audit", "EXECUTION_LISTENER", "START", 7, 17)
    assert job.headers == {"a": "mine", "b": "2", "c": "3"}
    case.heard("audit")
    (work,) = case.jobs.values()
    assert (work.kind, work.event, work.priority) == ("BPMN_ELEMENT", "UNSPECIFIED", 17)


def test_start_listeners_see_the_inputs_and_bring_variables_of_the_element(run: Make) -> None:
    case = run(line(node("serviceTask", "x", JOB + mapping("n:=1") + listeners("start a")))).start()
    (job,) = case.jobs.values()
    assert case.case.variables.visible(job.task_key) == {"n": 1}
    case.heard("a", n=2, extra="yes")
    assert case.case.variables.local(job.task_key) == {"n": 2, "extra": "yes"} and case.variables == {}
    case.complete("x", n=3)
    assert case.variables == {}  # a result named like a local variable stays with it


def test_end_listeners_see_what_was_mapped_out_and_bring_it_further(run: Make) -> None:
    work = node("serviceTask", "x", JOB + mapping("", "total:=2*result") + listeners("end a", "end b"))
    gate = node("exclusiveGateway", "g", attributes='default="f3"')
    case = run(diagram(START + work + gate + user("no") + user("yes") + flows("s x", "x g", "g no", "g yes: =ok"))).start()
    case.complete("x", result=21)
    (job,) = case.jobs.values()
    assert case.variables == {"total": 42} and case.case.variables.visible(job.task_key) == {"result": 21, "total": 42}
    case.heard("a", total=43).heard("b", ok=True)
    assert case.variables == {"total": 43, "ok": True} and case.waiting == ["yes"]


MESSAGE = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'
ROOTS = MESSAGE + '<bpmn:signal id="S" name="s"/><bpmn:escalation id="C" escalationCode="c"/>'
CALL = '<zeebe:calledElement processId="other" propagateAllChildVariables="true"/>'
SCRIPT = '<zeebe:script expression="=1" resultVariable="n"/>'
DECISION = '<zeebe:calledDecision decisionId="d" resultVariable="n"/>'
INSIDE = node("startEvent", "is") + user("y") + '<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="y"/>'


@pytest.mark.parametrize(
    ("middle", "do"),
    [
        (node("task", "x", BOTH), None),
        (node("manualTask", "x", BOTH), None),
        (user("x", BOTH), "complete x"),
        (node("userTask", "x", BOTH), "complete x"),
        (node("serviceTask", "x", JOB + BOTH), "complete x"),
        (node("sendTask", "x", JOB + BOTH), "complete x"),
        (node("scriptTask", "x", SCRIPT + BOTH), None),
        (node("businessRuleTask", "x", DECISION + BOTH), None),
        (node("receiveTask", "x", BOTH, attributes='messageRef="M"'), "trigger x"),
        (node("intermediateCatchEvent", "x", BOTH, '<bpmn:messageEventDefinition messageRef="M"/>'), "trigger x"),
        (node("intermediateCatchEvent", "x", BOTH, TIMER), "trigger x"),
        (node("intermediateThrowEvent", "x", BOTH), None),
        (node("intermediateThrowEvent", "x", BOTH, '<bpmn:signalEventDefinition signalRef="S"/>'), None),
        (node("intermediateThrowEvent", "x", BOTH, '<bpmn:escalationEventDefinition escalationRef="C"/>'), None),
        (node("intermediateThrowEvent", "x", JOB + BOTH, "<bpmn:messageEventDefinition/>"), "complete x"),
        (node("intermediateThrowEvent", "x", BOTH, "<bpmn:compensateEventDefinition/>"), None),
        (node("subProcess", "x", BOTH, INSIDE), "complete y"),
        (node("transaction", "x", BOTH, INSIDE), "complete y"),
        (node("adHocSubProcess", "x", f'<zeebe:adHoc activeElementsCollection="=[&quot;y&quot;]"/>{BOTH}', user("y")), "complete y"),
    ],
)  # fmt: skip
def test_every_kind_of_element_has_them(run: Make, middle: str, do: str | None) -> None:
    case = run(line(middle, roots=ROOTS), decisions={"d": 1}).start(no="1")
    assert (case.asked, case.waiting) == (["a"], ["x"])
    case.heard("a")
    if do is not None:
        assert case.asked != ["b"]
        verb, element = do.split()
        getattr(case, verb)(element)
    assert (case.asked, case.waiting, case.ended) == (["b"], ["x"], None)
    case.heard("b")
    assert case.ended is not None and case.ended.completed


def test_a_call_activity_asks_for_its_child_in_between(run: Make) -> None:
    case = run(line(node("callActivity", "x", CALL + BOTH))).start()
    assert case.calls == {}
    case.heard("a")
    (call,) = case.calls.values()
    case.case.complete_call(call.task_key, {})
    case._settle()
    case.heard("b")
    assert case.ended is not None and case.ended.completed


@pytest.mark.parametrize("kind", ["exclusiveGateway", "inclusiveGateway", "complexGateway"])
def test_a_listener_decides_where_a_gateway_leads(run: Make, kind: str) -> None:
    gate = node(kind, "g", listeners("start a"), attributes='default="f3"')
    case = run(diagram(START + gate + user("yes") + user("no") + flows("s g", "g yes: =ok", "g no"))).start()
    assert case.waiting == ["g"] and case.taken == ["f1"]
    case.heard("a", ok=True)
    assert case.waiting == ["yes"] and case.variables == {}


@pytest.mark.parametrize("kind", ["parallelGateway", "inclusiveGateway", "complexGateway"])
def test_a_join_has_them_once_when_all_tokens_are_there(run: Make, kind: str) -> None:
    split, join = node("parallelGateway", "g"), node(kind, "j", listeners("start a"))
    xml = diagram(START + split + user("x") + user("y") + join + END + flows("s g", "g x", "g y", "x j", "y j", "j e"))
    case = run(xml).start().complete("x")
    assert case.asked == []
    case.complete("y")
    assert case.asked == ["a"]
    case.heard("a")
    assert case.ended is not None and case.ended.completed and case.taken.count("f6") == 1


def test_an_event_based_gateway_waits_for_its_events_only_then(run: Make) -> None:
    gate = node("eventBasedGateway", "g", listeners("start a"))
    events = "".join(
        node("intermediateCatchEvent", i, listeners(f"start {i}1", f"end {i}2"), body) for i, body in
        (("m", '<bpmn:messageEventDefinition messageRef="M"/>'), ("t", TIMER))
    )  # fmt: skip
    case = run(diagram(START + gate + events + END + flows("s g", "g m", "g t", "m e", "t e"), MESSAGE)).start()
    assert case.waiting_for == {}
    case.heard("a", no="7")
    assert case.waiting == ["m", "t"]
    case.trigger("m", paper="here")
    assert case.asked == ["m1"] and case.variables == {}
    case.heard("m1")
    assert case.asked == ["m2"] and case.variables == {"paper": "here"}
    assert case.heard("m2").ended is not None


def test_events_that_something_else_begins_have_those_of_their_end(run: Make) -> None:
    start, end = node("startEvent", "s", listeners("end a")), node("endEvent", "e", listeners("start b", "end c"))
    border = node("boundaryEvent", "b", listeners("end d"), TIMER, 'attachedToRef="x"')
    case = run(diagram(start + user("x") + border + end + flows("s x", "x e", "b e"))).start(n=1)
    case.heard("a", m=2).trigger("b")
    assert case.asked == ["d"] and case.variables == {"n": 1, "m": 2}
    case.heard("d")
    assert case.asked == ["b"]
    case.heard("b").heard("c")
    assert case.ended is not None and case.ended.completed


