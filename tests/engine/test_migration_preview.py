"""What a migration would do is told before it is done, and telling it changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.batch_plans import command_of
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.migration_preview import preview_migration
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.model.actor import SYSTEM, Actor
from engine.model.batch import MIGRATE
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

START = node("startEvent", "s")
STEP = '<krabuan:step key="check" number="1" standardTime="{}" calendar="working"/>'
CLOCK = (
    '<krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="{}" calendar="hours" stoppedBy="{}">'
    '<krabuan:text lang="th">แจ้งภายในกำหนด</krabuan:text><krabuan:text lang="en">Tell in time</krabuan:text>'
    "</krabuan:deadline>"
)


def box(inner: str) -> str:
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


def two_steps(first: str, second: str, extra: str = "", own: str = "") -> bytes:
    """Two tasks one after the other; `extra` stands in the first, `own` in the process."""
    head = box(own) if own else ""
    return diagram(head + START + user(first, extra) + user(second) + flows(f"s {first}", f"{first} {second}"))


def versions(office: Office, old: bytes, new: bytes, cases: int = 1) -> tuple[int, int]:
    """The keys of both versions; so many cases are of the old one."""
    office.deploy(old)
    for _ in range(cases):
        office.start(aware_at=office.clock.now().isoformat())
    office.deploy(new + b"\n")  # the same bytes would be the same version
    rows = office.rows(t.process_definition, everything=True)
    return rows[-2].key, rows[-1].key


def preview(office: Office, source: int, target: int, pairs: Any = None, actor: Actor = OWNER) -> dict[str, Any]:
    before = office.snapshot()
    definitions = office.bus.services.definitions
    with office.database.read() as db:
        found = preview_migration(db, actor, definitions, source, target, pairs)
    assert office.snapshot() == before
    return found


def mapped(found: dict[str, Any]) -> dict[str, str | None]:
    return {pair["sourceElementId"]: pair["targetElementId"] for pair in found["mapping"]}


def test_elements_of_the_same_id_and_kind_are_proposed(office: Office) -> None:
    new = diagram(START + user("a") + node("manualTask", "b") + flows("s a", "a b"))
    found = preview(office, *versions(office, two_steps("a", "b"), new, cases=2))
    assert mapped(found) == {"s": "s", "a": "a", "b": None}
    assert found["cases"] == {"total": 2, "looked": 2, "possible": 2}
    active = {pair["sourceElementId"]: pair["active"] for pair in found["mapping"]}
    assert active == {"s": 0, "a": 2, "b": 0}
    assert (found["faults"], found["secondPerson"]) == ([], False)


def test_a_step_is_known_by_its_key_where_its_id_has_changed(office: Office) -> None:
    keys = versions(office, two_steps("a", "b", STEP.format("P3D")), two_steps("first", "b", STEP.format("P3D")))
    assert mapped(preview(office, *keys))["a"] == "first"


def test_what_is_proposed_can_be_carried_out(office: Office) -> None:
    source, target = versions(office, two_steps("a", "b"), two_steps("a", "c"))
    pairs = [(s, a) for s, a in mapped(preview(office, source, target)).items() if a is not None]
    office.run(command_of(MIGRATE, {"target": str(target), "mapping": pairs}, office.key, 1), OWNER)
    assert office.instance.definition_key == target


def test_each_reason_against_it_says_for_how_many_cases(office: Office) -> None:
    source, target = versions(office, two_steps("a", "b"), two_steps("x", "b"), cases=3)
    found = preview(office, source, target)
    assert found["cases"] == {"total": 3, "looked": 3, "possible": 0}
    assert [(f["elementId"], f["rule"], f["cases"]) for f in found["faults"]] == [("a", "unmapped", 3)]
    assert all(f["th"] and f["en"] for f in found["faults"])
    assert preview(office, source, target, [("a", "x")])["cases"]["possible"] == 3


def test_a_plan_that_is_wrong_is_told_also_where_no_case_runs(office: Office) -> None:
    source, target = versions(office, two_steps("a", "b"), two_steps("a", "b"), cases=0)
    found = preview(office, source, target, [("a", "s"), ("gone", "b"), ("b", "nowhere")])
    assert {(f["elementId"], f["rule"], f["cases"]) for f in found["faults"]} == {
        ("a", "kind", 0), ("gone", "unknown-source", 0), ("nowhere", "unknown-target", 0),
    }  # fmt: skip


def test_a_clock_of_the_law_that_would_be_lost_stands_against_it(office: Office) -> None:
    old = two_steps("a", "b", own=CLOCK.format("PT72H", "b"))
    found = preview(office, *versions(office, old, two_steps("a", "b")))
    assert [(f["elementId"], f["rule"], f["cases"]) for f in found["faults"]] == [("dl", "deadline", 1)]


def test_a_process_that_wants_a_second_person_says_so(office: Office) -> None:
    declared = '<krabuan:intervention kind="migrate" secondPerson="true"/>'
    assert preview(office, *versions(office, two_steps("a", "b", own=declared), two_steps("a", "b")))["secondPerson"]


def test_cases_above_ones_clearance_are_in_no_count(office: Office) -> None:
    keys = versions(office, two_steps("a", "b"), two_steps("a", "b"))
    office.run(ClassifyInstance(office.key, "secret"), SYSTEM)
    found = preview(office, *keys)
    assert found["cases"] == {"total": 0, "looked": 0, "possible": 0}
    assert {pair["active"] for pair in found["mapping"]} == {0}


def test_what_makes_no_sense_is_refused(office: Office) -> None:
    source, target = versions(office, two_steps("a", "b"), two_steps("a", "b"))
    with pytest.raises(InvalidArgument):
        preview(office, source, target, [("a", "a"), ("a", "b")])
    with pytest.raises(InvalidArgument):
        preview(office, source, source)
    with pytest.raises(NotFound):
        preview(office, source, 1)
    with pytest.raises(NotFound):
        preview(office, 1, target)
    with pytest.raises(Forbidden):
        preview(office, source, target, actor=Actor("x", roles=frozenset({"process-owner"}), owned=frozenset({"q"})))
