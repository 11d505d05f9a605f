"""A diagram sends a message to the other processes: cases begin with it, and cases that wait for it go on."""

from __future__ import annotations

from typing import Any

import pytest

from engine.store import tables as t
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

DECLARED = '<bpmn:message id="M" name="approved"/>'
WAITED = (
    '<bpmn:message id="M" name="approved"><bpmn:extensionElements><zeebe:subscription correlationKey="=plan"/>'
    "</bpmn:extensionElements></bpmn:message>"
)
EVENT = '<bpmn:messageEventDefinition messageRef="M"/>'


def sends(**inputs: str) -> bytes:
    """Process p: a task, then an end event that sends the message."""
    given = "".join(f'<zeebe:input source="{source}" target="{target}"/>' for target, source in inputs.items())
    job = f'<zeebe:taskDefinition type="krabuan:message"/><zeebe:ioMapping>{given}</zeebe:ioMapping>'
    body = node("startEvent", "s") + user("a") + node("endEvent", "e", job, EVENT) + flows("s a", "a e")
    return diagram(body, DECLARED)


def begins() -> bytes:
    """Process q, which begins with the message."""
    body = node("startEvent", "s", body=EVENT) + user("watch") + node("endEvent", "e") + flows("s watch", "watch e")
    return diagram(body, DECLARED, process_id="q")


def waits() -> bytes:
    """Process r, which waits for the message about its plan."""
    body = node("startEvent", "s") + node("intermediateCatchEvent", "c", body=EVENT) + user("go") + node("endEvent", "e")
    return diagram(body + flows("s c", "c go", "go e"), WAITED, process_id="r")


def cases(office: Office) -> dict[str, Any]:
    return {row.process_id: row for row in office.rows(t.process_instance)}


def went_on(office: Office) -> list[int]:
    """The cases of process r that have their task."""
    return [row.process_instance_key for row in office.rows(t.user_task, everything=True) if row.element_id == "go"]


def test_a_case_begins_with_what_another_one_sends(office: Office) -> None:
    office.deploy(sends(variables="={plan: name, year: 2569}"), ("q.bpmn", begins()))
    office.start(name="Digital plan")
    office.complete("a")
    office.settle()
    assert {name: row.state for name, row in cases(office).items()} == {"p": "COMPLETED", "q": "ACTIVE"}
    assert cases(office)["q"].start_message == "approved"
    assert office.event("message-sent") == {"name": "approved", "correlationKey": ""}
    assert office.verified()
    office.key = cases(office)["q"].key
    assert office.variables == {"plan": "Digital plan", "year": 2569}


def test_the_case_that_waits_with_its_key_goes_on_and_the_others_stay(office: Office) -> None:
    office.deploy(sends(correlationKey="=name"), ("r.bpmn", waits()))
    office.start("r", plan="A")
    second = office.start("r", plan="B")
    office.start(name="B")
    office.complete("a")
    office.settle()
    assert went_on(office) == [second]


def test_one_that_is_kept_reaches_who_begins_to_wait_later_and_is_gone_after_its_time(office: Office) -> None:
    office.deploy(sends(correlationKey="=name", timeToLive="P1D"), ("r.bpmn", waits()))
    office.start(name="A")
    office.complete("a")
    office.settle()
    found = office.start("r", plan="A")
    assert went_on(office) == [found]
    office.advance("P1DT1S")
    office.start("r", plan="A")
    assert went_on(office) == [found]


def test_nothing_happens_where_nobody_waits(office: Office) -> None:
    office.deploy(sends())
    office.start()
    office.complete("a")
    office.settle()
    assert [(row.process_id, row.state) for row in office.rows(t.process_instance)] == [("p", "COMPLETED")]
    assert office.rows(t.incident) == []


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"correlationKey": "=1"}, "'correlationKey' must be a text"),
        ({"correlationKey": "=name", "variables": "=[1]"}, "'variables' must have names and values"),
        ({"timeToLive": "P1M"}, "'timeToLive' must be a duration in days"),
        ({"timeToLive": "-P1D"}, "'timeToLive' must be a duration in days"),
        ({"timeToLive": "P367D"}, "'timeToLive' is at most 366 days"),
        ({"timeToLive": "=5"}, "'timeToLive' must be a duration in days"),
    ],
)
def test_what_is_no_message_is_an_incident_and_sends_nothing(office: Office, inputs: dict[str, str], why: str) -> None:
    office.deploy(sends(**inputs), ("q.bpmn", begins()))
    office.start(name="A")
    office.complete("a")
    office.settle()
    (incident,) = office.rows(t.incident)
    assert why in incident.message and incident.element_id == "e"
    assert set(cases(office)) == {"p"}


def test_a_listener_of_this_kind_becomes_an_incident(office: Office) -> None:
    """Only an event knows which message it sends."""
    one = '<zeebe:executionListener eventType="start" type="krabuan:message"/>'
    listener = f"<zeebe:executionListeners>{one}</zeebe:executionListeners>"
    office.deploy(diagram(node("startEvent", "s") + user("a", listener) + node("endEvent", "e") + flows("s a", "a e")))
    office.start()
    office.settle()
    (incident,) = office.rows(t.incident)
    assert "the job of a message event whose message has a name" in incident.message
