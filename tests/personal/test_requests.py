"""What persons ask for, over HTTP and on the command line: who may answer, and what the answer says and does not say."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from api.cli import main
from api.person_requests import copy
from api.personal_copy import page
from api.runtime import Runtime
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.create_document import CreateDocument
from engine.commands.set_clearance import SetClearance
from engine.commands.write_comment import WriteComment
from engine.errors import InvalidState
from engine.model.actor import SYSTEM
from engine.queries.personal_copy import copy_of
from engine.queries.personal_data import person_of
from engine.store import tables as t
from engine.store.migrations import upgrade
from tests.api.conftest import Caller, at_work, calling, filled, world_file
from tests.api.world import EVERYBODY, World
from tests.dsl import Office
from tests.personal import journey as j

__all__ = ["at_work", "calling", "filled", "world_file"]  # fixtures
Callers = Callable[[str | None], Caller]
BEN = {"username": "ben", "identifiers": [], "reason": "คำขอของเจ้าของข้อมูล"}
OPERATIONS = {
    "inquiry": {"username": "ben"}, "copy": BEN, "erasure": {**BEN, "openCases": True},
}  # fmt: skip


@pytest.mark.parametrize("operation", OPERATIONS)
def test_only_an_administrator_who_is_cleared_for_every_case_answers(
    operation: str, at_work: tuple[Runtime, World], calling: Callers
) -> None:
    runtime, world = at_work
    path, body = f"/personal-data/{operation}", OPERATIONS[operation]
    assert calling(None)("POST", path, body).status_code == 401
    for name in set(EVERYBODY) - {"admin"}:
        assert calling(name)("POST", path, body).status_code == 403, name
    runtime.bus.run(ClassifyInstance(world.broken, "secret"), SYSTEM)
    assert calling("admin")("POST", path, body).status_code == 403
    runtime.bus.run(ClassifyInstance(world.broken, "normal", "it is known"), SYSTEM)
    assert calling("admin")("POST", path, body).status_code == 200


def test_a_classified_field_counts_as_well(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    with runtime.database.write() as db:
        db.execute(insert(t.marked_field), {"form_id": "f", "name": "x", "access_class": 2, "personal": True})
    assert calling("admin")("POST", "/personal-data/copy", BEN).status_code == 403
    runtime.bus.run(SetClearance("admin", "secret"), SYSTEM)
    assert calling("admin")("POST", "/personal-data/copy", BEN).status_code == 200


def test_each_answer_is_in_the_audit_log(at_work: tuple[Runtime, World], calling: Callers) -> None:
    admin = calling("admin")
    for operation, body in OPERATIONS.items():
        assert admin("POST", f"/personal-data/{operation}", body).status_code == 200
    noted = admin.post("/audit-logs/search", {"page": {"limit": 1000}})["items"]
    told = [item["entityDescription"] for item in noted if item["actorId"] == "admin"]
    expected = {"personal-data-found", "personal-data-exported", "account-erased", "personal-data-erased"}
    assert expected <= set(told)


@pytest.mark.parametrize(("body", "code"), [
    ({}, 400), ({"username": "nobody"}, 404), ({"identifiers": ["ab"]}, 400), ({"identifiers": ["x" * 257]}, 400), ({"username": ""}, 400),
    ({"identifiers": "abcd"}, 400), ({"username": "ben", "more": 1}, 400),
])  # fmt: skip
def test_what_means_nobody_is_refused(calling: Callers, body: dict[str, Any], code: int) -> None:
    assert calling("admin")("POST", "/personal-data/inquiry", body).status_code == code
    assert calling("admin")("POST", "/personal-data/erasure", body | {"reason": "long enough"}).status_code == code


def test_a_reason_is_needed(calling: Callers) -> None:
    for operation in ("copy", "erasure"):
        for reason in ({}, {"reason": "no"}, {"reason": "for ben, who asks"}):
            answer = calling("admin")("POST", f"/personal-data/{operation}", {"username": "ben"} | reason)
            assert answer.status_code == 400
    assert calling("admin").post("/personal-data/inquiry", {"username": "ben"})["account"]["username"] == "ben"


@pytest.fixture
def ended(small_office: Office) -> Office:
    j.prepare(small_office)
    j.account(small_office)
    j.case(small_office)
    j.end(small_office)
    return small_office


def opened(office: Office, username: str | None, *identifiers: str) -> tuple[dict[str, Any], zipfile.ZipFile]:
    made = io.BytesIO()
    copy(office.bus, j.ADMIN, username, identifiers, j.WHY, made)
    archive = zipfile.ZipFile(made)
    return json.loads(archive.read("data.json")), archive


def test_a_copy_holds_what_is_about_the_person(ended: Office) -> None:
    told, archive = opened(ended, None, j.NUMBER)
    (case,) = told["cases"]
    values = {one["name"]: one["value"] for one in case["data"]}
    assert (values["nationalId"], values["fullName"]) == (j.NUMBER, j.NAME)
    assert values["relatives"] == [], "who are other people"
    (document,) = told["documents"]
    assert "บัตรจริงของบุคคล".encode() in archive.read(document["file"]) and document["file"].endswith(".pdf")
    page_ = archive.read("data.html").decode()
    assert j.NUMBER in page_ and "มาตรา 30" in page_


def test_who_is_one_of_many_gets_nothing_of_the_others(ended: Office) -> None:
    told, _ = opened(ended, None, j.RELATIVE)
    (case,) = told["cases"]
    assert case["data"] == [{"name": "relatives", "value": [{"name": j.RELATIVE, "kin": "พี่"}]}]
    assert told["documents"] == []
    assert j.NUMBER not in json.dumps(told, ensure_ascii=False) and "อีกคน" not in json.dumps(told, ensure_ascii=False)


def test_a_copy_for_an_account_holds_no_secret(ended: Office) -> None:
    told, _ = opened(ended, j.USER)
    assert told["account"]["account"][0]["display_name"] == j.SHOWN
    assert [len(told["account"][name]) for name in ("identities", "tokens", "clients", "substitutions", "roles")] == [1] * 5
    keys = {key for rows in told["account"].values() for row in rows for key in row}
    assert not {key for key in keys if "hash" in key or key == "csrf"}


def test_the_page_shows_everything_as_text(ended: Office) -> None:
    ended.run(WriteComment(ended.key, f"<script>alert(1)</script> {j.NUMBER}"), j.PRASIT)
    _, archive = opened(ended, None, j.NUMBER)
    assert "<script" not in archive.read("data.html").decode()
    assert "&lt;b&gt;" in page({"cases": [{"<b>": ["<b>"]}]})


def test_a_copy_that_is_too_large_for_an_answer_is_written_by_the_command_line(ended: Office) -> None:
    before = ended.snapshot()
    with pytest.raises(InvalidState):
        copy(ended.bus, j.ADMIN, None, [j.NUMBER], j.WHY, io.BytesIO(), largest=3)
    assert ended.snapshot() == before
    with ended.database.read() as db:
        assert copy_of(db, person_of(db, None, [j.NUMBER])).size > 3


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data with the journey in it."""
    from engine.store.database import Database

    url = f"sqlite:///{tmp_path / 'krabuan.db'}"
    database = Database(url)
    upgrade(database)
    database.close()
    office = Office(url)
    j.prepare(office)
    j.account(office)
    j.case(office)
    j.end(office)
    office.run(CreateDocument("other.pdf", b"%PDF"), j.PRASIT)
    office.close()
    return tmp_path


