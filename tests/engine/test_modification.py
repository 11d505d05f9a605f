"""A case is moved by hand: what is activated, what is terminated, what history says of it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.modify_instance import ModifyInstance
from engine.errors import InstructionsRefused, InvalidArgument, InvalidState, StaleRevision
from engine.execution.modification import Activation, Move, Selection
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

START = node("startEvent", "s")
LINE = diagram(START + user("a") + user("b") + user("c") + flows("s a", "a b", "b c"))
MAPPED = '<zeebe:ioMapping><zeebe:input source="=given + 1" target="inner"/></zeebe:ioMapping>'
NESTED = diagram(
    START + user("a") + node("endEvent", "e")
    + node("subProcess", "sub", MAPPED, node("startEvent", "is") + user("x") + user("y") + flows("is x", "x y").replace('"f', '"g'))
    + flows("s a", "a sub", "sub e")
)  # fmt: skip
ROUNDS = '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=list" inputElement="item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
FORK = diagram(
    START + node("parallelGateway", "fork") + user("a") + user("b") + node("parallelGateway", "join") + user("c")
    + flows("s fork", "fork a", "fork b", "a join", "b join", "join c")
)  # fmt: skip


def _modify(office: Office, *, activate: Any = (), move: Any = (), terminate: Any = (), **options: Any) -> None:
    command = ModifyInstance(office.key, tuple(activate), tuple(move), tuple(terminate), **options)
    office.run(command, OWNER)
    office.settle()


def _faults(refusal: InstructionsRefused) -> list[dict[str, str]]:
    found: Any = refusal.members["faults"]
    return list(found)


def _active(office: Office, element_id: str) -> list[int]:
    rows = office.rows(t.element_instance)
    return [r.key for r in rows if r.element_id == element_id and r.state == "ACTIVE"]


def test_a_step_is_taken_back(office: Office) -> None:
    office.deploy(LINE)
    office.start()
    office.complete("a")
    back = Move(Selection("b"), Activation("a", ((None, {"again": True}),)))
    _modify(office, move=[back], reason="เอกสารไม่ครบ")
    assert (office.waiting, office.variables["again"]) == (["a"], True)
    office.complete("a").complete("b").complete("c")
    assert office.instance.state == "COMPLETED"
    assert office.verified()


def test_history_keeps_the_reason_the_instructions_and_where_the_case_stood(office: Office) -> None:
    office.deploy(LINE)
    office.start()
    _modify(office, activate=[Activation("c")], terminate=[Selection("a")], reason="ข้ามขั้นตามมติ")
    told = office.event("instance-modified")
    assert (told["reason"], told["activate"][0]["element_id"]) == ("ข้ามขั้นตามมติ", "c")
    assert office.event("tokens-moved") == {"before": ["a"], "after": ["c"]}
    assert ("element-terminated", "a") in office.events()


def test_one_token_more(office: Office) -> None:
    office.deploy(LINE)
    office.start()
    _modify(office, activate=[Activation("c"), Activation("c", (("c", {"local": 1}),))])
    assert office.waiting == ["a", "c", "c"]
    second = max(_active(office, "c"))
    assert [r.scope_key for r in office.rows(t.variable) if r.name == "local"] == [second]


def test_a_scope_that_is_not_there_is_opened_with_its_mappings(office: Office) -> None:
    office.deploy(NESTED)
    office.start(given=1)
    _modify(office, activate=[Activation("y", (("sub", {"extra": 5}),))], terminate=[Selection("a")])
    (scope,) = _active(office, "sub")
    assert office.waiting == ["y"]  # not x: the scope's start event is passed over
    assert {r.name: r.value for r in office.rows(t.variable) if r.scope_key == scope} == {"inner": "2", "extra": "5"}
    office.complete("y")
    assert office.instance.state == "COMPLETED"


def test_a_scope_that_is_there_is_used_unless_another_is_wanted(office: Office) -> None:
    office.deploy(NESTED)
    office.start(given=1)
    office.complete("a")
    _modify(office, activate=[Activation("y")])
    assert (office.waiting, len(_active(office, "sub"))) == (["x", "y"], 1)
    _modify(office, activate=[Activation("y", (), office.key)])  # below the process itself: a scope of its own
    assert (office.waiting, len(_active(office, "sub"))) == (["x", "y", "y"], 2)
    with pytest.raises(InstructionsRefused, match="ambiguous-scope"):
        _modify(office, activate=[Activation("y")])
    first = min(_active(office, "sub"))
    _modify(office, activate=[Activation("x", (), first)])
    assert office.waiting == ["x", "x", "y", "y"]


def test_a_scope_that_is_empty_goes(office: Office) -> None:
    office.deploy(NESTED)
    office.start(given=1)
    office.complete("a")
    _modify(office, activate=[Activation("a")], terminate=[Selection("x")])
    assert (office.waiting, _active(office, "sub")) == (["a"], [])


def test_a_case_that_nothing_is_left_of_is_terminated(office: Office) -> None:
    office.deploy(NESTED)
    office.start(given=1)
    office.complete("a")
    _modify(office, terminate=[Selection(key=_active(office, "x")[0])])
    assert (office.instance.state, office.waiting) == ("TERMINATED", [])


def test_a_gateway_activated_by_hand_waits_for_no_other_token(office: Office) -> None:
    office.deploy(FORK)
    office.start()
    office.complete("a")
    _modify(office, activate=[Activation("join")], terminate=[Selection("b")])
    assert office.waiting == ["c"]
    assert office.instance.state == "ACTIVE"


def test_a_round_of_a_loop_ends_alone(office: Office) -> None:
    office.deploy(diagram(START + user("a", body=ROUNDS) + user("b") + flows("s a", "a b")))
    office.start(list=[1, 2, 3])
    key = office.task("a").key
    _modify(office, terminate=[Selection(key=key)])
    assert office.waiting == ["a", "a"]
    office.complete("a").complete("a")
    assert office.waiting == ["b"]


def test_every_round_moves_to_a_place_of_its_own_and_the_loop_goes(office: Office) -> None:
    office.deploy(diagram(START + user("a", body=ROUNDS) + user("b") + flows("s a", "a b")))
    office.start(list=[1, 2, 3])
    _modify(office, move=[Move(Selection("a"), Activation("b"))])
    assert (office.waiting, _active(office, "a")) == (["b"], [])  # the loop is one activity


def test_moves_find_the_scope_of_their_source(office: Office) -> None:
    office.deploy(NESTED)
    office.start(given=1)
    office.complete("a")
    _modify(office, activate=[Activation("y", (), office.key)])
    _modify(office, move=[Move(Selection("x"), Activation("y"), "sourceParent")])
    assert (office.waiting, len(_active(office, "sub"))) == (["y", "y"], 2)
    _modify(office, move=[Move(Selection(key=_active(office, "y")[0]), Activation("a"), "inferred")])
    assert (office.waiting, len(_active(office, "sub"))) == (["a", "y"], 1)


@pytest.mark.parametrize(
    ("instructions", "rule"),
    [
        ({"activate": [Activation("nothing")]}, "unknown-element"),
        ({"activate": [Activation("s")]}, "not-activatable"),
        ({"activate": [Activation("y", (), 1)]}, "ancestor"),
        ({"activate": [Activation("y", (("a", {"v": 1}),))]}, "variable-scope"),
        ({"terminate": [Selection("y")]}, "not-running"),
        ({"terminate": [Selection(key=1)]}, "not-running"),
        ({"move": [Move(Selection("y"), Activation("a"))]}, "not-running"),
    ],
)
def test_what_is_refused_changes_nothing(office: Office, instructions: dict[str, Any], rule: str) -> None:
    office.deploy(NESTED)
    office.start(given=1)
    before = office.snapshot()
    with pytest.raises(InstructionsRefused, match=rule) as refused:
        _modify(office, **instructions)
    assert office.snapshot() == before
    fault = _faults(refused.value)[0]
    assert fault["rule"] == rule and fault["th"] and fault["en"]


def test_every_fault_is_told_at_once(office: Office) -> None:
    office.deploy(NESTED)
    office.start(given=1)
    with pytest.raises(InstructionsRefused) as refused:
        _modify(office, activate=[Activation("q"), Activation("s")], terminate=[Selection("y")])
    assert [f["rule"] for f in _faults(refused.value)] == ["unknown-element", "not-activatable", "not-running"]


def test_nothing_to_do_an_old_revision_and_an_ended_case_are_refused(office: Office) -> None:
    office.deploy(LINE)
    office.start()
    with pytest.raises(InvalidArgument):
        _modify(office)
    with pytest.raises(StaleRevision):
        _modify(office, activate=[Activation("b")], rev=99)
    office.complete("a").complete("b").complete("c")
    with pytest.raises(InvalidState):
        _modify(office, activate=[Activation("b")])
