"""Who has the page of a task open: told to each other for a minute, and remembered nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.commands.at_task import PRESENT_FOR, BeAtTask, LeaveTask
from engine.commands.tidy_up import TidyUp
from engine.errors import NotFound
from engine.model.actor import SYSTEM
from engine.store import tables as t
from tests.dsl import AUDITOR, OWNER, START, Office, person
from tests.notify.test_events import ANN, BOB, case, employ

CEM = person("cem", "legal")


@pytest.fixture
def open_task(office: Office) -> tuple[Office, int]:
    """A task of finance."""
    case(employ(office))
    return office, office.task("a").key


def others(office: Office, key: int, actor: object) -> list[str]:
    return [one["username"] for one in office.run(BeAtTask(key), actor)["others"]]


def test_two_see_each_other_until_one_leaves(open_task: tuple[Office, int]) -> None:
    office, key = open_task
    assert office.run(BeAtTask(key), ANN) == {"others": []}
    assert office.run(BeAtTask(key), BOB)["others"] == [{"username": "ann", "since": f"{START:%Y-%m-%dT%H:%M:%S.%fZ}"}]
    assert others(office, key, ANN) == ["bob"]
    office.run(LeaveTask(key), BOB)
    office.run(LeaveTask(key), BOB)
    assert others(office, key, ANN) == []


def test_who_is_not_heard_of_has_left(open_task: tuple[Office, int]) -> None:
    office, key = open_task
    office.run(BeAtTask(key), ANN)
    office.clock.set(START + PRESENT_FOR - timedelta(seconds=1))
    assert others(office, key, BOB) == ["ann"]
    office.clock.set(START + PRESENT_FOR)
    assert others(office, key, BOB) == []


def test_the_first_to_come_stays_first_whoever_speaks_last(open_task: tuple[Office, int]) -> None:
    office, key = open_task
    for actor in (BOB, ANN):
        office.run(BeAtTask(key), actor)
        office.clock.set(office.clock.now() + timedelta(seconds=10))
    office.run(BeAtTask(key), BOB)
    assert others(office, key, AUDITOR) == ["bob", "ann"]


def test_a_substitute_is_there_as_who_it_is(open_task: tuple[Office, int]) -> None:
    office, key = open_task
    office.run(BeAtTask(key), replace(CEM, on_behalf_of="ann", groups=ANN.groups))
    assert others(office, key, BOB) == ["cem"]


def test_nobody_is_at_a_task_that_is_not_theirs_to_see(open_task: tuple[Office, int]) -> None:
    office, key = open_task
    before = office.snapshot()
    for command in (BeAtTask(key), LeaveTask(key), BeAtTask(10**9)):
        with pytest.raises(NotFound):
            office.run(command, CEM)
    assert office.snapshot() == before


def test_coming_and_going_is_announced_and_staying_is_not(open_task: tuple[Office, int], monkeypatch: pytest.MonkeyPatch) -> None:
    office, key = open_task
    told: list[str] = []

    class Ear:
        def announce(self, topic: str, data: dict[str, object]) -> None:
            told.append(f"{topic} {data['userTaskKey']}")

    monkeypatch.setattr(office.bus, "_announcer", Ear())
    for command in (BeAtTask(key), BeAtTask(key), LeaveTask(key), LeaveTask(key)):
        office.run(command, ANN)
    assert told == [f"task-presence {key}"] * 2


def test_it_leaves_no_trace(open_task: tuple[Office, int]) -> None:
    office, key = open_task
    history = office.events()
    office.run(BeAtTask(key), ANN)
    office.run(BeAtTask(key), OWNER)
    office.clock.set(START + PRESENT_FOR)
    office.run(TidyUp(), SYSTEM)
    assert office.rows(t.task_presence) == [] and office.events() == history
