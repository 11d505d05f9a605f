"""Compensation of loops and by loops (BPMN 2.0.2, sections 10.7 and 13.5.5)."""

from __future__ import annotations

import orjson
import pytest

from engine.execution import load, save
from tests.execution.bench import Bench, diagram, flows, node, user
from tests.execution.test_compensation import COMPENSATE, throw

START = node("startEvent", "s")
STANDARD = "<bpmn:standardLoopCharacteristics><bpmn:loopCondition>=again</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"


def loop(sequential: bool = False, condition: str = "") -> str:
    """Multi-instance characteristics over `items`."""
    ends = f"<bpmn:completionCondition>{condition}</bpmn:completionCondition>" if condition else ""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"><bpmn:extensionElements>'
        f'<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/></bpmn:extensionElements>{ends}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def undoable(task: str, handler_loop: str = "") -> str:
    """An activity `a` with a compensation boundary event and its handler `undo`, which may be a loop."""
    handler = user("undo", body=handler_loop).replace("<bpmn:userTask ", '<bpmn:userTask isForCompensation="true" ')
    return (
        task + f'<bpmn:boundaryEvent id="c_a" attachedToRef="a">{COMPENSATE.format("")}</bpmn:boundaryEvent>' + handler
        + '<bpmn:association id="as" sourceRef="c_a" targetRef="undo"/>'
    )  # fmt: skip


def around(activity: str, more: str = "", roots: str = "") -> bytes:
    return diagram(START + activity + more + user("x") + throw() + user("u") + flows("s a", "a x", "x t", "t u"), roots)


def items(case: Bench, element: str = "undo") -> list[object]:
    """The item that each waiting task of an element sees."""
    return [case.case.variables.visible(k)["item"] for k, e in sorted(case.tasks.items()) if e == element]


def test_the_instances_of_a_parallel_activity_are_undone_together_each_with_its_item(run) -> None:
    case = run(around(undoable(user("a", body=loop())))).start(items=["x", "y", "z"])
    case.complete("a").complete("a").complete("a").complete("x")
    assert (case.waiting, sorted(map(str, items(case)))) == (["undo"] * 3, ["x", "y", "z"])
    assert case.complete("undo").complete("undo").complete("undo").waiting == ["u"]


def test_the_instances_of_a_sequential_activity_are_undone_one_by_one_the_last_first(run) -> None:
    case = run(around(undoable(user("a", body=loop(sequential=True))))).start(items=["x", "y", "z"])
    case.complete("a").complete("a").complete("a").complete("x")
    for item in ("z", "y", "x"):
        assert items(case) == [item]
        case.complete("undo")
    assert case.waiting == ["u"]


def test_the_rounds_of_a_standard_loop_are_undone_one_by_one_the_last_first(run) -> None:
    case = run(around(undoable(user("a", body=STANDARD)))).start(again=True)
    case.complete("a").complete("a").complete("a", again=False).complete("x")
    for counter in (3, 2, 1):
        (key,) = case.tasks
        assert case.case.variables.visible(key)["loopCounter"] == counter
        case.complete("undo")
    assert case.waiting == ["u"]


@pytest.mark.parametrize("sequential", [False, True])
def test_a_handler_that_is_a_loop_runs_as_one(run, sequential: bool) -> None:
    case = run(around(undoable(user("a"), loop(sequential)))).start(items=["x", "y"]).complete("a").complete("x")
    assert case.waiting == ["undo"] if sequential else ["undo", "undo"]
    case.complete("undo")
    assert case.waiting == ["undo"]
    assert case.complete("undo").waiting == ["u"]


def test_a_handler_that_is_a_loop_with_nothing_to_go_through_is_done_at_once(run) -> None:
    assert run(around(undoable(user("a"), loop()))).start(items=[]).complete("a").complete("x").waiting == ["u"]


