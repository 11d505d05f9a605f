"""Deployments: all or nothing, every fault at once, and whatever is uploaded is an answer, never a crash."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import insert

from engine.commands.checking import MAX_RESOURCES, Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.errors import DeploymentRefused, Forbidden
from engine.model.actor import Actor
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user

GOOD = diagram(node("startEvent", "s") + user("a") + flows("s a"))
TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">
  <decision id="rule" name="rule"><variable name="rule"/><literalExpression><text>1</text></literalExpression></decision></definitions>"""
FORM = orjson.dumps({"schemaVersion": 16, "type": "default", "id": "p.f", "components": []})


def renamed(id: str) -> bytes:
    return GOOD.replace(b'id="p"', f'id="{id}"'.encode())


@pytest.mark.parametrize(
    "files",
    [
        (), (("p.bpmn", b""),), (("p.bpmn", b"\x00" * 100),), (("p.bpmn", GOOD.decode().encode("utf-16")),),
        (("p.bpmn", GOOD.replace(b'name="p"', 'name="ก"'.encode("tis-620"))),), (("d.dmn", TABLE.decode().encode("utf-16")),),
        (("d.dmn", b"<"),), (("d.dmn", TABLE + b"\x00"),), (("f.form", b"\xff"),), (("f.form", b"{"),), (("f.form", b"[]"),), (("f.form", b"null"),),
        (("p.txt", GOOD),), (("p", GOOD),), (("x" * 600 + ".bpmn", GOOD),), (("a\x00.bpmn", GOOD),),
        (("p.bpmn", GOOD), ("q.bpmn", GOOD)), (("p.bpmn", GOOD), ("q.bpmn", b"<")), (("p.bpmn", GOOD), ("d.dmn", b"<")),
        (("p.bpmn", GOOD), ("f.form", FORM), ("g.form", FORM)), (("p.bpmn", renamed("x" * 300)),), (("p.bpmn", renamed("a b")),),
        (("d.dmn", TABLE.replace(b'id="rule"', b'id="' + b"r" * 300 + b'"')),),
        (("f.form", FORM.replace(b"p.f", b"p." + b"f" * 300)),),
        tuple((f"p{n}.bpmn", GOOD) for n in range(MAX_RESOURCES + 1)),
    ],
    ids=lambda files: "+".join(name[:8].replace("\x00", "0") for name, _ in files[:3]) or "nothing",
)  # fmt: skip
def test_what_cannot_be_deployed_changes_nothing(office: Office, files: tuple[tuple[str, bytes], ...]) -> None:
    before = office.snapshot()
    with pytest.raises(DeploymentRefused) as caught:
        office.run(Deploy(tuple(Resource(*f) for f in files)), OWNER)
    assert all(f.th and f.en for f in caught.value.faults)
    assert office.snapshot() == before


def test_every_fault_of_every_file_is_told_at_once(office: Office) -> None:
    bad = diagram(node("startEvent", "s") + node("serviceTask", "x") + node("scriptTask", "y") + flows("s x", "x y"))
    with pytest.raises(DeploymentRefused) as caught:
        office.deploy(("p.bpmn", bad), ("d.dmn", b"<"), ("f.form", b"{"))
    assert {f.file for f in caught.value.faults} == {"p.bpmn", "d.dmn", "f.form"}
    assert {f.element_id for f in caught.value.faults} >= {"x", "y"}


def test_warnings_inform_and_the_files_are_deployed(office: Office) -> None:
    answer = office.deploy(GOOD)
    assert [d["processDefinition"]["processDefinitionId"] for d in answer["deployments"]] == ["p"]
    assert [(w["file"], w["elementId"], w["rule"], w["severity"]) for w in answer["warnings"]] == [
        ("p.bpmn", "a", "task-unassigned", "warning"),
        ("p.bpmn", "p", "end-missing", "warning"),
        ("p.bpmn", None, "diagram-missing", "warning"),
    ]
    assert all(w["th"] and w["en"] and w["th"] != w["en"] for w in answer["warnings"])


def test_a_date_is_past_by_the_clock_of_the_office(office: Office) -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDate>{:%Y-%m-%dT%H:%M:%SZ}</bpmn:timeDate></bpmn:timerEventDefinition>"
    for minutes, rules in ((-1, {"timer-past"}), (1, set())):
        moment = office.clock.now() + timedelta(minutes=minutes)
        answer = office.deploy(diagram(node("startEvent", "s", body=timer.format(moment)) + user("a") + flows("s a")))
        assert {w["rule"] for w in answer["warnings"]} & {"timer-past"} == rules


def test_whom_a_reminder_names_is_a_group_or_a_person(office: Office) -> None:
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": "legal", "kind": "unit", "th": "ก", "en": "L"})
        db.execute(insert(t.person), {"username": "ann", "display_name": "Ann", "active": True})
    late = '<krabuan:reminder to="performer legal head ann role:gone" action="reassign" reassignTo="nobody_yet group"/>'
    answer = office.deploy(diagram(node("startEvent", "s") + user("a", late) + flows("s a")))
    found = [w for w in answer["warnings"] if w["rule"] == "reminder-recipient"]
    assert [(w["elementId"], w["en"].split(":")[0]) for w in found] == [
        ("a", "A reminder names gone"), ("a", "A reminder names nobody_yet"),
    ]  # fmt: skip


