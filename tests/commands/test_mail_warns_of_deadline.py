"""A krabuan:mail that names a deadline: the deadline's own record shows who was told when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.model.actor import SYSTEM
from engine.scenarios.world import Template, World
from engine.store.tables import deadline, incident, notification
from tests.execution.bench import diagram, flows, node, user

AT = datetime(2026, 4, 10, 9, tzinfo=UTC)
ORGANISATION = "units: [{key: data_group, th: กลุ่ม, en: Group}]\n"


def warning_process(clock_id: str) -> bytes:
    """A task with a clock of two hours, and a mail after one that warns of the clock `clock_id`."""
    clock = '<krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="PT2H" stoppedBy="a"/>'
    inputs = f'<zeebe:input source="data_group" target="to"/><zeebe:input source="{clock_id}" target="deadline"/>'
    texts = '<zeebe:input source="s" target="subject"/><zeebe:input source="b" target="body"/>'
    mail = f'<zeebe:taskDefinition type="krabuan:mail"/><zeebe:ioMapping>{inputs}{texts}</zeebe:ioMapping>'
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
    return diagram(
        f"<bpmn:extensionElements>{clock}</bpmn:extensionElements>"
        + node("startEvent", "s") + user("a") + node("endEvent", "e")
        + node("boundaryEvent", "t", body=timer, attributes='attachedToRef="a" cancelActivity="false"')
        + node("sendTask", "m", mail) + node("endEvent", "e2") + flows("s a", "a e", "t m", "m e2")
    )  # fmt: skip


@pytest.fixture
def worlds() -> Iterator[list[World]]:
    """Worlds that are closed after the test."""
    made: list[World] = []
    yield made
    for world in made:
        world.close()


def one_hour_later(worlds: list[World], clock_id: str) -> World:
    """The process started and the hour of its warning over."""
    template = Template([Resource("p.bpmn", warning_process(clock_id))], ORGANISATION)
    world = template.world(AT)
    template.close()
    worlds.append(world)
    world.bus.run(CreateInstance("p", variables={"aware_at": AT.isoformat()}), SYSTEM)
    world.settle()
    world.advance(timedelta(hours=1))
    return world


def rows(world: World, query: Any) -> list[Any]:
    """The first column of a query's rows."""
    with world.database.read() as db:
        return list(db.execute(query).scalars())


def test_the_warning_stands_in_the_deadline(worlds: list[World]) -> None:
    world = one_hour_later(worlds, "dl")
    [warnings] = rows(world, select(deadline.c.warnings))
    assert warnings == [{"at": (AT + timedelta(hours=1)).isoformat(), "to": ["data_group"]}]
    assert rows(world, select(incident.c.key)) == []


def test_a_deadline_that_the_case_does_not_have_is_an_incident(worlds: list[World]) -> None:
    world = one_hour_later(worlds, "dl-other")
    assert rows(world, select(deadline.c.warnings)) == [[]]
    [message] = rows(world, select(incident.c.message))
    assert "dl-other" in message
    assert rows(world, select(notification.c.key)) == []  # nothing is sent twice once the incident is resolved