@pytest.mark.parametrize("sequential", [False, True])
def test_a_loop_whose_handler_is_a_loop_is_undone_as_a_whole_once(run, sequential: bool) -> None:
    case = run(around(undoable(user("a", body=loop(sequential)), loop()))).start(items=["x", "y"])
    case.complete("a").complete("a").complete("x")
    assert sorted(map(str, items(case))) == ["x", "y"]
    assert case.complete("undo").complete("undo").waiting == ["u"]


def test_only_the_instances_that_completed_are_undone(run) -> None:
    characteristics = loop(condition="=numberOfCompletedInstances = 2")
    case = run(around(undoable(user("a", body=characteristics)))).start(items=["x", "y", "z"])
    case.complete("a", 1).complete("a", 1).complete("x")
    assert sorted(map(str, items(case))) == ["y", "z"]


def test_an_activity_that_was_interrupted_is_not_undone(run) -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
    late = node("boundaryEvent", "late", body=timer, attributes='attachedToRef="a"')
    more = late + '<bpmn:sequenceFlow id="l" sourceRef="late" targetRef="x"/>'
    case = run(around(undoable(user("a", body=loop())), more)).start(items=["x", "y"])
    assert case.complete("a").trigger("late").complete("x").waiting == ["u"]


def test_an_empty_loop_leaves_nothing_to_undo(run) -> None:
    assert run(around(undoable(user("a", body=loop())))).start(items=[]).complete("x").waiting == ["u"]


def _sub(sequential: bool, inner: str) -> str:
    return f'<bpmn:subProcess id="a">{loop(sequential)}{node("startEvent", "is")}{inner}</bpmn:subProcess>'


def _inner() -> str:
    """Two undoable tasks one after the other."""
    made = '<bpmn:sequenceFlow id="i0" sourceRef="is" targetRef="b"/><bpmn:sequenceFlow id="i1" sourceRef="b" targetRef="c"/>'
    for task in "bc":
        handler = user(f"undo_{task}").replace("<bpmn:userTask ", '<bpmn:userTask isForCompensation="true" ')
        made += user(task) + f'<bpmn:boundaryEvent id="c_{task}" attachedToRef="{task}">{COMPENSATE.format("")}</bpmn:boundaryEvent>'
        made += handler + f'<bpmn:association id="as_{task}" sourceRef="c_{task}" targetRef="undo_{task}"/>'
    return made


def test_what_the_rounds_of_a_sub_process_did_is_undone_round_by_round(run) -> None:
    case = run(around(_sub(True, _inner()))).start(items=["x", "y"])
    case.complete("b").complete("c").complete("b").complete("c").complete("x")
    for _ in range(2):
        assert case.waiting == ["undo_b", "undo_c"]
        assert case.complete("undo_c").waiting == ["undo_b"]
        case.complete("undo_b")
    assert case.waiting == ["u"]


def test_what_the_instances_of_a_parallel_sub_process_did_is_undone_together(run) -> None:
    case = run(around(_sub(False, _inner()))).start(items=["x", "y"])
    case.complete("b").complete("b").complete("c").complete("c").complete("x")
    assert case.waiting == ["undo_b", "undo_b", "undo_c", "undo_c"]
    for element in case.waiting:
        case.complete(element)
    assert case.waiting == ["u"]


@pytest.mark.parametrize("sequential", [False, True])
def test_the_event_sub_process_of_each_instance_sees_its_data_as_they_were(run, sequential: bool) -> None:
    begin = f'<bpmn:startEvent id="es">{COMPENSATE.format("")}</bpmn:startEvent>{user("undo")}<bpmn:sequenceFlow id="e1" sourceRef="es" targetRef="undo"/>'
    inner = user("b") + '<bpmn:sequenceFlow id="i0" sourceRef="is" targetRef="b"/>'
    inner += f'<bpmn:subProcess id="esp" triggeredByEvent="true">{begin}</bpmn:subProcess>'
    case = run(around(_sub(sequential, inner))).start(items=["x", "y"]).complete("b").complete("b").complete("x")
    if sequential:
        assert items(case) == ["y"]
        assert items(case.complete("undo")) == ["x"]
    else:
        assert sorted(map(str, items(case))) == ["x", "y"]
        case.complete("undo")
    assert case.complete("undo").waiting == ["u"]


