"""The variants of a version: the paths that cases really took, loops folded, and who may have them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

import engine.reports.variants as variants_module
from engine.commands.cancel_instance import CancelInstance
from engine.commands.classify_instance import ClassifyInstance
from engine.errors import Forbidden, NotFound, ReportTooLarge
from engine.model.actor import SYSTEM, Actor
from engine.reports.variants import folded, variants_of_version
from engine.reports.versions import VersionWanted
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.reports.office import step

APRIL = date(2026, 4, 1)


def process() -> bytes:
    """Task a (one day), then back to it while `again`; then b."""
    body = node("startEvent", "s") + user("a", step("k", 1)) + node("exclusiveGateway", "g", attributes='default="f4"')
    return diagram(body + user("b") + node("endEvent", "e") + flows("s a", "a g", "g a: =again", "g b", "b e"))


def variants(office: Office, actor: Actor = OWNER, key: int | None = None) -> dict[str, Any]:
    services = office.bus.services
    diagrams: Any = lambda db, key: services.definitions.process(db, key).definition.process  # noqa: E731
    if key is None:
        key = office.rows(t.process_definition, everything=True)[-1].key
    with office.database.read() as db:
        calendar = services.office(db, datetime(2026, 4, 1, tzinfo=UTC))
        return variants_of_version(db, actor, diagrams, VersionWanted(key, "MONTH", APRIL), calendar, office.clock.now())


def paths(found: dict[str, Any]) -> list[tuple[str, int]]:
    """Each path, with + at what was repeated, and how many cases took it."""
    return [
        (" ".join(s["elementId"] + "+" * s["repeated"] for s in one["steps"]), one["cases"]) for one in found["items"]
    ]


def straight(office: Office) -> int:
    office.start(again=False)
    office.complete("a")
    office.complete("b")
    return office.key


@pytest.fixture
def worked(office: Office) -> Office:
    """Two cases went straight, one of them late; one went back twice; one was cancelled at a; one still stands at a."""
    office.deploy(process())
    straight(office)
    office.start(again=True)
    office.complete("a").complete("a").complete("a", again=False)
    office.complete("b")
    office.start(again=False)
    office.advance("P2D")
    office.complete("a")
    office.complete("b")
    office.start()
    office.run(CancelInstance(office.key, "มาผิดที่"), ADMIN)
    office.settle()
    office.start()
    return office


def test_each_path_with_its_share_and_loops_told_once(worked: Office) -> None:
    found = variants(worked)
    assert found["cases"] == 4
    assert sorted(paths(found)) == [("a", 1), ("a b", 2), ("a+ b", 1)]
    first = found["items"][0]
    assert (first["cases"], first["sharePercent"], first["lateSteps"], first["canceled"]) == (2, 50.0, 1, 0)
    assert first["duration"]["counted"] == 2 and first["duration"]["totalSeconds"] == 2 * 24 * 3600
    cancelled = next(one for one in found["items"] if one["canceled"])
    assert [s["elementId"] for s in cancelled["steps"]] == ["a"]
    assert found["others"] == {"variants": 0, "cases": 0}


def test_the_latest_cases_of_each_are_named(worked: Office) -> None:
    before = variants(worked)["items"][0]["processInstanceKeys"]
    key = straight(worked)
    assert variants(worked)["items"][0]["processInstanceKeys"] == [str(key), *before]


def test_what_is_beyond_ones_class_counts_for_nothing(worked: Office) -> None:
    worked.run(ClassifyInstance(straight(worked), "secret", "ตามคำสั่ง"), SYSTEM)
    assert variants(worked, AUDITOR)["items"][0]["cases"] == 2


def test_rare_ones_are_counted_together(worked: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variants_module, "MOST_SHOWN", 1)
    found = variants(worked)
    assert (len(found["items"]), found["others"]) == (1, {"variants": 2, "cases": 2})


def test_too_much_is_refused(worked: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variants_module, "LARGEST", 5)
    with pytest.raises(ReportTooLarge):
        variants(worked)


def test_only_for_who_may_have_the_whole_process_reported(worked: Office) -> None:
    assert variants(worked, AUDITOR)["cases"] == variants(worked)["cases"]
    with pytest.raises(Forbidden):
        variants(worked, person("ann"))
    with pytest.raises(NotFound):
        variants(worked, key=1)


@pytest.mark.parametrize(
    ("elements", "path"),
    [
        ("", ""), ("a", "a"), ("a a a", "a+"), ("a b a b c", "a+ b+ c"), ("a b c a b c", "a+ b+ c+"),
        ("a a b a a b", "a+ b+"), ("a b a", "a b a"), ("a b b a b", "a+ b+"),
    ],
)  # fmt: skip
def test_what_was_repeated_on_end_is_told_once(elements: str, path: str) -> None:
    assert " ".join(name + "+" * repeated for name, repeated in folded(elements.split())) == path
