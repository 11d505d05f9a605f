"""Reports on standard times over HTTP: what is told, what is refused, and what a file holds."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from api.csv_table import safe
from api.report_files import write_csv, write_xlsx
from api.report_tables import parts_of
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from engine.calendar.durations import add, parse_duration
from engine.commands.add_person import AddPerson
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from engine.store.tables import user_task
from tests.api.conftest import Caller
from tests.api.world import actor
from tests.execution.bench import diagram, flows, node, user

Callers = Callable[[str | None], Caller]
REPORT, FILE = "/reports/standard-time", "/reports/standard-time/file"
APRIL = {"processDefinitionId": "p", "period": {"kind": "MONTH", "from": "2026-04-10"}}
STEP = '<krabuan:step key="a" number="๑" standardTime="P1D" calendar="calendar"/>'
TO_CLERKS = '<zeebe:assignmentDefinition candidateGroups="clerks"/>'
EVIL = "=HYPERLINK(&quot;http://evil&quot;)"


@pytest.fixture
def worked(office: Runtime, clock: TestClock) -> Runtime:
    """Ann did one task in time and one late; the process owner of another office knows nothing of it."""
    box = '<bpmn:extensionElements><krabuan:process targetPercent="90"/></bpmn:extensionElements>'
    task = user("a", TO_CLERKS + STEP).replace('name="a"', f'name="{EVIL}"')
    file = diagram(box + node("startEvent", "s") + task + node("endEvent", "e") + flows("s a", "a e"))
    office.bus.run(Deploy((Resource("p.bpmn", file),)), SYSTEM)
    office.bus.run(AddPerson("narrow", "Of another", "correct horse", roles=(("process-owner", "another"),)), SYSTEM)
    for days in ("P0D", "P2D"):
        office.bus.run(CreateInstance("p"), SYSTEM)
        with office.database.read() as db:
            key = db.execute(user_task.select().where(user_task.c.state == "CREATED")).one().key
        office.bus.run(ClaimTask(key), actor(office, "ann"))
        clock.set(add(clock.now(), parse_duration(days), "Asia/Bangkok"))
        office.bus.run(CompleteTask(key), actor(office, "ann"))
    return office


def test_the_owner_is_told_everything(worked: Runtime, caller: Callers) -> None:
    found = caller("owner").post(REPORT, APRIL)
    assert found["steps"] == found["cases"] == {"counted": 2, "kept": 1, "sharePercent": 50.0}
    assert (found["targetPercent"], found["targetMet"], found["scopes"]) == (90.0, False, ["PROCESS", "OWN"])
    assert found["byPersons"] == [
        {"username": "ann", "displayName": "Ann", "counted": 2, "kept": 1, "sharePercent": 50.0}
    ]
    (step,) = found["bySteps"]
    assert (step["stepNumber"], step["standardTime"], step["calendar"]) == ("๑", "P1D", "calendar")
    (unit,) = found["byUnits"]
    assert (unit["unit"], unit["name"]["en"], unit["counted"]) == ("clerks", "Clerks", 2)
    assert found["period"] == {
        "kind": "MONTH", "from": "2026-04-01", "to": "2026-04-30",
        "name": {"th": "เดือนเมษายน พ.ศ. 2569", "en": "April 2026"},
    }  # fmt: skip
    assert found["asOf"] == "2026-04-12T09:00:00.000000Z"


def test_the_auditor_is_told_nothing_of_persons(worked: Runtime, caller: Callers) -> None:
    found = caller("auditor").post(REPORT, APRIL)
    assert (found["steps"]["counted"], found["byPersons"]) == (2, None)
    assert "Ann" not in str(found)


def test_a_head_and_a_clerk_are_told_their_own(worked: Runtime, caller: Callers) -> None:
    head = caller("cat").post(REPORT, APRIL)
    assert (head["scope"], head["steps"], head["tasks"]["counted"]) == ("UNIT", None, 2)
    assert [one["username"] for one in head["byPersons"]] == ["ann"]
    mine = caller("ann").post(REPORT, APRIL)
    assert (mine["scope"], mine["byPersons"], mine["tasks"]["counted"]) == ("OWN", None, 2)
    assert caller("ben").post(REPORT, APRIL)["tasks"]["counted"] == 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"processDefinitionId": "q"}, 404, "not-found"),
        ({"processDefinitionId": ""}, 400, "invalid-request"),
        ({"period": {"kind": "WEEK", "from": "2026-04-10"}}, 400, "invalid-request"),
        ({"period": {"kind": "MONTH"}}, 400, "invalid-request"),
        ({"period": {"kind": "MONTH", "from": "2569-04-31"}}, 400, "invalid-request"),
        ({"period": {"kind": "MONTH", "from": "2026-04-10", "to": "2026-04-11"}}, 400, "period-refused"),
        ({"period": {"kind": "RANGE", "from": "2026-04-10"}}, 400, "period-refused"),
        ({"period": {"kind": "RANGE", "from": "2026-04-10", "to": "2026-04-09"}}, 400, "period-refused"),
        ({"period": {"kind": "RANGE", "from": "2001-04-10", "to": "2026-04-09"}}, 400, "period-refused"),
        ({"period": {"kind": "MONTH", "from": "9999-12-31"}}, 400, "period-refused"),
        ({"scope": "ALL"}, 400, "invalid-request"),
        ({"scope": "UNIT"}, 403, "forbidden"),
    ],
)
def test_what_is_wrong_is_refused_in_both_languages(
    worked: Runtime, caller: Callers, change: dict[str, Any], status: int, code: str
) -> None:
    for path, more in ((REPORT, {}), (FILE, {"format": "csv"})):
        answer = caller("owner")("POST", path, {**APRIL, **change, **more})
        said = answer.get_json()
        assert (answer.status_code, said["code"]) == (status, code)
        assert said["th"] and said["en"]


def test_the_owner_of_another_process_is_told_nothing(worked: Runtime, caller: Callers) -> None:
    assert caller("narrow")("POST", REPORT, APRIL).status_code == 403
    assert caller("stranger")("POST", REPORT, APRIL).status_code == 403
    assert caller("worker")("POST", FILE, {**APRIL, "format": "csv"}).status_code == 403


class TestFiles:
    """The report as a file: everything is in it, nothing in it is carried out, and the audit log knows who took it."""

    def test_a_table_has_every_part_and_no_formula(self, worked: Runtime, caller: Callers) -> None:
        answer = caller("owner")("POST", FILE, {**APRIL, "format": "csv"})
        assert answer.content_type == "text/csv; charset=utf-8"
        assert "standard-time.csv" in answer.headers["Content-Disposition"]
        assert answer.data.startswith("\ufeff".encode())
        head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
        assert head[:6] == ["ตาราง", "ลำดับ", "รายการ", "ทำเสร็จ", "ทันเวลา", "ร้อยละ"]
        assert all(len(row) == len(head) for row in rows)
        assert ["รวม", "", "ขั้นตอน", "2", "1", "50.0"] in [row[:6] for row in rows]
        assert ["ตามบุคคล", "", "Ann", "2", "1", "50.0"] in [row[:6] for row in rows]
        assert {row[2] for row in rows if row[0] == "ตามขั้นตอน"} == {"'=HYPERLINK(\"http://evil\")"}

    def test_a_workbook_has_charts_and_no_formula(self, worked: Runtime, caller: Callers) -> None:
        answer = caller("owner")("POST", FILE, {**APRIL, "format": "xlsx", "language": "en"})
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            names = book.namelist()
            sheets = [book.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
            words = book.read("xl/sharedStrings.xml").decode()
        assert len([name for name in names if name.startswith("xl/charts/chart")]) == 5
        assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)
        assert "In April 2026, 2 steps with a standard time were finished" in words
        assert "=HYPERLINK" in words  # as a text

    def test_the_audit_log_tells_who_took_it_out(self, worked: Runtime, caller: Callers) -> None:
        caller("owner").post(REPORT, APRIL)
        caller("cat")("POST", FILE, {**APRIL, "format": "csv"})
        items = caller("auditor").post("/audit-logs/search", {"page": {"limit": 1000}})["items"]
        taken = [item for item in items if item["entityDescription"] == "report-exported"]
        assert [(i["actorId"], i["entityKey"]) for i in taken] == [("cat", "p")]
        assert taken[0]["details"] == {"entityKey": "p", "about": "UNIT 2026-04-01 2026-04-30 csv"}

    def test_another_kind_of_file_is_refused(self, worked: Runtime, caller: Callers) -> None:
        for change in ({"format": "pdf"}, {}, {"format": "csv", "language": "de"}):
            assert caller("owner")("POST", FILE, {**APRIL, **change}).status_code == 400

    @pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
    def test_what_begins_like_a_formula_becomes_text(self, text: str) -> None:
        assert safe(text) == f"'{text}"

    def test_plain_cells_stay_as_they_are(self) -> None:
        assert [safe(cell) for cell in ("ก=1", -1.5, 0, None, "")] == ["ก=1", -1.5, 0, None, ""]

    def test_both_languages_have_every_heading(self, worked: Runtime, caller: Callers) -> None:
        found = caller("owner").post(REPORT, APRIL)
        for language in ("th", "en"):
            assert [len(part.rows) for part in parts_of(found, language)] == [3, 1, 1, 1, 1, 1, 1]
            assert write_csv(found, language) and write_xlsx(found, language)
