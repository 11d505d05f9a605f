"""Events that start a case together, at the same moment: one case begins, and nothing that came is lost."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.commands.publish_message import PublishMessage
from engine.store import tables as t
from tests.concurrency.races import RacingOffice
from tests.dsl import OWNER, WORKER
from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_starts import message

MESSAGES = message("M", "order") + message("N", "payment") + '<bpmn:signal id="A" name="a"/>'
EVENTS = {
    "order": '<bpmn:messageEventDefinition messageRef="M"/>', "payment": '<bpmn:messageEventDefinition messageRef="N"/>',
    "a": '<bpmn:signalEventDefinition signalRef="A"/>',
}  # fmt: skip


def all_of(*names: str) -> bytes:
    """A process that begins when all of these events have come."""
    body = "".join(EVENTS[n] for n in names)
    start = node("startEvent", "s", body=body, attributes='parallelMultiple="true"')
    return diagram(start + user("u") + flows("s u"), MESSAGES)


def gateway(*names: str) -> bytes:
    """A process that begins with any of these events and waits for the others."""
    first = node("eventBasedGateway", "g", attributes='instantiate="true" eventGatewayType="Parallel"')
    events = "".join(node("intermediateCatchEvent", f"c_{n}", body=EVENTS[n]) for n in names)
    return diagram(first + events + user("u") + flows(*(f"g c_{n}" for n in names), *(f"c_{n} u" for n in names)), MESSAGES)


def comes(racing: RacingOffice, name: str) -> Any:
    """The command that brings an event, ready to be raced."""
    if name == "a":
        return partial(racing.run, BroadcastSignal("a", {"no": "1"}), OWNER)
    return partial(racing.run, PublishMessage(name, "1", 0, None, {"no": "1", name: True}), WORKER)


@pytest.mark.parametrize("names", [("order", "payment"), ("payment", "a"), ("a", "order")])
def test_the_two_events_that_a_case_needs(racing: RacingOffice, names: tuple[str, str]) -> None:
    racing.deploy(all_of(*names))
    racing.race(comes(racing, names[0]), comes(racing, names[1]))
    (case,) = racing.rows(t.process_instance, everything=True)
    racing.key = case.key
    assert racing.waiting == ["u"] and racing.rows(t.start_arrival, everything=True) == []
    assert racing.verified()


@pytest.mark.parametrize("names", [("order", "payment"), ("payment", "a"), ("a", "order")])
def test_the_second_event_of_a_gateway_comes_to_the_case_of_the_first(
    racing: RacingOffice, names: tuple[str, str]
) -> None:
    racing.deploy(gateway(*names))
    racing.race(comes(racing, names[0]), comes(racing, names[1]))
    (case,) = racing.rows(t.process_instance, everything=True)
    racing.key = case.key
    assert racing.waiting == ["u", "u"] and racing.verified()


@pytest.mark.parametrize("event_first", [True, False])
def test_an_event_and_a_new_version(racing: RacingOffice, event_first: bool) -> None:
    xml = all_of("order", "payment")
    racing.deploy(xml)
    new = partial(racing.run, Deploy((Resource("p.bpmn", xml.replace(b'name="u"', b'name="v"')),)), OWNER)
    first, second = comes(racing, "order"), new
    racing.race(*((first, second) if event_first else (second, first)))
    comes(racing, "payment")()
    (case,) = racing.rows(t.process_instance, everything=True)
    assert case.version == 2 and racing.verified()
