"""Task listeners (zeebe:taskListeners): what is asked of a user task waits for them; so does its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.execution import NotWaiting
from engine.execution import effects as fx
from engine.execution.modification import Selection, modify
from tests.execution.bench import Bench, diagram, flows, node, user

Make = Callable[..., Bench]
START, END = node("startEvent", "s"), node("endEvent", "e")
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
BORDER = node("boundaryEvent", "b", "", TIMER, 'attachedToRef="{}"')


def listening(*written: str, extra: str = "") -> str:
    """zeebe:taskListeners from texts like `creating x`."""
    made = [f'<zeebe:taskListener eventType="{w.split()[0]}" type="{w.split()[1]}"/>' for w in written]
    return f"<zeebe:taskListeners>{''.join(made)}</zeebe:taskListeners>{extra}"


def line(middle: str, more: str = "", *further: str) -> bytes:
    """Start, a task x, end, and what else there is."""
    return diagram(START + middle + END + more + flows("s x", "x e", *further))


def changed(case: Bench) -> list[str]:
    """The events of user tasks that took effect."""
    return [e.event for e in case.effects if isinstance(e, fx.UserTaskChanged)]


def test_a_task_is_created_and_then_assigned_when_its_listeners_are_done(run: Make) -> None:
    box = listening("creating a", "assigning c", "creating b", extra='<zeebe:assignmentDefinition assignee="ann"/>')
    case = run(line(user("x", box))).start()
    (made,) = [e for e in case.effects if isinstance(e, fx.UserTaskCreated)]
    assert made.pending == ("creating", "assigning") and case.asked == ["a"]
    assert [(j.kind, j.event) for j in case.jobs.values()] == [("TASK_LISTENER", "CREATING")]
    with pytest.raises(NotWaiting):
        case.case.complete(made.key, {})
    assert case.heard("a").asked == ["b"] and changed(case) == []
    assert case.heard("b").asked == ["c"] and changed(case) == ["creating"]
    assert case.heard("c").asked == [] and changed(case) == ["creating", "assigning"]
    assert case.complete("x").ended is not None


def test_old_names_of_the_events_mean_the_same(run: Make) -> None:
    old = listening("create a", "assignment b", "update c", "complete d", "cancel e")
    human = run(line(user("x", old))).definition.process.nodes["x"].human
    assert human is not None
    assert [x.event for x in human.listeners] == ["creating", "assigning", "updating", "completing", "canceling"]


def test_what_was_submitted_is_delivered_when_the_last_listener_is_done(run: Make) -> None:
    case = run(line(user("x", listening("completing a", "completing b")))).start()
    (key,) = case.tasks
    case.case.ask_of_task(key, "completing", {"n": 1})
    case._settle()
    assert case.asked == ["a"] and case.variables == {}
    case.heard("a")
    assert case.asked == ["b"] and case.variables == {} and case.ended is None
    case.heard("b")
    assert case.ended is not None and case.variables == {"n": 1} and changed(case) == ["completing"]


def test_a_listener_that_says_no_leaves_the_task_as_it_was(run: Make) -> None:
    case = run(line(user("x", listening("completing a", "completing b")))).start()
    (key,) = case.tasks
    for _ in range(2):
        case.case.ask_of_task(key, "completing", {"n": 1})
        case._settle().heard("a")
        (job,) = case.jobs.values()
        with pytest.raises(NotWaiting):
            case.case.refuse_of_task(key, job.key + 1000)
        case.case.refuse_of_task(key, job.key)
        del case.jobs[job.key]
        case._settle()
        assert case.variables == {} and case.waiting == ["x"] and changed(case) == []
    assert case.complete("x", n=2).ended is not None and case.variables == {"n": 2}


def test_a_task_is_asked_as_often_as_something_is_asked_of_it(run: Make) -> None:
    case = run(line(user("x", listening("updating a", "assigning b")))).start()
    (key,) = case.tasks
    for event, type_ in (("updating", "a"), ("assigning", "b"), ("updating", "a")):
        case.case.ask_of_task(key, event)
        with pytest.raises(NotWaiting):
            case.case.ask_of_task(key, event)
        assert case._settle().asked == [type_]
        case.heard(type_)
    assert changed(case) == ["updating", "assigning", "updating"] and case.waiting == ["x"]


def test_a_listener_whose_type_fails_can_be_repaired(run: Make) -> None:
    case = run(line(user("x", listening("completing a", "completing =kind")))).start()
    (key,) = case.tasks
    case.case.ask_of_task(key, "completing", {"n": 1})
    case._settle().heard("a")
    assert [i.error_type for i in case.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    case.set(kind="b").resolve()
    assert case.asked == ["b"] and len([e for e in case.effects if isinstance(e, fx.UserTaskCreated)]) == 1
    assert case.heard("b").variables == {"n": 1, "kind": "b"}


def test_an_interrupted_task_ends_when_its_listeners_are_done_and_only_then_it_goes_on(run: Make) -> None:
    xml = line(user("x", listening("canceling a", "canceling b")), BORDER.format("x") + user("late"), "b late")
    case = run(xml).start().trigger("b")
    assert case.asked == ["a"] and case.waiting == ["x", "x"]
    (canceling,) = [e for e in case.effects if isinstance(e, fx.UserTaskCanceling)]
    with pytest.raises(NotWaiting):
        case.case.complete(canceling.key, {})
    assert case.heard("a").asked == ["b"] and "late" not in case.waiting
    case.heard("b")
    assert case.waiting == ["late"] and case.asked == []
    (ended,) = [e for e in case.effects if isinstance(e, fx.ElementEnded) and e.node.id == "x"]
    assert not ended.completed


def test_other_branches_go_on_meanwhile(run: Make) -> None:
    xml = diagram(
        START + node("parallelGateway", "g") + user("x", listening("canceling a")) + BORDER.format("x") + user("late")
        + user("y") + user("z") + flows("s g", "g x", "g y", "b late", "y z")
    )  # fmt: skip
    case = run(xml).start().trigger("b").complete("y")
    assert case.waiting == ["x", "x", "z"]
    assert case.heard("a").waiting == ["late", "z"]


def test_the_scopes_around_it_stay_until_then(run: Make) -> None:
    inner = node("startEvent", "is") + user("x", listening("canceling a")) + user("y") + '<bpmn:sequenceFlow id="i1" sourceRef="is" targetRef="x"/><bpmn:sequenceFlow id="i2" sourceRef="is" targetRef="y"/>'
    outer = f'<bpmn:subProcess id="out">{node("startEvent", "os")}<bpmn:subProcess id="in">{inner}</bpmn:subProcess><bpmn:sequenceFlow id="o" sourceRef="os" targetRef="in"/></bpmn:subProcess>'
    case = run(diagram(START + outer + BORDER.format("out") + user("late") + flows("s out", "b late"))).start().trigger("b")
    assert case.asked == ["a"] and case.waiting == ["x", "x"]
    over = [e.node.id for e in case.effects if isinstance(e, fx.ElementEnded) and not e.completed]
    assert over == ["y"]
    case.heard("a")
    over = [e.node.id for e in case.effects if isinstance(e, fx.ElementEnded) and not e.completed]
    assert over == ["y", "x", "in", "out"] and case.waiting == ["late"]


def test_a_cancelled_instance_ends_after_its_tasks(run: Make) -> None:
    case = run(line(user("x", listening("canceling a")))).start().cancel()
    assert case.asked == ["a"] and case.ended is None
    assert case.heard("a").ended is not None and not case.ended.completed


def test_a_listener_that_was_asked_before_is_withdrawn(run: Make) -> None:
    case = run(line(user("x", listening("completing a", "canceling c")))).start()
    (key,) = case.tasks
    case.case.ask_of_task(key, "completing", {})
    case._settle().cancel()
    assert case.asked == ["c"]


def test_a_task_that_was_not_created_yet_ends_at_once(run: Make) -> None:
    first = '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="a"/></zeebe:executionListeners>'
    case = run(line(user("x", listening("canceling c", extra=first)))).start().cancel()
    assert case.ended is not None and case.asked == []


def test_a_canceling_listener_whose_type_fails_can_be_repaired(run: Make) -> None:
    case = run(line(user("x", listening("canceling =kind")), BORDER.format("x") + user("late"), "b late")).start().trigger("b")
    assert [i.error_type for i in case.incidents.values()] == ["EXTRACT_VALUE_ERROR"] and "late" not in case.waiting
    case.set(kind="a").resolve()
    assert case.heard("a").waiting == ["late"] and case.incidents == {}


def test_a_terminate_end_event_waits_for_them_with_its_scope(run: Make) -> None:
    inner = (
        node("startEvent", "is") + user("x", listening("canceling a")) + user("y") + node("endEvent", "stop", body="<bpmn:terminateEventDefinition/>")
        + "".join(f'<bpmn:sequenceFlow id="i{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate((("is", "x"), ("is", "y"), ("y", "stop"))))
    )  # fmt: skip
    case = run(diagram(START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + user("z") + flows("s sub", "sub z"))).start()
    case.complete("y")
    assert case.asked == ["a"] and case.waiting == ["x", "x"]
    assert case.heard("a").waiting == ["z"]


LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection=\"=[1,2,3]\"/>"
    "</bpmn:extensionElements><bpmn:completionCondition>=numberOfCompletedInstances = 1</bpmn:completionCondition>"
    "</bpmn:multiInstanceLoopCharacteristics>"
)


def test_a_loop_that_is_complete_waits_for_the_rounds_it_terminates(run: Make) -> None:
    case = run(line(user("x", listening("canceling a"), LOOP))).start().complete("x")
    assert case.asked == ["a", "a"] and case.ended is None
    case.heard("a")
    assert case.ended is None
    assert case.heard("a").ended is not None and case.ended.completed


def test_an_interrupting_event_sub_process_begins_after_them(run: Make) -> None:
    inner = node("startEvent", "es", "", TIMER) + user("y") + '<bpmn:sequenceFlow id="i" sourceRef="es" targetRef="y"/>'
    esp = f'<bpmn:subProcess id="esp" triggeredByEvent="true">{inner}</bpmn:subProcess>'
    case = run(line(user("x", listening("canceling a")), esp)).start().trigger("es")
    assert case.asked == ["a"] and "y" not in case.waiting
    assert case.heard("a").waiting == ["y"]


def test_a_task_terminated_by_hand_has_them_and_cannot_be_selected_again(run: Make) -> None:
    from engine.execution import NotPossible

    case = run(line(user("x", listening("canceling a")))).start()
    modify(case.case, (), (), [Selection("x")])
    case._settle()
    assert case.asked == ["a"] and case.ended is None and case.case.is_cancelling
    with pytest.raises(NotPossible):
        modify(case.case, (), (), [Selection("x")])
    assert case.heard("a").ended is not None and not case.ended.completed
