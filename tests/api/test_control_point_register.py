"""The register of control points as they were worked, over HTTP: found, as a table, and how bad requests are answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from api.control_point_csv import COLUMNS
from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]
FIND, EXPORT = "/control-points/search", "/control-points/export"


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_waiver_with_its_reason_and_both_persons(calling: Callers, at_work: tuple[Runtime, World]) -> None:
    (item,) = calling("auditor").post(FIND, {"filter": {"state": "WAIVED", "recordedBy": "head"}})["items"]
    assert item["detail"] == {"reason": "the minister agreed", "requestedBy": "ann"}
    assert (item["processInstanceKey"], item["userTaskKey"]) == (str(at_work[1].waiting), str(at_work[1].task))
    assert item["processName"]["th"]


def test_by_state_and_period(calling: Callers) -> None:
    auditor = calling("auditor")
    for wanted, count in (
        ({"state": {"$in": ["FAILED", "PASSED"]}}, 0),
        ({"recordedAt": {"$gte": "2026-04-01T00:00:00+07:00", "$lte": "2026-04-30T23:59:59+07:00"}}, 1),
        ({"recordedAt": {"$lt": "2026-04-01T00:00:00+07:00"}}, 0),
        ({"controlPointId": "cp", "processDefinitionId": "sdk-order"}, 1),
    ):
        assert auditor.post(FIND, {"filter": wanted})["page"]["totalItems"] == count, wanted


def test_as_a_table_in_both_languages_which_the_audit_log_tells_of(calling: Callers) -> None:
    auditor = calling("auditor")
    (thai,) = table(auditor("POST", EXPORT, {}))
    (english,) = table(auditor("POST", f"{EXPORT}?language=en", {"filter": {"recordedBy": "head"}}))
    assert list(thai) == [c[1] for c in COLUMNS]
    assert (thai["ผล"], english["Result"]) == ("ได้รับยกเว้น", "waived")
    assert english["Reason, or what was found"] == "the minister agreed"
    assert (english["Waiver asked for by"], english["Recorded by"]) == ("ann", "head")
    logged = auditor.post("/audit-logs/search", {"filter": {"entityType": "PROCESS_INSTANCE"}})["items"]
    told = [str(item["details"]) for item in logged if item["entityDescription"] == "cases-exported"]
    assert len(told) == 2 and any("by recordedBy" in said for said in told)
    assert not any("head" in said for said in told)


def test_it_has_only_what_one_may_see(calling: Callers) -> None:
    assert table(calling("other")("POST", EXPORT, {})) == []
    assert calling("stranger").post(FIND, {})["items"] == []
    assert len(calling("ann").post(FIND, {})["items"]) == 1
    assert calling(None)("POST", FIND, {}).status_code == 401


def test_what_is_asked_wrongly_is_refused(calling: Callers) -> None:
    auditor = calling("auditor")
    bad = ({"filter": {"colour": 1}}, {"filter": {"detail": "x"}}, {"sort": [{"field": "detail"}]}, {"filter": 3}, [1])
    for body in bad:
        assert auditor("POST", FIND, body).status_code == 400, body
        assert auditor("POST", EXPORT, body).status_code == 400, body
    assert auditor("POST", f"{EXPORT}?language=xx", {}).status_code == 400
