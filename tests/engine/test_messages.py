"""Messages in depth: what is kept, for whom, how often; what is wrong is told to who sends it, not to who waits."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.create_instance import CreateInstance
from engine.commands.publish_message import PublishMessage
from engine.commands.tidy_up import TidyUp
from engine.errors import InvalidArgument
from engine.model.actor import SYSTEM
from engine.store import tables as t
from tests.dsl import OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user

START = node("startEvent", "s")
PAPER = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'


def waits(process_id: str = "p", more: str = "") -> bytes:
    """A process that waits for the paper with its number, then for a person."""
    receive = node("receiveTask", "r", attributes='messageRef="M"')
    return diagram(START + receive + user("u") + more + flows("s r", "r u"), PAPER, process_id)


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""}, {"name": "x" * 257}, {"correlation_key": "x" * 257}, {"time_to_live_ms": -1},
        {"time_to_live_ms": 10**15}, {"variables": {"": 1}}, {"variables": {"x" * 300: 1}}, {"name": "a\x00"},
    ],
)  # fmt: skip
def test_what_cannot_be_a_message_is_refused_before_it_is_kept(office: Office, values: dict[str, Any]) -> None:
    office.deploy(waits())
    before = office.snapshot()
    with pytest.raises(InvalidArgument):
        office.run(PublishMessage(**({"name": "paper", "correlation_key": "A", "time_to_live_ms": 60_000} | values)), WORKER)
    assert office.snapshot() == before


def test_a_signal_with_an_impossible_variable_is_refused_though_nobody_waits(office: Office) -> None:
    with pytest.raises(InvalidArgument):
        office.run(BroadcastSignal("fire", {"": 1}), OWNER)


def test_one_kept_message_reaches_one_case_of_each_process(office: Office) -> None:
    office.deploy(("p.bpmn", waits("p")))
    office.deploy(("q.bpmn", waits("q")))
    office.run(PublishMessage("paper", "A", 60_000), WORKER)
    reached = []
    for process_id in ("p", "p", "q", "q"):
        office.start(process_id, no="A")
        reached.append(office.waiting)
    assert reached == [["u"], [], ["u"], []]


def test_two_kept_messages_are_taken_in_their_order(office: Office) -> None:
    office.deploy(waits())
    for n in (1, 2):
        office.run(PublishMessage("paper", "A", 60_000, f"id{n}", {"n": n}), WORKER)
    seen = []
    for _ in range(2):
        office.start(no="A")
        seen.append(office.variables["n"])
    assert seen == [1, 2]


def test_the_oldest_waiting_case_is_reached_first(office: Office) -> None:
    office.deploy(waits())
    first, second = office.start(no="A"), office.start(no="A")
    answers = [office.run(CorrelateMessage("paper", "A"), WORKER)["processInstanceKey"] for _ in range(2)]
    assert answers == [str(first), str(second)]


@pytest.mark.parametrize(("given", "sent"), [(7, "7"), (7.0, "7"), ("7", "7"), (7.5, "7.5"), (True, None), (None, None)])
def test_numbers_are_compared_as_texts(office: Office, given: Any, sent: str | None) -> None:
    office.deploy(waits())
    office.start(no=given)
    if sent is None:
        assert [r.error_type for r in office.rows(t.incident)] == ["EXTRACT_VALUE_ERROR"]
    else:
        office.run(CorrelateMessage("paper", sent), WORKER)
        assert office.waiting == ["u"]


def test_the_key_is_fixed_when_waiting_begins(office: Office) -> None:
    from engine.commands.set_variables import SetVariables

    office.deploy(waits())
    office.start(no="A")
    office.run(SetVariables(office.key, {"no": "B"}), OWNER)
    office.run(CorrelateMessage("paper", "A"), WORKER)
    assert office.waiting == ["u"]


def test_a_case_that_ended_waits_for_nothing(office: Office) -> None:
    from engine.commands.cancel_instance import CancelInstance

    office.deploy(waits())
    office.start(no="A")
    office.run(CancelInstance(office.key), OWNER)
    assert office.rows(t.subscription) == []
    office.run(PublishMessage("paper", "A", 60_000), WORKER)
    assert office.instance.state == "TERMINATED"


def test_messages_that_expired_are_forgotten(office: Office) -> None:
    office.run(PublishMessage("paper", "A", 60_000), WORKER)
    office.run(PublishMessage("paper", "B", 600_000), WORKER)
    office.advance("PT5M")
    office.run(TidyUp(), SYSTEM)
    assert [r.correlation_key for r in office.rows(t.message, everything=True)] == ["B"]


def test_a_business_id_that_is_too_long_is_refused(office: Office) -> None:
    office.deploy(waits())
    with pytest.raises(InvalidArgument):
        office.run(CreateInstance("p", business_id="x" * 257), OWNER)
    with pytest.raises(InvalidArgument):
        office.run(CreateInstance("p", business_id="x\x00"), OWNER)
