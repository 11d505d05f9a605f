"""The register of deadlines over HTTP: counted, exported, extended, supplemented; and how bad requests are answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.deadline_csv import COLUMNS, deadlines_csv
from api.runtime import Runtime
from engine.store import tables as t
from tests.api.conftest import Caller
from tests.api.world import World, open_world

Callers = Callable[[str], Caller]


@pytest.fixture
def register(world_file: tuple[Path, World], tmp_path: Path) -> Iterator[tuple[Runtime, World, Callers]]:
    """The office at work, with one deadline that runs."""
    path = tmp_path / "world.db"
    path.write_bytes(world_file[0].read_bytes())
    runtime = open_world(path)
    app = create_app(runtime)
    yield runtime, world_file[1], lambda who: Caller(app.test_client(use_cookies=False), who)
    runtime.close()


def later(runtime: Runtime, **by: float) -> str:
    return (runtime.clock.now() + timedelta(**by)).isoformat()


def table(answer: Any) -> list[list[str]]:
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_it_is_counted_by_state(register: tuple[Runtime, World, Callers]) -> None:
    _, _, as_ = register
    counted = as_("auditor").post("/deadlines/statistics", {"filter": {"kind": "statutory"}})["items"]
    assert counted == [{"state": "RUNNING", "open": True, "count": 1}]
    assert as_("auditor").post("/deadlines/statistics", {"filter": {"state": "KEPT"}})["items"] == []
    assert as_("auditor")("POST", "/deadlines/statistics", {"filter": {"colour": "red"}}).status_code == 400


def test_it_is_exported_as_a_table_in_both_languages(register: tuple[Runtime, World, Callers]) -> None:
    runtime, _, as_ = register
    thai, english = (as_("auditor")("POST", f"/deadlines/export{q}", {}) for q in ("", "?language=en"))
    assert next(row[0] for row in table(thai)) == "เลขที่เรื่อง"
    names, row = table(english)
    told = dict(zip(names, row, strict=True))
    due = runtime.clock.now() + timedelta(hours=72 + 7)  # in Bangkok
    assert (told["State"], told["Due"]) == ("running", f"{due:%Y-%m-%d %H:%M:%S}")
    assert len(names) == len(COLUMNS)
    assert "attachment" in english.headers["Content-Disposition"]
    assert table(as_("ben")("POST", "/deadlines/export", {})) == [[c[1] for c in COLUMNS]]  # who sees none
    assert as_("auditor")("POST", "/deadlines/export?language=xx", {}).status_code == 400


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    words = {"th": text, "en": None}
    item = {name: None for name, _, _ in COLUMNS} | {"warnings": [], "businessId": text, "lateReasons": text}
    item |= {"text": words, "legalBasis": words, "processName": words, "act": words, "kind": "internal", "state": "LATE"}
    _, row = csv.reader(io.StringIO(deadlines_csv([item], "en", "Asia/Bangkok").decode("utf-8-sig")))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    assert row[0] == f"'{text}"


def test_it_is_extended_and_supplemented_and_tells_so(register: tuple[Runtime, World, Callers]) -> None:
    runtime, world, as_ = register
    owner, due = as_("narrow"), later(runtime, days=9)
    answer = owner("POST", f"/deadlines/{world.clock}/extension", {"dueDate": due, "reason": "not all is known"})
    assert answer.status_code == 204
    made = as_("ann").post(f"/deadlines/{world.clock}/supplements", {"text": "forty more", "documentId": world.document})
    told = owner.get(f"/deadlines/{world.clock}")
    extended, supplemented = told["records"]
    assert told["extendedUntil"] == told["dueAt"] == extended["dueAfter"]
    assert (extended["kind"], extended["recordedBy"], extended["text"]) == ("EXTENDED", "narrow", "not all is known")
    assert supplemented["deadlineRecordKey"] == made["deadlineRecordKey"]
    assert supplemented["document"] == {"documentId": world.document, "fileName": "paper.pdf"}
    case = owner.get(f"/process-instances/{world.waiting}/deadlines")["items"]
    assert case == [told]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"reason": "not all is known"}, 400, "invalid-request"),
        ({"dueDate": "tomorrow", "reason": "not all is known"}, 400, "invalid-argument"),
        ({"dueDate": {"days": 9}}, 400, "invalid-request"),
        ({"dueDate": {"days": 16}, "reason": "not all is known"}, 400, "beyond-lawful-limit"),
        ({"dueDate": {"days": 9}, "reason": "no"}, 400, "reason-needed"),
        ({"dueDate": {"days": 1}, "reason": "not all is known"}, 400, "invalid-argument"),
        ({"dueDate": {"days": 9}, "reason": "not all is known", "documentId": "gone"}, 404, "not-found"),
        ({"dueDate": {"days": 9}, "reason": "not all is known", "colour": "red"}, 400, "invalid-request"),
    ],
)
def test_a_bad_extension_is_refused_and_changes_nothing(
    register: tuple[Runtime, World, Callers], body: dict[str, Any], status: int, code: str
) -> None:
    runtime, world, as_ = register
    if isinstance(body.get("dueDate"), dict):
        body = body | {"dueDate": later(runtime, **body["dueDate"])}
    answer = as_("narrow")("POST", f"/deadlines/{world.clock}/extension", body)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert answer.get_json()["th"]
    with runtime.database.read() as db:
        assert db.execute(t.deadline_record.select()).all() == []


def test_what_is_over_is_not_extended(register: tuple[Runtime, World, Callers]) -> None:
    runtime, world, as_ = register
    with runtime.database.write() as db:
        db.execute(t.deadline.update().values(stopped_at=runtime.clock.now(), state="KEPT"))
    body = {"dueDate": later(runtime, days=9), "reason": "not all is known"}
    answer = as_("narrow")("POST", f"/deadlines/{world.clock}/extension", body)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "deadline-not-to-be-extended")


def test_it_may_be_asked_for_as_an_intervention(register: tuple[Runtime, World, Callers]) -> None:
    runtime, world, as_ = register
    request = {"dueDate": later(runtime, days=9), "reason": "not all is known"}
    asked = as_("narrow").post("/interventions", {"kind": "extend", "key": str(world.clock), "request": request})
    shown = as_("owner").get(f"/interventions/{asked['interventionKey']}")
    assert (shown["kind"], shown["about"]) == ("extend", {"th": None, "en": None})
    assert as_("owner")("POST", f"/interventions/{asked['interventionKey']}/approval", {}).status_code == 204
    (record,) = as_("owner").get(f"/deadlines/{world.clock}")["records"]
    assert (record["recordedBy"], record["approvedBy"]) == ("narrow", "owner")
