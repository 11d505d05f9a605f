"""Listeners of the process, of loops, and what interrupts or repairs those that run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.execution import NotPossible, NotWaiting
from engine.execution import effects as fx
from engine.execution.modification import Activation, modify
from tests.execution.bench import Bench, diagram, flows, node, user
from tests.execution.listening import BOTH, END, JOB, START, TIMER, line, listeners, mapping, on_process

Make = Callable[..., Bench]
LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics{}><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection=\"=items\" "
    'inputElement="item" outputCollection="found" outputElement="=result"/></bpmn:extensionElements>'
    "</bpmn:multiInstanceLoopCharacteristics>"
)


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
    case = run(line(user("x"), before=on_process("start a"))).start()
    with pytest.raises(NotPossible, match="waits for listeners"):
        modify(case.case, [Activation("x")], (), ())


def test_what_a_modification_activates_has_its_listeners(run: Make) -> None:
    case = run(diagram(START + user("x") + user("y", BOTH) + END + flows("s x", "x y", "y e"))).start()
    modify(case.case, [Activation("y")], (), ())
    case._settle()
    assert case.asked == ["a"] and case.heard("a").waiting == ["x", "y"]


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
