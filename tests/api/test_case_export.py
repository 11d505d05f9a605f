"""What a search of cases finds, as a table over HTTP: in both languages, noted in the audit log, without what is asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from api.case_csv import COLUMNS, cases_csv
from api.description import describe
from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]
PATH = "/process-instances/export"


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_in_english_each_case_with_where_it_stands(calling: Callers, at_work: tuple[Runtime, World]) -> None:
    world = at_work[1]
    rows = table(calling("auditor")("POST", f"{PATH}?language=en", {"sort": [{"field": "processInstanceKey"}]}))
    assert [int(row["Case key"]) for row in rows] == [world.waiting, world.working, world.broken]
    assert [row["State"] for row in rows] == ["active"] * 3
    assert rows[0]["Tasks that wait"] and not rows[1]["Tasks that wait"]
    assert [row["Incident"] for row in rows] == ["no", "no", "yes"]


def test_in_thai_what_the_filter_finds(calling: Callers, at_work: tuple[Runtime, World]) -> None:
    wanted = {"filter": {"processInstanceKey": str(at_work[1].broken)}}
    (row,) = table(calling("auditor")("POST", PATH, wanted))
    assert (row["สถานะ"], row["มีเหตุขัดข้อง"]) == ("กำลังดำเนินการ", "ใช่")
    assert list(row) == [c[1] for c in COLUMNS]


def test_it_has_only_what_one_may_see(calling: Callers) -> None:
    assert table(calling("other")("POST", PATH, {})) == []
    assert calling("stranger")("POST", PATH, {}).status_code == 403, "an account without any part cannot be noted"
    assert calling(None)("POST", PATH, {}).status_code == 401


def test_the_audit_log_tells_of_it_without_what_was_looked_for(calling: Callers) -> None:
    auditor = calling("auditor")
    table(auditor("POST", PATH, {"filter": {"words": "somchai", "participant": {"username": "ann"}}}))
    logged = auditor.post("/audit-logs/search", {"filter": {"entityType": "PROCESS_INSTANCE"}})["items"]
    (taken,) = [item for item in logged if item["entityDescription"] == "cases-exported"]
    assert taken["actorId"] == "auditor"
    assert "by participant, words" in str(taken["details"])
    assert "somchai" not in str(taken) and "ann" not in str(taken["details"])


def test_what_is_asked_wrongly_is_refused(calling: Callers) -> None:
    auditor = calling("auditor")
    assert auditor("POST", f"{PATH}?language=xx", {}).status_code == 400
    assert auditor("POST", PATH, {"filter": {"colour": "red"}}).status_code == 400
    assert auditor("POST", PATH, {"page": {"limit": 10_001}}).status_code == 400
    assert auditor("POST", PATH, [1]).status_code == 400


def test_no_text_is_a_formula() -> None:
    names = ("processInstanceKey", "processDefinitionVersion", "state", "startedBy", "startDate", "endDate")
    item: dict[str, Any] = dict.fromkeys((*names, "statutoryDueDate", "hasIncident"), None)
    named = {"businessId": "=1+1", "processDefinitionName": "-2", "processNameEn": None, "processDefinitionId": "p"}
    tasks = [{"name": "@x", "nameEn": "@x", "assignee": "+y"}]
    (row,) = csv.DictReader(io.StringIO(cases_csv([{**item, **named, "tasks": tasks}], "en", "UTC").decode("utf-8-sig")))
    assert (row["Case number"], row["Process"], row["Tasks that wait"], row["Assignees"]) == ("'=1+1", "'-2", "'@x", "'+y")


def test_each_filter_of_its_own_kind_is_described() -> None:
    members = describe()["components"]["schemas"]["ProcessInstanceFilter"]["properties"]
    for name in ("participant", "group", "activeDuring", "controlPoint", "deadline", "intervened", "words", "variables"):
        assert members[name]["description"], name
