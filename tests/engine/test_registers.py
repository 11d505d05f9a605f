"""The registers over all processes: what each tells, whom of the cases it counts, and as a table."""

from __future__ import annotations

from typing import Any

import pytest

from api.register_csv import register_csv
from engine.errors import NotFound
from engine.model.actor import SYSTEM, Actor
from engine.queries.registers import REGISTERS, get_register
from tests.dsl import OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import TO_FINANCE, employ

TEXT = '<krabuan:text lang="th">{}</krabuan:text><krabuan:text lang="en">{}</krabuan:text>'
POINT = (
    f'<krabuan:controlPoint id="cp-check-1">{TEXT.format("ลงนามแล้ว", "It is signed")}'
    '<krabuan:binding type="condition" expression="=signed = true"/></krabuan:controlPoint>'
)
RISK = f'<krabuan:risk id="r-check-1">{TEXT.format("ข้อมูลไม่ครบ", "Data are missing")}</krabuan:risk>'
DOCUMENT = f'<krabuan:document>{TEXT.format("บันทึกผล", "Record")}</krabuan:document>'
STEP = '<krabuan:step key="check" number="4" stage="manage" standardTime="P7D" calendar="working"/>'
LAW = f'<krabuan:legalBasis>{TEXT.format("ระเบียบ", "Regulation")}</krabuan:legalBasis>'
CLOCK = f'<krabuan:deadline id="dl" from="=now()" duration="P9D" stoppedBy="a">{LAW}</krabuan:deadline>'
FORM = b"""{"schemaVersion": 16, "type": "default", "id": "p.a",
 "components": [{"type": "checkbox", "key": "signed", "id": "F1", "label": "x"}]}"""


def process(extra: str = "") -> bytes:
    """Task a, the step of a sub-process, with everything that registers tell; task b for whom the case names."""
    facts = f'<bpmn:extensionElements><krabuan:process ownerUnit="finance">{LAW}</krabuan:process>{CLOCK}</bpmn:extensionElements>'
    a = user("a", TO_FINANCE + POINT + RISK + DOCUMENT + '<zeebe:formDefinition formId="p.a"/>' + extra)
    inner = node("startEvent", "is") + a + node("endEvent", "ie") + flows("is a", "a ie").replace('id="f', 'id="i')
    sub = node("subProcess", "sub", STEP, inner)
    b = user("b", '<zeebe:assignmentDefinition candidateGroups="=[unit]"/>')
    body = facts + node("startEvent", "s") + sub + b + node("endEvent", "e") + flows("s sub", "sub b", "b e")
    return diagram(body)


@pytest.fixture
def running(office: Office) -> Office:
    employ(office).deploy(("p.form", FORM), ("p.bpmn", process()))
    return office


def register(office: Office, name: str, actor: Actor = OWNER) -> list[dict[str, Any]]:
    diagrams: Any = lambda db, key: office.bus.services.definitions.process(db, key).definition.process  # noqa: E731
    with office.database.read() as db:
        items: list[dict[str, Any]] = get_register(db, actor, diagrams, name)["items"]
        return items


def told(office: Office, name: str, *members: str) -> list[tuple[Any, ...]]:
    return [tuple(item[member] for member in members) for item in register(office, name)]


SIGNED, MISSING = {"th": "ลงนามแล้ว", "en": "It is signed"}, {"th": "ข้อมูลไม่ครบ", "en": "Data are missing"}


def test_control_points_with_what_they_bind_to(running: Office) -> None:
    assert told(running, "control-points", "id", "text", "mandatory", "evidence", "elementId", "stepKey", "stepNumber") == [
        ("cp-check-1", SIGNED, True, "condition", "a", "check", "4")
    ]


def test_control_points_count_the_cases_that_one_may_see(running: Office) -> None:
    running.start(unit="finance")
    running.complete("a", signed=True)
    running.start(unit="finance")
    counts = ("passed", "failed", "waived")
    assert told(running, "control-points", *counts) == [(1, 0, 0)]
    (of_nobody,) = register(running, "control-points", person("stranger"))
    assert [of_nobody[name] for name in counts] == [0, 0, 0]


def test_risks(running: Office) -> None:
    assert told(running, "risks", "id", "text", "elementId") == [("r-check-1", MISSING, "a")]


def test_standard_times_of_steps_wherever_they_stand(running: Office) -> None:
    members = ("elementId", "stepNumber", "standardTime", "calendar", "stage", "minimumTime")
    assert told(running, "standard-times", *members) == [("sub", "4", "P7D", "working", "manage", None)]


def test_forms_and_documents(running: Office) -> None:
    assert told(running, "documents", "kind", "id", "text", "elementId") == [
        ("FORM", "p.a", {"th": "a", "en": None}, "a"),
        ("DOCUMENT", None, {"th": "บันทึกผล", "en": "Record"}, "a"),
    ]


def test_roles_of_the_organisation_and_those_that_the_case_names(running: Office) -> None:
    found = told(running, "roles", "kind", "id", "groupKind", "elementId")
    assert found == [("OWNER", "finance", "unit", None), ("PERFORMER", "finance", "unit", "a"), ("BY_CASE", "=[unit]", None, "b")]
    assert all(item["text"]["th"] for item in register(running, "roles")[:2])


def test_laws_of_the_process_and_of_its_deadlines(running: Office) -> None:
    law = {"th": "ระเบียบ", "en": "Regulation"}
    assert told(running, "legal-basis", "kind", "id", "text") == [("PROCESS", None, law), ("DEADLINE", "dl", law)]


def test_the_newest_version_alone_counts(running: Office) -> None:
    more = f'<krabuan:risk id="r-check-2">{TEXT.format("ล่าช้า", "Late")}</krabuan:risk>'
    running.deploy(("p.form", FORM), ("p.bpmn", process(more)))
    assert told(running, "risks", "id") == [("r-check-1",), ("r-check-2",)]


def test_every_register_has_the_same_members(running: Office) -> None:
    members = {tuple(item) for name in REGISTERS for item in register(running, name)}
    assert len(members) == 1


def test_one_that_there_is_not(running: Office) -> None:
    with pytest.raises(NotFound):
        register(running, "secrets", SYSTEM)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_as_a_table(running: Office, name: str, language: str) -> None:
    items = register(running, name)
    head, *rows = register_csv(name, items, language).decode("utf-8-sig").splitlines()
    assert len(rows) == len(items) and all(row.count(",") >= head.count(",") for row in rows)
    assert ("กระบวนงาน" in head) == (language == "th")
    codes = ("formField", "condition", "FORM", "PERFORMER", "BY_CASE", "manage")
    assert not any(f",{code}," in row or row.endswith(f",{code}") for row in rows for code in codes)


def test_a_table_holds_no_formula(running: Office) -> None:
    (row,) = [r for r in register_csv("roles", register(running, "roles"), "en").decode().splitlines() if "unit]" in r]
    assert "'=[unit]" in row
