"""A receive task has its own message beside the events on its border."""

from __future__ import annotations

import pytest

from tests.execution.bench import diagram, flows, node, user

MESSAGE = (
    '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/>'
    "</bpmn:extensionElements></bpmn:message>"
)
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=items" inputElement="no"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)


def _xml(interrupting: str, loop: str = "") -> bytes:
    return diagram(
        node("startEvent", "s") + node("receiveTask", "r", body=loop, attributes='messageRef="M"')
        + node("boundaryEvent", "t", body=TIMER, attributes=f'attachedToRef="r" cancelActivity="{interrupting}"')
        + user("in_time") + user("late") + flows("s r", "r in_time", "t late"), MESSAGE,
    )  # fmt: skip


@pytest.mark.parametrize(("event", "goes_to"), [("r", ["in_time"]), ("t", ["late"])])
def test_the_message_or_the_timer_whichever_comes_first(run, event: str, goes_to: list[str]) -> None:
    case = run(_xml("true")).start(no=1)
    assert case.waiting == ["r", "t"]
    assert case.trigger(event).waiting == goes_to
    assert case.waiting_for == {}


def test_a_reminder_on_its_border_leaves_it_waiting(run) -> None:
    case = run(_xml("false")).start(no=1).trigger("t")
    assert case.waiting == ["late", "r"]
    assert case.trigger("r").waiting == ["in_time", "late"]


def test_in_a_loop_each_instance_has_its_message_and_the_body_the_timer(run) -> None:
    case = run(_xml("true", LOOP)).start(items=["a", "b"])
    assert case.waiting == ["r", "r", "t"]
    assert sorted(w.correlation_key for w in case.waiting_for.values() if w.element_id == "r") == ["a", "b"]
    assert case.trigger("r").waiting == ["r", "t"]
    assert case.trigger("r").waiting == ["in_time"]
