"""The audit log taken out as a table, and its chain verified."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from api.runtime import Runtime
from engine.model.audit import OF_CASES, OF_THE_SERVICE
from tests.api.conftest import Caller

ROOT = Path(__file__).parents[2]
Callers = Callable[[str | None], Caller]
ACCOUNT = {"username": "dan", "name": "Dan"}


def table(caller: Caller, path: str = "", **body: object) -> list[list[str]]:
    answer = caller("POST", f"/audit-logs/export{path}", body)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_what_is_searched_comes_out_as_a_table(caller: Callers) -> None:
    caller("admin").post("/accounts", ACCOUNT)
    caller("admin").post("/accounts/dan/deactivation", {"reason": "=left"})
    head, row = table(caller("auditor"), filter={"entityDescription": "person-deactivated"})
    assert head[:4] == ["เวลา", "ผู้กระทำ", "เหตุการณ์", "ผล"]
    assert (row[1], row[2], row[3], row[5]) == ("admin", "person-deactivated", "สำเร็จ", "dan")
    assert '"reason":"=left"' in row[7]
    head, *_ = table(caller("auditor"), "?language=en", filter={"entityKey": "dan"})
    assert head[:3] == ["Time", "Who", "Event"]


def test_that_it_was_taken_out_is_in_the_log(caller: Callers) -> None:
    table(caller("auditor"), filter={"entityKey": "dan"})
    found = caller("auditor").post("/audit-logs/search", {"filter": {"entityDescription": "audit-log-exported"}})
    (item,) = found["items"]
    assert (item["actorId"], item["details"]["about"]) == ("auditor", "0 entries; by entityKey")


@pytest.mark.parametrize("path", ["?language=fr", "?language="])
def test_a_language_that_is_none_is_refused(path: str, caller: Callers) -> None:
    answer = caller("auditor")("POST", f"/audit-logs/export{path}", {})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "invalid-argument")


def test_a_bad_search_is_refused(caller: Callers) -> None:
    for body in ({"filter": {"nothing": 1}}, {"sort": [{"field": "nothing"}]}, {"page": {"limit": 0}}, {"more": 1}):
        assert caller("auditor")("POST", "/audit-logs/export", body).status_code == 400, body


def test_the_chain_is_verified_and_a_change_is_found(office: Runtime, caller: Callers) -> None:
    auditor = caller("auditor")
    caller("admin").post("/accounts", ACCOUNT)
    good = auditor.get("/audit-logs/verification")
    assert (good["valid"], good["firstBadSequence"]) == (True, None)
    with office.database.write() as db:
        db.execute(text("DROP TRIGGER IF EXISTS service_event_no_update"))
        for (name,) in db.execute(text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='service_event'")):
            db.execute(text(f"DROP TRIGGER {name}"))
        changed = "UPDATE service_event SET actor = 'somebody' WHERE sequence = :n"
        db.execute(text(changed), {"n": good["events"] - 1})
    bad = auditor.get("/audit-logs/verification")
    assert (bad["valid"], bad["firstBadSequence"]) == (False, good["events"] - 1)


def test_every_event_is_told_in_words_and_found_by_a_kind() -> None:
    web = ROOT / "web" / "src"
    for language in ("th", "en"):
        told = (web / "i18n" / f"logbook.{language}.ts").read_text(encoding="utf-8")
        assert [type_ for type_ in OF_THE_SERVICE if f"'log.{type_}'" not in told] == []
    kinds = (web / "api" / "logbook.ts").read_text(encoding="utf-8").partition("BEGINNINGS = {")[2].partition("} as")[0]
    beginnings = tuple(re.findall(r"'([a-z-]+)'", kinds))
    assert [type_ for type_ in {*OF_THE_SERVICE, *OF_CASES} if not type_.startswith(beginnings)] == []
