"""Patterns of state, cancellation and triggers."""

from __future__ import annotations

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.publish_message import PublishMessage
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
KEY = '<bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements>'
MESSAGES = f'<bpmn:message id="M" name="answer">{KEY}</bpmn:message>'


def border(host: str) -> str:
    return node("boundaryEvent", "t", body=TIMER, attributes=f'attachedToRef="{host}"')


def test_16_deferred_choice(run) -> None:
    """The world outside decides: the answer or the time that is over."""
    events = node("intermediateCatchEvent", "m", body='<bpmn:messageEventDefinition messageRef="M"/>') + node("intermediateCatchEvent", "t", body=TIMER)
    parts = START + node("eventBasedGateway", "g") + events + user("a") + user("b")
    xml = diagram(parts + flows("s g", "g m", "g t", "m a", "t b"), MESSAGES)
    assert run(xml).start(k="1").trigger("m").waiting == ["a"]
    assert run(xml).start(k="1").trigger("t").waiting == ["b"]


def test_19_cancel_task(run) -> None:
    case = run(diagram(START + user("a") + user("b") + border("a") + flows("s a", "t b"))).start()
    assert case.trigger("t").waiting == ["b"]


def test_20_cancel_case(run) -> None:
    parts = START + node("parallelGateway", "g") + user("a") + user("b")
    case = run(diagram(parts + flows("s g", "g a", "g b"))).start()
    case.case.cancel_all()
    ended = case._settle().ended
    assert ended is not None and not ended.completed and case.waiting == []


def test_25_cancel_region(run) -> None:
    """The region is a sub-process; what stands outside it goes on."""
    inside = node("startEvent", "is") + node("parallelGateway", "h") + user("a") + user("b")
    inside += flows("is h", "h a", "h b").replace('id="f', 'id="i')
    parts = START + node("parallelGateway", "g") + f'<bpmn:subProcess id="x">{inside}</bpmn:subProcess>' + user("c")
    case = run(diagram(parts + border("x") + user("d") + flows("s g", "g x", "g c", "t d"))).start()
    assert case.trigger("t").waiting == ["c", "d"]


def test_40_interleaved_routing(run) -> None:
    """Each once, one at a time, in any order."""
    some = '<zeebe:adHoc activeElementsCollection="=order"/>'
    ad_hoc = node("adHocSubProcess", "x", some, user("a") + user("b") + user("c"), 'ordering="Sequential"')
    xml = diagram(START + ad_hoc + user("d") + flows("s x", "x d"))
    case = run(xml).start(order=["b", "c", "a"])
    for id in "bca":
        assert case.waiting == [id]
        case.complete(id)
    assert case.waiting == ["d"]


SIGNAL = '<bpmn:signal id="S" name="go"/>', '<bpmn:signalEventDefinition signalRef="S"/>'


def then_wait(event: str, root: str) -> bytes:
    """A task, then an event that is waited for, then another task."""
    return diagram(START + user("a") + node("intermediateCatchEvent", "c", body=event) + user("b") + flows("s a", "a c", "c b"), root)


def test_23_transient_trigger(small_office: Office) -> None:
    """A signal that nobody waits for is gone."""
    small_office.deploy(then_wait(SIGNAL[1], SIGNAL[0]))
    small_office.start()
    small_office.run(BroadcastSignal("go", {}), OWNER)
    small_office.settle()
    small_office.complete("a")
    assert small_office.waiting == []
    small_office.run(BroadcastSignal("go", {}), OWNER)
    small_office.settle()
    assert small_office.waiting == ["b"]


def test_24_persistent_trigger(small_office: Office) -> None:
    """A message is kept for its time until somebody waits for it."""
    small_office.deploy(then_wait('<bpmn:messageEventDefinition messageRef="M"/>', MESSAGES))
    small_office.start(k="1")
    small_office.run(PublishMessage("answer", "1", 60_000, None, {}), OWNER)
    small_office.complete("a")
    assert small_office.waiting == ["b"]