def test_the_command_line(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    whom = ["--account", j.USER, "--identifier", j.NUMBER, "--data", str(data)]
    assert main(["personal-data", "find", *whom]) == 0
    said = capsys.readouterr().out
    assert "field nationalId" in said and j.NUMBER not in said
    order = ["--by", "the data protection officer", "--reason", "ตามคำขอ"]
    to = data / "copy.zip"
    assert main(["personal-data", "export", *whom, *order, "--to", str(to)]) == 0
    assert to.stat().st_mode & 0o777 == 0o600 and len(zipfile.ZipFile(to).namelist()) == 4
    assert main(["personal-data", "export", *whom, *order, "--to", str(to)]) == 1, "nothing is written over"
    assert main(["personal-data", "erase", *whom]) == 0
    assert "nothing was erased" in capsys.readouterr().out
    assert main(["personal-data", "erase", *whom, "--carry-out"]) == 1
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{j.NUMBER}\n"))
    hidden = ["--account", j.USER, "--identifier", "-", "--data", str(data)]
    assert main(["personal-data", "erase", *hidden, *order, "--carry-out"]) == 0
    assert "1 cases, the account is p_" in capsys.readouterr().out
    assert main(["personal-data", "find", *hidden[2:], "--identifier", j.NUMBER]) == 0
    assert capsys.readouterr().out == ""
    assert main(["verify", "--data", str(data)]) == 0
