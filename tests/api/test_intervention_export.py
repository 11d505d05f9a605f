"""The register of interventions as a table: what one may see of it, in both languages, and how bad requests are answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from api.intervention_csv import COLUMNS, KINDS, STATES
from api.resources.interventions import ASKED
from tests.api.conftest import Caller

Callers = Callable[[str | None], Caller]
EXPORT = "/interventions/export"


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_who_asked_for_what_and_why_in_both_languages(calling: Callers) -> None:
    auditor = calling("auditor")
    wanted = {"filter": {"kind": "cancel", "state": "PENDING"}}
    (thai,) = table(auditor("POST", EXPORT, wanted))
    (english,) = table(auditor("POST", f"{EXPORT}?language=en", wanted))
    assert list(thai) == [c[1] for c in COLUMNS]
    assert (thai["สิ่งที่ขอ"], thai["ผล"]) == ("ยกเลิกเรื่อง", "รออนุมัติ")
    assert (english["What was asked for"], english["Outcome"]) == ("cancel the case", "waits")
    assert (english["Asked for by"], english["Reason"], english["Decided by"]) == ("narrow", "entered twice", "")
    assert english["Case"] and english["Asked for"].startswith("2026-")
    logged = auditor.post("/audit-logs/search", {"filter": {"entityType": "PROCESS_INSTANCE"}})["items"]
    told = [str(item["details"]) for item in logged if item["entityDescription"] == "cases-exported"]
    assert len(told) == 2 and all("by kind, state" in said for said in told)


def test_it_has_only_what_one_may_see(calling: Callers) -> None:
    assert table(calling("other")("POST", EXPORT, {})) == []
    assert calling(None)("POST", EXPORT, {}).status_code == 401


def test_what_is_asked_wrongly_is_refused(calling: Callers) -> None:
    auditor = calling("auditor")
    for body in ({"filter": {"colour": 1}}, {"sort": [{"field": "request"}]}, {"filter": 3}, [1]):
        assert auditor("POST", EXPORT, body).status_code == 400, body
    assert auditor("POST", f"{EXPORT}?language=xx", {}).status_code == 400


def test_every_kind_and_outcome_has_its_word(calling: Callers) -> None:
    assert KINDS.keys() == ASKED.keys()
    assert all(th and en for words in (KINDS, STATES) for th, en in words.values())
