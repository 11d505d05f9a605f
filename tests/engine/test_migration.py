"""A case goes over to another version of its process, or is told everything that speaks against it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.correlate_message import CorrelateMessage
from engine.commands.migrate_instance import MigrateInstance
from engine.errors import Forbidden, InvalidArgument, InvalidState, MigrationRefused, NotFound
from engine.model.actor import Actor
from engine.store import tables as t
from tests.dsl import OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user

START = node("startEvent", "s")


def _timer(value: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:timeDuration>{value}</bpmn:timeDuration></bpmn:timerEventDefinition>"


def _with_timer(timer: str, after: str, duration: str) -> bytes:
    border = f'<bpmn:boundaryEvent id="{timer}" attachedToRef="a" cancelActivity="false">{_timer(duration)}</bpmn:boundaryEvent>'
    return diagram(START + user("a") + border + user(after) + flows("s a", f"{timer} {after}"))


def _deploy(office: Office, *files: bytes) -> int:
    """The key of the last one's definition."""
    for file in files:
        office.deploy(file)
    key: int = office.rows(t.process_definition, everything=True)[-1].key
    return key


def _migrate(office: Office, target: int, *pairs: str, **options: Any) -> None:
    mapping = tuple((p.split()[0], p.split()[-1]) for p in pairs)
    office.run(MigrateInstance(office.key, target, mapping, "แก้ไขขั้นตอน", **options), OWNER)
    office.settle()


def _refused(office: Office, target: int, *pairs: str) -> list[tuple[str | None, str]]:
    before = office.snapshot()
    with pytest.raises(MigrationRefused) as refused:
        _migrate(office, target, *pairs)
    assert office.snapshot() == before
    found: Any = refused.value.members["faults"]
    assert all(f["th"] and f["en"] for f in found)
    return [(f["elementId"], f["rule"]) for f in found]


def test_the_case_goes_on_along_the_new_version(office: Office) -> None:
    office.deploy(diagram(START + user("a") + user("b") + flows("s a", "a b")))
    office.start(x=1)
    target = _deploy(office, diagram(START + user("first") + user("between") + flows("s first", "first between")))
    _migrate(office, target, "a first")
    assert (office.waiting, office.instance.version, office.instance.definition_key) == (["first"], 2, target)
    assert (office.task("first").name, office.task("first").process_version) == ("first", 2)
    office.complete("first")
    assert (office.waiting, office.variables) == (["between"], {"x": 1})
    assert office.verified()


def test_history_keeps_the_plan_and_both_versions(office: Office) -> None:
    office.deploy(diagram(START + user("a") + flows("s a")))
    office.start()
    target = _deploy(office, diagram(START + user("b") + flows("s b")))
    _migrate(office, target, "a b")
    told, changed = office.event("instance-migrated"), office.event("version-changed")
    assert (told["reason"], told["mapping"]) == ("แก้ไขขั้นตอน", [{"source": "a", "target": "b"}])
    assert (changed["before"]["version"], changed["after"]["version"]) == (1, 2)


def test_a_running_clock_keeps_its_time(office: Office) -> None:
    office.deploy(_with_timer("t", "late", "PT2H"))
    office.start()
    office.advance("PT1H")
    _migrate(office, _deploy(office, _with_timer("t2", "later", "PT9H")), "a a", "t t2")
    assert [(r.element_id, r.state) for r in office.rows(t.job) if r.kind == "TIMER"] == [("t2", "PENDING")]
    office.advance("PT1H")
    assert office.waiting == ["a", "later"]


def test_a_clock_that_is_not_mapped_is_closed_and_a_new_one_starts(office: Office) -> None:
    office.deploy(_with_timer("t", "late", "PT2H"))
    office.start()
    office.advance("PT1H")
    _migrate(office, _deploy(office, _with_timer("t2", "later", "PT9H")), "a a")
    office.advance("PT8H")
    assert office.waiting == ["a"]
    office.advance("PT1H")
    assert office.waiting == ["a", "later"]