def test_loops_in_loops_are_undone_from_the_end(run) -> None:
    inner = undoable(user("b", body=loop(True).replace("=items", "=item").replace('"item"', '"one"')))
    inner = inner.replace('attachedToRef="a"', 'attachedToRef="b"') + '<bpmn:sequenceFlow id="i0" sourceRef="is" targetRef="b"/>'
    case = run(around(_sub(True, inner))).start(items=[[1, 2], [3, 4]])
    for _ in range(4):
        case.complete("b")
    case.complete("x")
    seen = []
    while case.waiting == ["undo"]:
        (key,) = case.tasks
        seen.append(case.case.variables.visible(key)["one"])
        case.complete("undo")
    assert (seen, case.waiting) == ([4, 3, 2, 1], ["u"])


def test_a_cancelled_transaction_undoes_a_sequential_loop_round_by_round(run) -> None:
    inner = undoable(user("a", body=loop(True))) + node("startEvent", "is") + node("endEvent", "ce", body="<bpmn:cancelEventDefinition/>")
    inner += '<bpmn:sequenceFlow id="i1" sourceRef="is" targetRef="a"/><bpmn:sequenceFlow id="i2" sourceRef="a" targetRef="ce"/>'
    cancel = '<bpmn:boundaryEvent id="be" attachedToRef="tx"><bpmn:cancelEventDefinition/></bpmn:boundaryEvent>'
    xml = diagram(START + f'<bpmn:transaction id="tx">{inner}</bpmn:transaction>' + cancel + user("v") + flows("s tx", "be v"))
    case = run(xml).start(items=["x", "y"]).complete("a").complete("a")
    assert items(case) == ["y"]
    assert items(case.complete("undo")) == ["x"]
    assert case.complete("undo").waiting == ["v"]


def test_cancelling_the_instance_ends_handlers_and_what_was_to_come(run) -> None:
    case = run(around(undoable(user("a", body=loop(sequential=True))))).start(items=["x", "y"])
    case.complete("a").complete("a").complete("x")
    case.case.cancel_all()
    assert (case._settle().waiting, case.ended is not None) == ([], True)


def test_the_event_sub_process_of_a_sub_process_sees_its_data_as_they_were(run) -> None:
    begin = f'<bpmn:startEvent id="es">{COMPENSATE.format("")}</bpmn:startEvent>{user("undo")}<bpmn:sequenceFlow id="e1" sourceRef="es" targetRef="undo"/>'
    inner = node("startEvent", "is") + user("b") + '<bpmn:sequenceFlow id="i0" sourceRef="is" targetRef="b"/>'
    inner += f'<bpmn:subProcess id="esp" triggeredByEvent="true">{begin}</bpmn:subProcess>'
    mapped = '<zeebe:ioMapping><zeebe:input source="=no" target="item"/></zeebe:ioMapping>'
    case = run(around(node("subProcess", "a", mapped, inner))).start(no=1).complete("b", item=2, other=3).complete("x")
    (key,) = case.tasks
    seen = case.case.variables.visible(key)
    assert (seen["item"], seen["other"]) == (2, 3)


@pytest.mark.parametrize("sequential", [False, True])
def test_a_state_from_before_handlers_saw_data_is_still_undone(run, sequential: bool) -> None:
    xml = around(undoable(user("a", body=loop(sequential))))
    case = run(xml).start(items=["x", "y"]).complete("a").complete("a")
    state = orjson.loads(save(case.case))
    for *_, internal in state["tasks"]:
        for entry in internal.get("compensable", ()):
            entry.pop("ordered", None)
            for one in entry["inner"]:
                del one["data"]
    case.case = load(orjson.dumps(state).decode(), case.definition, 1, case, case._environment(), case._variables)
    assert case.complete("x").waiting == ["undo", "undo"]
    assert case.complete("undo").complete("undo").waiting == ["u"]
