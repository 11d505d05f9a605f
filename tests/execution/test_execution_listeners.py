"""Execution listeners (zeebe:executionListeners): jobs that an element waits for before and after its work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.execution import NotWaiting
from engine.execution import effects as fx
from engine.execution.modification import Activation, modify
from tests.execution.bench import Bench, diagram, flows, node, user

Make = Callable[..., Bench]
START, END = node("startEvent", "s"), node("endEvent", "e")
JOB = '<zeebe:taskDefinition type="work"/>'
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"


def listeners(*written: str) -> str:
    """zeebe:executionListeners from texts like `start x`; the listener's job is of type x."""
    made = [f'<zeebe:executionListener eventType="{w.split()[0]}" type="{w.split()[1]}"/>' for w in written]
    return f"<zeebe:executionListeners>{''.join(made)}</zeebe:executionListeners>"


def mapping(inputs: str = "", outputs: str = "") -> str:
    """zeebe:ioMapping from texts like `x:=1`."""
    made = [f'<zeebe:input source="{p.split(":", 1)[1]}" target="{p.split(":", 1)[0]}"/>' for p in inputs.split()]
    made += [f'<zeebe:output source="{p.split(":", 1)[1]}" target="{p.split(":", 1)[0]}"/>' for p in outputs.split()]
    return f"<zeebe:ioMapping>{''.join(made)}</zeebe:ioMapping>"


def line(middle: str, id: str = "x", roots: str = "", more: str = "", before: str = "") -> bytes:
    """Start, one node, end."""
    return diagram(before + START + middle + END + more + flows(f"s {id}", f"{id} e"), roots)


def on_process(*written: str) -> str:
    return f"<bpmn:extensionElements>{listeners(*written)}</bpmn:extensionElements>"


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
LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics{}><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection=\"=items\" "
    'inputElement="item" outputCollection="found" outputElement="=result"/></bpmn:extensionElements>'
    "</bpmn:multiInstanceLoopCharacteristics>"
)
BOTH = listeners("start a", "end b")
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


def test_the_process_waits_before_its_start_event_and_after_its_last(run: Make) -> None:
    case = run(line(user("x"), before=on_process("start a", "end b"))).start(n=1)
    assert case.asked == ["a"] and [e.node.id for e in case.effects if isinstance(e, fx.ElementStarted)] == ["p"]
    case.heard("a", m=2).complete("x")
    assert case.asked == ["b"] and case.ended is None
    case.heard("b", k=3)
    assert case.ended is not None and case.ended.completed and case.variables == {"n": 1, "m": 2, "k": 3}


def test_what_starts_event_sub_processes_is_awaited_only_between_them(run: Make) -> None:
    signal = '<bpmn:signalEventDefinition signalRef="S"/>'
    inner = node("startEvent", "es", "", signal) + user("y") + '<bpmn:sequenceFlow id="i" sourceRef="es" targetRef="y"/>'
    esp = f'<bpmn:subProcess id="esp" triggeredByEvent="true"><bpmn:extensionElements>{BOTH}</bpmn:extensionElements>{inner}</bpmn:subProcess>'
    case = run(line(user("x"), more=esp, before=on_process("start first", "end last"), roots='<bpmn:signal id="S" name="s"/>')).start()
    assert case.waiting_for == {}
    case.heard("first").trigger("es")
    assert case.asked == ["a"] and case.tasks == {}
    case.heard("a").complete("y").heard("b")
    assert case.asked == ["last"] and case.waiting_for == {}
    assert case.heard("last").ended is not None