def test_a_message_is_still_waited_for(office: Office) -> None:
    paper = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'
    old = START + node("receiveTask", "r", attributes='messageRef="M"') + user("u") + flows("s r", "r u")
    office.deploy(diagram(old, paper))
    office.start(no="A")
    target = _deploy(office, diagram(old.replace('"r"', '"q"').replace("r u", "q u"), paper))
    _migrate(office, target, "r q")
    assert [r.element_id for r in office.rows(t.subscription)] == ["q"]
    office.run(CorrelateMessage("paper", "A"), WORKER)
    assert office.waiting == ["u"]


LOOP = '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=list" inputElement="i"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'


def test_rounds_and_scopes_go_along(office: Office) -> None:
    def version(task: str, scope: str) -> bytes:
        inside = node("startEvent", "is") + user(task, body=LOOP) + flows(f"is {task}").replace('"f', '"g')
        return diagram(START + node("subProcess", scope, body=inside) + user("z") + flows(f"s {scope}", f"{scope} z"))

    office.deploy(version("x", "sub"))
    office.start(list=[1, 2, 3])
    office.complete("x")
    _migrate(office, _deploy(office, version("y", "box")), "x y", "sub box")
    assert office.waiting == ["y", "y"]
    office.complete("y").complete("y")
    assert office.waiting == ["z"]
    assert office.verified()


def test_a_token_that_waits_at_a_join_goes_along(office: Office) -> None:
    def version(last: str) -> bytes:
        gates = node("parallelGateway", "fork") + node("parallelGateway", "join")
        lines = flows("s fork", "fork a", "fork b", "a join", "b join", f"join {last}")
        return diagram(START + gates + user("a") + user("b") + user(last) + lines)

    office.deploy(version("c"))
    office.start()
    office.complete("a")
    target = _deploy(office, version("d"))
    assert _refused(office, target, "b b") == [("join", "unmapped")]
    _migrate(office, target, "b b", "join join")
    office.complete("b")
    assert office.waiting == ["d"]


def test_every_reason_against_it_is_told(office: Office) -> None:
    def inside(body: str) -> str:
        return node("subProcess", "sub", body=body)

    office.deploy(diagram(START + user("a") + user("b") + user("c") + flows("s a", "s b", "s c")))
    office.start()
    inner = node("startEvent", "is") + user("c") + flows("is c").replace('"f', '"g')
    service = node("serviceTask", "b", '<zeebe:taskDefinition type="x"/>')
    target = _deploy(office, diagram(START + service + inside(inner) + flows("s b", "s sub")))
    assert _refused(office, target, "b b", "c c", "q c", "a nothing") == [
        ("q", "unknown-source"), ("nothing", "unknown-target"), ("b", "kind"), ("c", "scope"),
    ]  # fmt: skip
    assert ("a", "unmapped") in _refused(office, target, "b b")


def test_a_clock_of_the_law_is_not_lost(office: Office) -> None:
    clock = '<krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="PT2H" stoppedBy="a"/>'
    body = START + user("a") + flows("s a")
    office.deploy(diagram(f"<bpmn:extensionElements>{clock}</bpmn:extensionElements>{body}"))
    office.start(aware_at=office.clock.now().isoformat())
    target = _deploy(office, diagram(body))
    assert _refused(office, target, "a a") == [("dl", "deadline")]


def test_other_refusals(office: Office) -> None:
    office.deploy(diagram(START + user("a") + flows("s a")))
    office.start()
    target = _deploy(office, diagram(START + user("a") + user("b") + flows("s a", "a b")))
    with pytest.raises(InvalidArgument):
        _migrate(office, target, "a a", "a b")
    with pytest.raises(NotFound):
        _migrate(office, 1, "a a")
    other = Actor("narrow", roles=frozenset({"process-owner"}), owned=frozenset({"p"}))
    strange = _deploy(office, diagram(START + user("a") + flows("s a"), process_id="strange"))
    with pytest.raises(Forbidden):  # whoever migrates owns the process it goes to, too
        office.run(MigrateInstance(office.key, strange, (("a", "a"),)), other)
    office.complete("a")
    with pytest.raises(InvalidState):
        _migrate(office, target, "a a")
