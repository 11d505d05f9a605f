"""What moving the tokens of many cases would do is told before it is done, and telling it changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.batch_plans import command_of
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.modification_preview import preview_modification
from engine.errors import Forbidden, InstructionsRefused, InvalidArgument, NotFound
from engine.model.actor import SYSTEM, Actor
from engine.model.batch import MODIFY
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

LOOP = (
    '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1]"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)


def sub(id_: str, inner: str, extra: str = "") -> str:
    return f'<bpmn:subProcess id="{id_}">{extra}{inner}</bpmn:subProcess>'


def flow(source: str, target: str) -> str:
    return f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'


INSIDE = node("startEvent", "s1") + user("b") + flow("s1", "b")
ROUNDS = node("startEvent", "s2") + user("d") + flow("s2", "d")
ALL = diagram(
    node("startEvent", "s")
    + user("a")
    + sub("box", INSIDE)
    + sub("rounds", ROUNDS, LOOP)
    + user("c")
    + flows("s a", "a box", "box rounds", "rounds c")
)
ASKED = diagram(
    "<bpmn:extensionElements><krabuan:intervention kind=\"modify\" secondPerson=\"true\"/></bpmn:extensionElements>"
    + node("startEvent", "s") + user("a") + user("c") + flows("s a", "a c")
)  # fmt: skip


def key_of(office: Office) -> int:
    return int(office.rows(t.process_definition, everything=True)[-1].key)


def preview(office: Office, source: str, target: str, actor: Actor = OWNER, key: int | None = None) -> dict[str, Any]:
    before = office.snapshot()
    definitions = office.bus.services.definitions
    with office.database.read() as db:
        found = preview_modification(db, actor, definitions, key or key_of(office), source, target)
    assert office.snapshot() == before
    return found


@pytest.fixture
def cases(office: Office) -> Office:
    """Three cases at the first task, of which one was completed there and stands in the sub-process."""
    office.deploy(ALL)
    for _ in range(3):
        office.start()
    office.complete("a")
    return office


def move(office: Office, source: str, target: str) -> None:
    office.run(command_of(MODIFY, {"moves": [[source, target]], "reason": "as ordered"}, office.key, 1), OWNER)


def test_only_cases_that_stand_there_are_counted(cases: Office) -> None:
    assert preview(cases, "a", "c") == {
        "secondPerson": False, "cases": {"total": 2, "looked": 2, "possible": 2}, "faults": [],
    }  # fmt: skip
    assert preview(cases, "b", "c")["cases"]["total"] == 1
    assert preview(cases, "c", "a")["cases"] == {"total": 0, "looked": 0, "possible": 0}


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [("b", "c", "ancestor"), ("b", "s1", "not-activatable"), ("b", "d", "ancestor"), ("b", "box", "ancestor")],
)
def test_what_is_told_against_it_is_what_refuses_it(cases: Office, source: str, target: str, rule: str) -> None:
    found = preview(cases, source, target)
    assert (found["cases"]["possible"], [fault["cases"] for fault in found["faults"]]) == (0, [1])
    assert [fault["rule"] for fault in found["faults"]] == [rule]
    with pytest.raises(InstructionsRefused) as refused:
        move(cases, source, target)
    assert [(f["rule"], f["th"]) for f in refused.value.members["faults"]] == [(rule, found["faults"][0]["th"])]


def test_a_round_of_a_loop_is_not_opened(office: Office) -> None:
    office.deploy(ALL)
    office.start()
    assert [fault["rule"] for fault in preview(office, "a", "d")["faults"]] == ["loop"]
    assert preview(office, "a", "b")["cases"]["possible"] == 1
    with pytest.raises(InstructionsRefused):
        move(office, "a", "d")
    move(office, "a", "b")


def test_a_process_that_wants_a_second_person_says_so(office: Office) -> None:
    office.deploy(ASKED)
    assert preview(office, "a", "c")["secondPerson"] is True


def test_cases_above_ones_clearance_are_in_no_count(office: Office) -> None:
    office.deploy(ALL)
    office.start()
    office.run(ClassifyInstance(office.key, "secret"), SYSTEM)
    assert preview(office, "a", "c")["cases"] == {"total": 0, "looked": 0, "possible": 0}


def test_what_makes_no_sense_is_refused(cases: Office) -> None:
    for source, target in (("a", "a"), ("a", "nowhere"), ("gone", "a")):
        with pytest.raises(InvalidArgument):
            preview(cases, source, target)
    with pytest.raises(NotFound):
        preview(cases, "a", "c", key=1)
    with pytest.raises(Forbidden):
        preview(cases, "a", "c", Actor("x", roles=frozenset({"process-owner"}), owned=frozenset({"q"})))
