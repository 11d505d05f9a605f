"""Compensation and transactions (10.7, 10.3.5.1, 13.5.5)."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
COMPENSATE = "<bpmn:compensateEventDefinition{}/>"


def undoable(task: str, handler: str) -> str:
    """A user task with a compensation boundary event and its handler."""
    return (
        user(task) + f'<bpmn:boundaryEvent id="c_{task}" attachedToRef="{task}">{COMPENSATE.format("")}</bpmn:boundaryEvent>'
        + user(handler).replace("<bpmn:userTask ", '<bpmn:userTask isForCompensation="true" ')
        + f'<bpmn:association id="as_{task}" sourceRef="c_{task}" targetRef="{handler}"/>'
    )  # fmt: skip


def throw(ref: str = "") -> str:
    attribute = f' activityRef="{ref}"' if ref else ""
    return node("intermediateThrowEvent", "t", body=COMPENSATE.format(attribute))


def _two(ref: str = "") -> bytes:
    return diagram(
        START + undoable("a", "undo_a") + undoable("b", "undo_b") + user("c") + throw(ref) + user("u")
        + flows("s a", "a b", "b c", "c t", "t u")
    )  # fmt: skip


def test_what_was_done_is_undone_and_then_it_goes_on(run) -> None:
    case = run(_two()).start().complete("a").complete("b").complete("c")
    assert case.waiting == ["undo_a", "undo_b"]
    assert case.complete("undo_b").waiting == ["undo_a"]
    assert case.complete("undo_a").waiting == ["u"]


def test_one_activity_alone_can_be_compensated(run) -> None:
    case = run(_two("a")).start().complete("a").complete("b").complete("c")
    assert case.waiting == ["undo_a"]
    assert case.complete("undo_a").waiting == ["u"]


def test_what_was_not_done_is_not_undone(run) -> None:
    xml = diagram(
        START + node("exclusiveGateway", "g", attributes='default="f3"') + undoable("a", "undo_a") + throw() + user("u")
        + flows("s g", "g a: =do", "g t", "a t", "t u")
    )  # fmt: skip
    assert run(xml).start(do=False).waiting == ["u"]
    assert run(xml).start(do=True).complete("a").waiting == ["undo_a"]


def test_each_round_of_a_loop_is_undone(run) -> None:
    xml = diagram(
        START + undoable("a", "undo_a") + node("exclusiveGateway", "g", attributes='default="f3"') + throw() + user("u")
        + flows("s a", "a g", "g t", "g a: =again", "t u")
    )  # fmt: skip
    case = run(xml).start().complete("a", again=True).complete("a", again=False)
    assert case.waiting == ["undo_a", "undo_a"]


def test_a_completed_sub_process_is_compensated_inside(run) -> None:
    inner = node("startEvent", "is") + undoable("a", "undo_a") + '<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="a"/>'
    xml = diagram(START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + throw() + user("u") + flows("s sub", "sub t", "t u"))
    case = run(xml).start().complete("a")
    assert case.waiting == ["undo_a"]
    assert case.complete("undo_a").waiting == ["u"]


def _transaction(body: str, more: str = "") -> bytes:
    cancel = '<bpmn:boundaryEvent id="be" attachedToRef="tx"><bpmn:cancelEventDefinition/></bpmn:boundaryEvent>'
    return diagram(START + f'<bpmn:transaction id="tx">{body}</bpmn:transaction>' + cancel + user("ok") + user("cancelled") + more + flows("s tx", "tx ok", "be cancelled"))


def test_a_cancelled_transaction_undoes_what_was_done_and_leaves_by_the_cancel_event(run) -> None:
    body = (
        node("startEvent", "is") + undoable("a", "undo_a") + user("side") + user("b")
        + node("endEvent", "ce", body="<bpmn:cancelEventDefinition/>")
        + "".join(f'<bpmn:sequenceFlow id="i{n}" sourceRef="{s}" targetRef="{t}"/>' for n, (s, t) in enumerate([("is", "a"), ("a", "b"), ("is", "side"), ("b", "ce")]))
    )  # fmt: skip
    case = run(_transaction(body)).start().complete("a").complete("b")
    assert case.waiting == ["undo_a"]  # what still ran has ended
    assert case.complete("undo_a").waiting == ["cancelled"]


def test_a_transaction_that_is_not_cancelled_is_a_sub_process(run) -> None:
    body = node("startEvent", "is") + user("a") + '<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="a"/>'
    assert run(_transaction(body)).start().complete("a").waiting == ["ok"]


def test_compensation_inside_an_event_sub_process_undoes_what_its_scope_did(run) -> None:
    begin = f'<bpmn:startEvent id="es"><bpmn:signalEventDefinition signalRef="S"/></bpmn:startEvent>{throw()}<bpmn:sequenceFlow id="x" sourceRef="es" targetRef="t"/>'
    inner = (
        node("startEvent", "is") + undoable("a", "undo_a") + user("b") + f'<bpmn:subProcess id="esp" triggeredByEvent="true">{begin}</bpmn:subProcess>'
        + '<bpmn:sequenceFlow id="i1" sourceRef="is" targetRef="a"/><bpmn:sequenceFlow id="i2" sourceRef="a" targetRef="b"/>'
    )  # fmt: skip
    xml = diagram(START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + user("u") + flows("s sub", "sub u"), '<bpmn:signal id="S" name="undo"/>')
    case = run(xml).start().complete("a").trigger("es")
    assert case.waiting == ["undo_a"]
    assert case.complete("undo_a").waiting == ["u"]
