"""When a task inside a step of several tasks is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.model.actor import SYSTEM
from engine.scenarios.world import Template
from engine.store.tables import user_task
from tests.execution.bench import diagram, flows, node, user

AT = datetime(2026, 4, 10, 9, tzinfo=UTC)
OUTER = '<krabuan:step key="outer" number="6" standardTime="P1D" calendar="calendar"/>'


def due_inside(own_step: str) -> datetime | None:
    """The due time of a task with `own_step` inside a step of one day that begins at AT."""
    inner = node("startEvent", "s2") + user("a", own_step) + node("endEvent", "e2") + flows("s2 a", "a e2")
    inner = inner.replace('id="f', 'id="g')
    body = node("startEvent", "s") + node("subProcess", "sub", OUTER, inner) + node("endEvent", "e")
    template = Template([Resource("p.bpmn", diagram(body + flows("s sub", "sub e")))], None)
    world = template.world(AT)
    template.close()
    try:
        world.bus.run(CreateInstance("p"), SYSTEM)
        with world.database.read() as db:
            due: datetime | None = db.execute(select(user_task.c.due_at)).scalar_one()
        return due
    finally:
        world.close()


@pytest.mark.parametrize(
    ("own_step", "days"),
    [
        ("", 1),
        ('<krabuan:step key="part" parent="outer"/>', 1),
        ('<krabuan:step key="part" parent="outer" standardTime="P3D" calendar="calendar"/>', 3),
    ],
)
def test_a_task_within_a_step_has_its_own_time_or_that_of_the_step(own_step: str, days: int) -> None:
    assert due_inside(own_step) == AT + timedelta(days=days)


def test_a_step_that_is_no_sub_step_and_has_no_time_is_never_due() -> None:
    assert due_inside('<krabuan:step key="other"/>') is None
