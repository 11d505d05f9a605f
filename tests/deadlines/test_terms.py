"""Terms as laws and manuals give them, from the diagram to the rows: recurring dates, civil periods, moved last days."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.store import tables as t
from tests.deadlines.test_clocks import process
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

BEFORE_SONGKRAN = "2026-04-10T16:00:00+07:00"


def term(attributes: str) -> bytes:
    return process(f'<krabuan:deadline id="dl" from="=aware_at" stoppedBy="b" {attributes}/>')


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("attributes", "start", "due"),
    [
        ('at="--04-05 --10-05"', BEFORE_SONGKRAN, "2026-10-05T23:59:59"),
        ('at="--04-05 --10-05" lastDay="nextWorkingDay"', "2026-04-03T09:00:00+07:00", "2026-04-07T23:59:59"),
        ('at="end-of-fiscal-quarter"', BEFORE_SONGKRAN, "2026-06-30T23:59:59"),
        ('at="R/P3M"', BEFORE_SONGKRAN, "2026-07-10T23:59:59"),
        ('duration="P1M" calendar="civil"', BEFORE_SONGKRAN, "2026-05-11T16:30:00"),
        ('duration="P3D" calendar="calendar"', BEFORE_SONGKRAN, "2026-04-13T16:00:00"),
        ('duration="P3D" calendar="calendar" lastDay="nextWorkingDay"', BEFORE_SONGKRAN, "2026-04-16T16:00:00"),
        ('duration="P3D" calendar="working"', BEFORE_SONGKRAN, "2026-04-20T16:30:00"),
        ('duration="PT72H" calendar="hours"', BEFORE_SONGKRAN, "2026-04-13T16:00:00"),
    ],
)
def test_a_clock_ends_as_the_diagram_says(office: Office, attributes: str, start: str, due: str) -> None:
    office.deploy(term(attributes))
    office.start(aware_at=start)
    assert [row.due_at for row in office.rows(t.deadline)] == [at(due)]


@pytest.mark.parametrize(
    ("attributes", "due"),
    [
        ('standardTime="--04-05 --10-05" calendar="recurring"', "2026-10-05T23:59:59"),
        ('standardTime="end-of-month" calendar="recurring"', "2026-04-30T23:59:59"),
        ('standardTime="R/P3M" calendar="recurring"', None),  # how often, not by when
        ('standardTime="P1M" calendar="civil"', "2026-05-11T16:30:00"),
        ('standardTime="P3D" calendar="calendar" lastDay="nextWorkingDay"', "2026-04-16T16:00:00"),
    ],
)
def test_a_task_is_due_as_its_step_says(office: Office, attributes: str, due: str | None) -> None:
    step = f'<krabuan:step key="k" number="1" {attributes}/>'
    office.deploy(diagram(node("startEvent", "s") + user("a", step) + node("endEvent", "e") + flows("s a", "a e")))
    office.start()
    rows: list[Any] = office.rows(t.user_task)
    assert [row.due_at for row in rows] == [at(due) if due else None]
