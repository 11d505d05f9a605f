"""Administrators and auditors see which cases were kept long enough, before anybody deletes one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.commands.classify_instance import ClassifyInstance
from engine.commands.place_hold import PlaceHold
from engine.commands.retention_preview import preview_retention
from engine.errors import Forbidden
from engine.model.actor import SYSTEM, Actor
from tests.dsl import ADMIN, AUDITOR, OWNER, Office
from tests.proof.notary import TWO

YEARS = "P10Y"


def due(office: Office, actor: Actor = ADMIN, after: int = 0, limit: int = 50, default: str = "P10Y") -> Any:
    before, services = office.snapshot(), office.bus.services
    with office.database.read() as db:
        found = preview_retention(
            db, actor, services.definitions, services.zone, default, office.clock.now(), after, limit
        )
    assert office.snapshot() == before
    return found


def keys(found: Any) -> list[int]:
    return [int(item["processInstanceKey"]) for item in found[0]]


@pytest.fixture(autouse=True)
def deployed(office: Office) -> None:
    office.deploy(TWO)


def ended(office: Office) -> int:
    office.key = office.start(amount=5)
    office.complete("a", amount=6)
    office.complete("b")
    return office.key


def test_only_what_was_kept_as_long_as_it_must_be_is_due(office: Office) -> None:
    first = ended(office)
    office.start(amount=5)
    assert due(office) == ([], None)
    office.advance(YEARS)
    later = ended(office)
    (item,) = due(office)[0]
    assert (int(item["processInstanceKey"]), item["cases"], item["held"]) == (first, 1, False)
    assert item["events"] > 3 and item["endDate"] < item["keptUntil"] <= office.clock.now()
    assert keys(due(office, default="P1D")) == [first], "the other has just ended"
    office.advance("P2D")
    assert keys(due(office, default="P1D")) == [first, later]
    assert keys(due(office, default="forever")) == []


def test_what_is_held_is_listed_and_stays(office: Office) -> None:
    key = ended(office)
    office.run(PlaceHold(key, "a court asked for it"), OWNER)
    office.advance(YEARS)
    assert [item["held"] for item in due(office)[0]] == [True]


def test_page_by_page_in_the_order_of_their_keys(office: Office) -> None:
    every = [ended(office) for _ in range(3)]
    office.advance(YEARS)
    first = due(office, limit=2)
    assert (keys(first), first[1]) == (every[:2], every[1])
    assert (keys(due(office, after=first[1], limit=2)), due(office, after=first[1], limit=2)[1]) == (every[2:], None)
    assert due(office, limit=3)[1] is None, "there is nothing after them"


def test_a_case_above_ones_clearance_is_not_there(office: Office) -> None:
    key = ended(office)
    office.run(ClassifyInstance(key, "secret"), SYSTEM)
    office.advance(YEARS)
    assert due(office) == ([], None)
    assert keys(due(office, replace(ADMIN, clearance=2))) == [key]


def test_who_may_not_see_it(office: Office) -> None:
    assert due(office, AUDITOR) == ([], None)
    with pytest.raises(Forbidden):
        due(office, OWNER)
