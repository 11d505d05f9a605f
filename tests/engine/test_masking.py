"""Fields above a class, on both databases: copies, calls and lists; and what is written beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from engine.adapters.keys import CountingKeys
from engine.bus import Bus
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.correct_variables import CorrectVariables
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.set_variables import SetVariables
from engine.commands.transaction import Services
from engine.errors import AboveClearance, ControlPointUnsatisfied
from engine.model.actor import SYSTEM, Actor
from engine.model.masking import MASK, MASK_TEXT, TEXT_MASK, Cover, quotable, without
from engine.queries.elements import search_variables
from engine.queries.evidence import search_notifications
from engine.queries.instances import search_instances
from engine.queries.messages import search_correlated, search_subscriptions
from engine.queries.search import Search
from engine.queries.work import search_decision_instances, search_incidents, search_jobs
from engine.store import tables as t
from tests.controls.points import point
from tests.dsl import OWNER, Office, PlainHasher
from tests.execution.bench import diagram, flows, node, user

CLASS = "krabuan.class"
S, E = node("startEvent", "s"), node("endEvent", "e")
SHOWS = '<zeebe:formDefinition formId="{}"/>'
CALLS = '<zeebe:calledElement processId="q" propagateAllChildVariables="true"/>'
CALLER = diagram(S + node("callActivity", "c", CALLS) + E + flows("s c", "c e"))
CALLED = diagram(S + user("a", SHOWS.format("q.f")) + E + flows("s a", "a e"), process_id="q")
PLAIN = diagram(S + user("a", SHOWS.format("q.f")) + E + flows("s a", "a e"))


def field(key: str, access: str = "normal", **more: Any) -> dict[str, Any]:
    return {"type": "textfield", "key": key, "label": key, "properties": {CLASS: access}} | more


def form(*components: dict[str, Any]) -> bytes:
    return orjson.dumps({"schemaVersion": 16, "type": "default", "id": "q.f", "components": components})


def cleared(clearance: int) -> Actor:
    return replace(OWNER, clearance=clearance)


def shown(office: Office, actor: Actor) -> dict[str, Any]:
    """The variables as the actor sees them."""
    with office.database.read() as db:
        return {item["name"]: item["value"] for item in search_variables(db, actor, Search())["items"]}


def found(office: Office, actor: Actor, name: str, value: Any) -> int:
    with office.database.read() as db:
        wanted = Search({"variables": [{"name": name, "value": orjson.dumps(value).decode()}]})
        return len(search_instances(db, actor, wanted)["items"])


@pytest.mark.parametrize("clearance", range(4))
def test_a_variable_is_seen_and_found_from_its_class_on(office: Office, clearance: int) -> None:
    office.deploy(PLAIN, ("f.form", form(field("a"), field("b", "confidential"), field("c", "topSecret"))))
    office.start(a="plain", b="bravo", c="carla")
    values = {"a": ("plain", 0), "b": ("bravo", 1), "c": ("carla", 3)}
    seen = shown(office, cleared(clearance))
    for name, (value, rank) in values.items():
        assert seen[name] == (f'"{value}"' if clearance >= rank else MASK_TEXT), name
        assert found(office, cleared(clearance), name, value) == int(clearance >= rank), name
    assert MASK_TEXT not in shown(office, SYSTEM).values()


def test_what_another_server_process_classified_is_not_overwritten_here(office: Office) -> None:
    """Also where this process had found before that nothing is classified; and where a mark only became stricter."""
    personal = field("b") | {"properties": {"krabuan.personalData": "true"}}
    office.deploy(PLAIN, ("f.form", form(personal)))
    key = office.start(b="bravo")
    office.run(SetVariables(key, {"b": "beta"}), OWNER)
    other = Bus(office.database, office.clock, Services(CountingKeys(900_000), Definitions(), PlainHasher()))
    other.run(Deploy((Resource("f.form", form(field("b", "secret"))),)), SYSTEM)
    with pytest.raises(AboveClearance):
        office.run(SetVariables(key, {"b": "overwritten"}), OWNER)


def test_a_copy_under_another_name_is_masked_too(office: Office) -> None:
    office.deploy(PLAIN, ("f.form", form(field("b", "secret"))))
    office.start(b="bravo", copy="bravo", inside={"of": ["bravo"]}, other="brav")
    assert shown(office, OWNER) == {"b": MASK_TEXT, "copy": MASK_TEXT, "inside": MASK_TEXT, "other": '"brav"'}
    assert (found(office, OWNER, "copy", "bravo"), found(office, OWNER, "other", "brav")) == (0, 1)


def test_a_mark_within_a_list_or_an_object_masks_the_whole_variable(office: Office) -> None:
    rows = {"type": "dynamiclist", "path": "people", "components": [field("name", "secret"), field("town")]}
    part = {"type": "group", "path": "address", "components": [field("street", "confidential"), field("zip")]}
    office.deploy(PLAIN, ("f.form", form(rows, part, field("address2"))))
    office.start(people=[{"name": "n", "town": "t"}], address={"street": "s", "zip": "z"}, address2="x", peopl="y")
    assert shown(office, OWNER) == {"people": MASK_TEXT, "address": MASK_TEXT, "address2": '"x"', "peopl": '"y"'}
    assert shown(office, cleared(1))["address"] == '{"street":"s","zip":"z"}'


def test_marks_hold_in_the_whole_hierarchy_of_calls_and_in_no_other_case(office: Office) -> None:
    office.deploy(("p.bpmn", CALLER), ("q.bpmn", CALLED), ("f.form", form(field("b", "secret"))))
    office.start(b="bravo")
    assert [v for v in _values(office, OWNER) if v != MASK_TEXT] == []
    free = diagram(S + user("a") + E + flows("s a", "a e"), process_id="r")
    office.deploy(("r.bpmn", free))
    office.start("r", b="bravo")
    assert [v for v in _values(office, OWNER) if v != MASK_TEXT] == ['"bravo"']


def _values(office: Office, actor: Actor) -> list[str]:
    with office.database.read() as db:
        return [item["value"] for item in search_variables(db, actor, Search())["items"]]


def test_a_required_field_above_ones_class_is_kept_and_does_not_stand_in_the_way(office: Office) -> None:
    required = field("b", "secret", validate={"required": True})
    office.deploy(PLAIN, ("f.form", form(field("a"), required)))
    office.start(a="before", b="bravo")
    task = office.task("a").key
    office.run(ClaimTask(task), OWNER)
    before = office.snapshot()
    with pytest.raises(AboveClearance) as refused:
        office.run(CompleteTask(task, {"a": "after", "b": "another"}), OWNER)
    assert refused.value.members == {"variables": ["b"]} and office.snapshot() == before
    office.run(CompleteTask(task, {"a": "after"}), OWNER)
    assert office.variables == {"a": "after", "b": "bravo"}
    assert office.instance.state == "COMPLETED" and office.verified()


def test_who_is_cleared_writes_as_before(office: Office) -> None:
    office.deploy(PLAIN, ("f.form", form(field("a"), field("b", "secret"))))
    office.start(a="before", b="bravo")
    office.run(ClaimTask(office.task("a").key), cleared(2))
    office.run(CompleteTask(office.task("a").key, {"a": "after", "b": "beta"}), cleared(2))
    assert office.variables == {"a": "after", "b": "beta"}


def test_what_a_start_form_asked_is_corrected_by_who_may_see_it(office: Office) -> None:
    start = node("startEvent", "s", SHOWS.format("q.f"))
    office.deploy(diagram(start + user("a") + flows("s a")), ("f.form", form(field("a"), field("b", "secret"))))
    office.start(a="before", b="bravo")
    with pytest.raises(AboveClearance):
        office.run(CorrectVariables(office.key, {"b": "x"}), OWNER)
    office.run(CorrectVariables(office.key, {"a": "after"}), OWNER)
    assert office.variables == {"a": "after", "b": "bravo"}
    office.run(CorrectVariables(office.key, {"b": "beta"}), cleared(2))
    assert office.variables == {"a": "after", "b": "beta"}


def test_a_mark_that_comes_later_counts_for_what_is_there(office: Office) -> None:
    office.deploy(PLAIN, ("f.form", form(field("b"))))
    office.start(b="bravo")
    assert shown(office, OWNER) == {"b": '"bravo"'}
    office.deploy(("f.form", form(field("b", "secret"))))
    assert shown(office, OWNER) == {"b": MASK_TEXT}
    office.run(ClaimTask(office.task("a").key), OWNER)
    with pytest.raises(AboveClearance):
        office.run(CompleteTask(office.task("a").key, {"b": "x"}), OWNER)
    assert office.rows(t.variable)[0].value == '"bravo"'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"b": 1, "a": [{"b": "x"}]}, {"b": MASK, "a": [{"b": MASK}]}),
        ({"name": "b", "value": 1, "before": 0, "scope": "7"}, {"name": "b", "value": MASK, "before": MASK, "scope": "7"}),
        ({"name": "upper case(b)", "value": 1}, {"name": "upper case(b)", "value": MASK}),
        ({"name": "bb", "value": 1}, {"name": "bb", "value": 1}),
        ({"why": "it was bravo, not beta"}, {"why": f"it was {TEXT_MASK}, not beta"}),
        ({"files": [{"documentId": "d1", "fileName": "n"}, {"documentId": "d2"}]}, {"files": [MASK, {"documentId": "d2"}]}),
        ({"document": "d1", "fileName": "n", "size": 4}, MASK),
        ('{"b": 1}', '{"b":{"krabuan.masked":true}}'),
        ("{bravo", "{" + TEXT_MASK),
        ({"x": "bravo", "y": 12345, "z": True, "n": None}, {"x": MASK, "y": MASK, "z": True, "n": None}),
    ],
)
def test_what_a_record_tells(data: Any, expected: Any) -> None:
    assert Cover({"b"}, {"bravo", "12345"}, {"d1"})(data) == expected


def test_of_two_values_the_longer_is_looked_for_first() -> None:
    assert without("bravo bravo-zulu", {"bravo", "bravo-zulu"}) == f"{TEXT_MASK} {TEXT_MASK}"
    assert set(quotable({"a": "abc", "b": ["abcd", 1234, 12, True, None]})) == {"abcd", "1234"}


def test_a_case_is_not_moved_to_a_process_without_its_marks_by_who_may_not_see_them(office: Office) -> None:
    other = diagram(S + user("a") + E + flows("s a", "a e"), process_id="r")
    office.deploy(("p.bpmn", PLAIN), ("r.bpmn", other), ("f.form", form(field("b", "secret"))))
    office.start(b="bravo")
    free = next(r.key for r in office.rows(t.process_definition, everything=True) if r.process_id == "r")
    move = MigrateInstance(office.key, free, (("a", "a"),))
    before = office.snapshot()
    with pytest.raises(AboveClearance):
        office.run(move, OWNER)
    assert office.snapshot() == before
    office.run(move, cleared(2))
    assert office.instance.process_id == "r"


def test_what_refuses_a_completion_quotes_no_masked_value(office: Office) -> None:
    binding = 'type="condition" expression="=date(b) &gt; date(&quot;2026-01-01&quot;)"'
    office.deploy(
        diagram(S + user("a", SHOWS.format("q.f") + point(binding)) + E + flows("s a", "a e")),
        ("f.form", form(field("a"), field("b", "secret"))),
    )
    office.start(b="bravo zulu")
    office.run(ClaimTask(office.task("a").key), cleared(2))
    for clearance, answers, told in ((0, {"a": "x"}, False), (2, {"a": "x", "b": "bravo zulu"}, True)):
        with pytest.raises(ControlPointUnsatisfied) as refused:
            office.run(CompleteTask(office.task("a").key, answers), cleared(clearance))
        assert ("bravo zulu" in str(refused.value.members)) == told


TEXTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "jobs": (search_jobs, ("errorMessage",)),
    "incidents": (search_incidents, ("errorMessage",)),
    "decisions": (search_decision_instances, ("result", "evaluationFailure")),
    "subscriptions": (search_subscriptions, ("correlationKey",)),
    "correlated": (search_correlated, ("correlationKey",)),
    "notifications": (search_notifications, ("subject", "body")),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_may_quote_are_searched_and_sorted_on_both_databases(office: Office, name: str) -> None:
    find, texts = TEXTS[name]
    office.deploy(PLAIN, ("f.form", form(field("b", "secret"))))
    office.start(b="bravo")
    for text in texts:
        asked = Search({text: {"$like": "*bravo*"}}, [{"field": text}], {"limit": 1})
        for clearance in (0, 3):
            with office.database.read() as db:
                assert find(db, cleared(clearance), asked)["items"] == []
