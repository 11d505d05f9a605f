"""What the instances of a loop throw, in the office: caught at the border at once, and by others after the commit."""

from __future__ import annotations

from engine.store import tables as t
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_loop_events import NONE, ONE, ROOTS, around, loop

S = node("startEvent", "s")


def listener(process_id: str = "q") -> bytes:
    """A process that waits for the signal in a task's border, again and again."""
    border = node("boundaryEvent", "b", body='<bpmn:signalEventDefinition signalRef="S"/>', attributes='attachedToRef="w" cancelActivity="false"')
    return diagram(S + user("w") + border + user("heard") + flows("s w", "b heard"), ROOTS, process_id)


def waiting_of(office: Office, key: int) -> list[str]:
    return sorted(r.element_id for r in office.rows(t.user_task, everything=True) if r.process_instance_key == key and r.state == "CREATED")


def test_a_signal_is_caught_once_at_the_border_and_once_by_everybody_else(office: Office) -> None:
    office.deploy(("p.bpmn", around(loop(NONE.format("ds")), "ds")), ("q.bpmn", listener()))
    other = office.start("q")
    mine, second = office.start("p", items=[1, 2]), office.start("p", items=[1, 2])
    office.key = mine
    office.complete("a")
    assert waiting_of(office, mine) == ["a", "v_ds"]
    assert waiting_of(office, other) == ["heard", "w"]
    assert waiting_of(office, second) == ["a", "a", "v_ds"]  # another case at the same activity hears the broadcast
    office.complete("a")
    assert waiting_of(office, mine) == ["u", "v_ds", "v_ds"]
    assert waiting_of(office, other) == ["heard", "heard", "w"]
    assert office.verified()


def test_a_message_to_the_border_stands_in_the_history_as_any_other(office: Office) -> None:
    office.deploy(around(loop(ONE.format("dm")), "dm"))
    office.start(items=[1, 2], office="x")
    office.complete("a")
    assert office.waiting == ["a", "v_dm"]
    assert office.events("message-received") == [("message-received", "b_dm")]
    told = office.event("message-received")
    assert (told["name"], told["correlationKey"], told["variables"]["loopCounter"]) == ("m", "x", 1)
    assert office.verified()


def test_what_the_last_instance_throws_is_caught_before_the_activity_is_gone(office: Office) -> None:
    office.deploy(around(loop(ONE.format("ds")), "ds", interrupting=True))
    office.start(items=[1])
    office.complete("a")
    assert office.waiting == ["v_ds"]
    assert office.variables["numberOfCompletedInstances"] == 1
    assert office.events("signal-thrown") == [("signal-thrown", "a")]
    assert office.verified()
