"""The heat of a version: what was passed, how long it took and what was late, for whoever may have it reported."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.delete_instance import DeleteInstance
from engine.errors import Forbidden, NotFound, PeriodRefused
from engine.model.access import CLASSES
from engine.model.actor import SYSTEM, Actor
from engine.reports.heat import heat_of_version
from engine.reports.versions import VersionWanted
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person
from tests.reports.office import process

APRIL = date(2026, 4, 1)


def heat(office: Office, actor: Actor = OWNER, key: int | None = None, first: date = APRIL) -> dict[str, Any]:
    services = office.bus.services
    diagrams: Any = lambda db, key: services.definitions.process(db, key).definition.process  # noqa: E731
    if key is None:
        key = office.rows(t.process_definition, everything=True)[-1].key
    with office.database.read() as db:
        calendar = services.office(db, datetime(2026, 4, 1, tzinfo=UTC))
        return heat_of_version(db, actor, diagrams, VersionWanted(key, "MONTH", first), calendar, office.clock.now())


def elements(found: dict[str, Any], figure: str) -> dict[str, Any]:
    return {element["elementId"]: element[figure] for element in found["elements"]}


@pytest.fixture
def worked(office: Office) -> Office:
    """One case did a in time and b late and stands at c; another was cancelled at a; a third stands at a."""
    office.deploy(process())
    office.start()
    office.complete("a")
    office.advance("P3D")
    office.complete("b")
    office.start()
    office.run(CancelInstance(office.key, "มาผิดที่"), ADMIN)
    office.settle()
    office.start()
    return office


def test_what_was_passed_is_counted_on_elements_and_flows(worked: Office) -> None:
    found = heat(worked)
    assert found["cases"] == 3
    assert elements(found, "completed") == {"s": 3, "a": 1, "b": 1, "c": 0}
    assert elements(found, "canceled") == {"s": 0, "a": 1, "b": 0, "c": 0}
    assert elements(found, "active") == {"s": 0, "a": 1, "b": 0, "c": 1}
    assert {flow["elementId"]: flow["taken"] for flow in found["flows"]} == {"f1": 3, "f2": 1, "f3": 1}


def test_what_was_late_is_told_of_steps_with_a_standard_time(worked: Office) -> None:
    found = heat(worked)
    assert elements(found, "late") == {"s": 0, "a": 0, "b": 1, "c": 0}
    assert elements(found, "sharePercent") == {"s": None, "a": 100.0, "b": 0.0, "c": None}


def test_waiting_and_working_are_in_the_time_of_the_office(worked: Office) -> None:
    """Task b waited from Friday 16:00 to Monday 16:00, and was done as soon as it was claimed."""
    [b] = [element for element in heat(worked)["elements"] if element["elementId"] == "b"]
    waited, worked_on = b["officeWaiting"], b["officeWorking"]
    assert (waited["counted"], worked_on["totalSeconds"]) == (1, 0)
    assert 0 < waited["medianSeconds"] < 24 * 3600


def test_another_period_and_another_version_know_nothing_of_it(worked: Office) -> None:
    before = heat(worked, first=date(2026, 3, 1))
    assert (before["cases"], before["elements"], before["flows"]) == (0, [], [])
    worked.deploy(process() + b" ")
    newer = heat(worked)
    assert (newer["version"], newer["cases"], newer["elements"]) == (2, 0, [])


def test_what_is_deleted_counts_for_nothing(worked: Office) -> None:
    ended = next(row.key for row in worked.rows(t.process_instance, everything=True) if row.state == "TERMINATED")
    worked.run(DeleteInstance(ended), ADMIN)
    worked.settle()
    found = heat(worked)
    assert (found["cases"], elements(found, "canceled")["a"]) == (2, 0)
    assert {flow["elementId"]: flow["taken"] for flow in found["flows"]}["f1"] == 2


def test_a_case_above_ones_class_does_not_count(worked: Office) -> None:
    worked.run(ClassifyInstance(worked.key, CLASSES[1]), SYSTEM)
    assert heat(worked, AUDITOR)["cases"] == 2
    assert elements(heat(worked, AUDITOR), "active")["a"] == 0


def test_only_who_may_have_the_whole_process_reported_is_told(worked: Office) -> None:
    assert heat(worked, AUDITOR)["cases"] == heat(worked, ADMIN)["cases"] == 3
    with pytest.raises(Forbidden):
        heat(worked, person("ann", "finance"))
    with pytest.raises(Forbidden):
        heat(worked, Actor("narrow", roles=frozenset({"process-owner"}), owned=frozenset({"another"})))
    with pytest.raises(NotFound):
        heat(worked, key=1)
    with pytest.raises(PeriodRefused):
        heat(worked, first=date(1, 1, 1))
