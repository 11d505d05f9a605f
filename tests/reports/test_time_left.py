"""What is left of a task's standard time, in office time."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import NotFound
from engine.reports.time_left import get_time_left
from engine.store.tables import user_task
from tests.dsl import OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user

HOUR = 3600


def left(office: Office, actor: Any = OWNER, key: int | None = None) -> dict[str, Any]:
    """Of task a; the office has its usual hours and holidays."""
    services = office.bus.services
    diagrams: Any = lambda db, key: services.definitions.process(db, key).definition.process  # noqa: E731
    with office.database.read() as db:
        key = key or office.rows(user_task)[0].key
        return get_time_left(db, actor, diagrams, services.office_of, key, office.clock.now())


def began(office: Office, step: str) -> Office:
    office.deploy(diagram(node("startEvent", "s") + user("a", step) + node("endEvent", "e") + flows("s a", "a e")))
    office.start()
    return office


def step(calendar: str, time: str = "P3D") -> str:
    return f'<krabuan:step key="k" standardTime="{time}" calendar="{calendar}"/>'


def test_nights_and_holidays_take_nothing_of_it(office: Office) -> None:
    """Friday 10 April 16:00, and three working days: over Songkran until Monday 20 April, 16:30."""
    found = left(began(office, step("working")))
    assert (found["standardDueDate"], found["calendar"]) == ("2026-04-20T09:30:00.000000Z", "working")
    assert found["workingSecondsLeft"] == 0.5 * HOUR + 3 * 7 * HOUR
    assert left(office.advance("P5D"))["workingSecondsLeft"] == 3 * 7 * HOUR - 0 * HOUR
    assert left(office.advance("P30D"))["workingSecondsLeft"] < 0


@pytest.mark.parametrize("calendar", ["calendar", "hours"])
def test_time_that_runs_day_and_night_is_not_told_in_office_time(small_office: Office, calendar: str) -> None:
    found = left(began(small_office, step(calendar, "PT72H")))
    assert (found["calendar"], found["workingSecondsLeft"]) == (calendar, None)


def test_of_what_is_done_nothing_is_left(small_office: Office) -> None:
    found = left(began(small_office, step("working")).complete("a"))
    assert found["standardDueDate"] is not None and found["workingSecondsLeft"] is None


def test_a_task_without_standard_time_has_none(small_office: Office) -> None:
    found = left(began(small_office, '<krabuan:step key="k"/>'))
    assert found == {"standardDueDate": None, "calendar": None, "workingSecondsLeft": None}


def test_who_may_not_see_the_task_finds_none(small_office: Office) -> None:
    began(small_office, step("working"))
    with pytest.raises(NotFound):
        left(small_office, person("stranger"))
    with pytest.raises(NotFound):
        left(small_office, OWNER, 1)