@pytest.mark.parametrize("sequential", ["", ' isSequential="true"'])
def test_a_multi_instance_has_those_before_all_once_and_the_others_for_each(run: Make, sequential: str) -> None:
    box = JOB + mapping("", "result:=answer") + listeners("beforeAll all", "start a", "end b")
    case = run(line(node("serviceTask", "x", box, LOOP.format(sequential)))).start()
    assert case.asked == ["all"] and [j.event for j in case.jobs.values()] == ["BEFORE_ALL"]
    case.heard("all", items=[1, 2], shared="s")
    assert case.variables == {}  # the body's own
    rounds = 1 if sequential else 2
    for _ in range(2 // rounds):
        assert case.asked == ["a"] * rounds
        for _ in range(rounds):
            key = next(j.task_key for j in case.jobs.values() if j.type == "a")
            assert case.case.variables.visible(key)["shared"] == "s"
            case.heard("a")
        for _ in range(rounds):
            case.complete("x", answer=5)
        assert case.asked == ["b"] * rounds
        for _ in range(rounds):
            case.heard("b", result=6)  # as what is mapped out: it can set the element that is collected
    assert case.ended is not None and case.variables == {"found": [6, 6]}


def test_rounds_of_a_standard_loop_have_them_each(run: Make) -> None:
    loop = '<bpmn:standardLoopCharacteristics loopMaximum="2"/>'
    case = run(line(node("task", "x", BOTH, loop))).start()
    case.heard("a").heard("b").heard("a").heard("b", done=True)
    assert case.ended is not None and case.variables == {"done": True}


def test_a_listener_whose_type_fails_is_an_incident_and_those_before_it_are_not_done_again(run: Make) -> None:
    case = run(line(user("x", listeners("start a", "start =kind")))).start()
    case.heard("a")
    (incident,) = case.incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR" and "start listener" in incident.message and case.asked == []
    case.set(kind="b").resolve()
    assert case.asked == ["b"]
    assert case.heard("b").waiting == ["x"]


def test_what_was_mapped_out_is_not_mapped_again_when_a_later_step_is_repaired(run: Make) -> None:
    work = node("serviceTask", "x", JOB + mapping("", "n:=result") + listeners("end =kind"))
    case = run(line(work)).start().complete("x", result=1)
    case.set(n=2, kind="b").resolve()
    assert case.asked == ["b"] and case.heard("b").variables["n"] == 2


def test_an_interruption_withdraws_the_listener_it_waits_for(run: Make) -> None:
    border = node("boundaryEvent", "b", "", TIMER, 'attachedToRef="sub"')
    for inner, steps in ((node("task", "y", BOTH), []), (node("task", "y", BOTH), ["a"])):
        sub = node("subProcess", "sub", "", node("startEvent", "is") + inner + '<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="y"/>')
        case = run(diagram(START + sub + border + user("late") + END + flows("s sub", "sub e", "b late"))).start()
        for type_ in steps:
            case.heard(type_)
        assert len(case.jobs) == 1
        case.trigger("b")
        assert case.asked == [] and case.waiting == ["late"]


def test_before_it_begins_an_element_waits_for_no_event_and_after_its_end_for_none(run: Make) -> None:
    border = node("boundaryEvent", "b", "", TIMER, 'attachedToRef="x" cancelActivity="false"')
    case = run(diagram(START + user("x", BOTH) + border + END + flows("s x", "x e", "b e"))).start()
    assert case.waiting_for == {}
    case.heard("a")
    assert case.waiting == ["b", "x"]
    case.complete("x")
    assert case.asked == ["b"] and case.waiting_for == {}


def test_a_job_that_is_not_waited_for_does_nothing(run: Make) -> None:
    case = run(line(user("x", BOTH))).start()
    (job,) = case.jobs.values()
    with pytest.raises(NotWaiting):
        case.case.complete_listener(job.task_key, job.key + 1000, {})
    with pytest.raises(NotWaiting):
        case.case.complete(job.task_key, {})
    case.heard("a")
    with pytest.raises(NotWaiting):
        case.case.complete_listener(job.task_key, job.key, {})


def test_cancel_listeners_run_when_everything_has_ended(run: Make) -> None:
    case = run(line(user("x", listeners("start a")), before=on_process("cancel b", "cancel c", "end d"))).start(n=1)
    case.cancel()
    assert case.asked == ["b"] and case.ended is None
    assert [e.node.id for e in case.effects if isinstance(e, fx.ElementEnded)] == ["s", "x"]
    case.heard("b", why="late").cancel()  # a second time does nothing
    assert case.asked == ["c"]
    case.heard("c")
    assert case.ended is not None and not case.ended.completed and case.ended.variables == {"n": 1, "why": "late"}


def test_a_process_can_be_cancelled_while_its_own_listeners_run(run: Make) -> None:
    for step, pending in (([], "a"), (["a"], "b")):
        case = run(line(node("task", "x"), before=on_process("start a", "end b", "cancel c"))).start()
        for type_ in step:
            case.heard(type_)
        assert case.asked == [pending]
        assert case.cancel().asked == ["c"]
        assert case.heard("c").ended is not None and not case.ended.completed


def test_tokens_are_not_moved_while_the_process_waits_for_its_listeners(run: Make) -> None:
    from engine.execution import NotPossible

    case = run(line(user("x"), before=on_process("start a"))).start()
    with pytest.raises(NotPossible, match="waits for listeners"):
        modify(case.case, [Activation("x")], (), ())


def test_what_a_modification_activates_has_its_listeners(run: Make) -> None:
    case = run(diagram(START + user("x") + user("y", BOTH) + END + flows("s x", "x y", "y e"))).start()
    modify(case.case, [Activation("y")], (), ())
    case._settle()
    assert case.asked == ["a"] and case.heard("a").waiting == ["x", "y"]