def test_a_refusal_lists_errors_and_then_warnings(office: Office) -> None:
    with pytest.raises(DeploymentRefused) as caught:
        office.deploy(("p.bpmn", GOOD), ("q.bpmn", renamed("q").replace(b"<bpmn:userTask ", b'<bpmn:userTask colour="red" ')))
    told = caught.value.members["faults"]
    assert [(f["file"], f["rule"]) for f in told if f["severity"] == "error"] == [("q.bpmn", "schema-attribute-unknown")]
    assert [f["severity"] for f in told] == ["error"] + ["warning"] * (len(told) - 1)
    assert {f["file"] for f in told if f["severity"] == "warning"} == {"p.bpmn", "q.bpmn"}


def test_what_a_diagram_names_must_be_there(office: Office) -> None:
    form = user("a", '<zeebe:formDefinition formId="p.f"/>')
    rule = node("businessRuleTask", "r", '<zeebe:calledDecision decisionId="rule" resultVariable="x"/>')
    xml = diagram(node("startEvent", "s") + form + rule + flows("s a", "a r"))
    with pytest.raises(DeploymentRefused) as caught:
        office.deploy(xml)
    assert [f.rule for f in caught.value.faults] == ["form-missing", "decision-missing"]
    office.deploy(("f.form", FORM), ("d.dmn", TABLE))
    office.deploy(xml)
    office.start()
    assert office.complete("a").variables == {"x": 1}


def test_a_start_timer_that_has_no_value_is_refused_with_everything_else(office: Office) -> None:
    cycle = "<bpmn:timerEventDefinition><bpmn:timeCycle>=missing</bpmn:timeCycle></bpmn:timerEventDefinition>"
    before = office.snapshot()
    with pytest.raises(DeploymentRefused):
        office.deploy(("f.form", FORM), ("p.bpmn", diagram(node("startEvent", "s", body=cycle) + user("a") + flows("s a"))))
    assert office.snapshot() == before


@pytest.mark.parametrize("actor", [ADMIN, AUDITOR, WORKER, person("ann", "finance"), Actor("o", roles=frozenset({"process-owner"}), owned=frozenset({"q"}))], ids=lambda a: a.id)
def test_only_its_owner_deploys_a_process(office: Office, actor: Actor) -> None:
    before = office.snapshot()
    with pytest.raises(Forbidden):
        office.run(Deploy((Resource("p.bpmn", GOOD),)), actor)
    assert office.snapshot() == before


def test_an_owner_deploys_only_what_is_all_his(office: Office) -> None:
    mine = Actor("o", roles=frozenset({"process-owner"}), owned=frozenset({"p"}))
    office.run(Deploy((Resource("p.bpmn", GOOD),)), mine)
    with pytest.raises(Forbidden):
        office.run(Deploy((Resource("p.bpmn", GOOD), Resource("q.bpmn", renamed("q")))), mine)


def test_thai_ids_and_names_run_as_they_are(office: Office) -> None:
    xml = diagram(node("startEvent", "เริ่ม") + user("ตรวจสอบ") + node("endEvent", "จบ") + flows("เริ่ม ตรวจสอบ", "ตรวจสอบ จบ"), process_id="รับเรื่อง")
    office.deploy(("รับเรื่อง.bpmn", xml))
    office.start("รับเรื่อง", ชื่อผู้แจ้ง="สมชาย")
    assert office.complete("ตรวจสอบ").instance.state == "COMPLETED"
    assert office.variables == {"ชื่อผู้แจ้ง": "สมชาย"}


def test_two_processes_of_one_file_have_versions_of_their_own(office: Office) -> None:
    two = GOOD.replace(b"</bpmn:definitions>", b'<bpmn:process id="q" isExecutable="true"><bpmn:startEvent id="qs"/></bpmn:process></bpmn:definitions>')
    items: list[dict[str, Any]] = office.deploy(("both.bpmn", two))["deployments"]
    assert [i["processDefinition"]["processDefinitionId"] for i in items] == ["p", "q"]
    assert office.run(CreateInstance("q"), OWNER)["processDefinitionVersion"] == 1


def test_an_unchanged_process_beside_a_changed_one_keeps_its_version(office: Office) -> None:
    office.deploy(("p.bpmn", GOOD), ("q.bpmn", renamed("q")))
    office.deploy(("p.bpmn", GOOD.replace(b'name="a"', b'name="b"')), ("q.bpmn", renamed("q")))
    versions = {(r.process_id, r.version) for r in office.rows(t.process_definition, everything=True)}
    assert versions == {("p", 1), ("p", 2), ("q", 1)}


def test_a_server_takes_nothing_back_that_was_published_since(office: Office) -> None:
    """Its content is deployed where it is new: not again over a later version, and each file for itself."""
    newer = GOOD.replace(b'name="a"', b'name="b"')
    brought = (Resource("p.bpmn", GOOD), Resource("q.bpmn", renamed("q")), Resource("d.dmn", TABLE))
    office.run(Deploy(brought, "1" * 64), OWNER)
    office.deploy(("p.bpmn", newer), ("d.dmn", TABLE.replace(b"<text>1", b"<text>2")))
    again = (brought[0], Resource("q.bpmn", brought[1].content.replace(b'name="a"', b'name="c"')), brought[2])
    office.run(Deploy(again, "2" * 64), OWNER)
    versions = {(r.process_id, r.version) for r in office.rows(t.process_definition, everything=True)}
    assert versions == {("p", 1), ("p", 2), ("q", 1), ("q", 2)}
    assert {r.version for r in office.rows(t.decision_requirements, everything=True)} == {1, 2}
    assert office.run(CreateInstance("p"), OWNER)["processDefinitionVersion"] == 2


def test_who_deploys_an_earlier_file_wants_it_back(office: Office) -> None:
    for content in (GOOD, GOOD.replace(b'name="a"', b'name="b"'), GOOD):
        office.deploy(("p.bpmn", content))
    assert office.run(CreateInstance("p"), OWNER)["processDefinitionVersion"] == 3
