"""A case taken out as evidence over HTTP: what is in it for whom, and that whoever alters it is found out."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text as sql

import engine.queries.case_evidence as case_evidence
from api.app import create_app
from api.runtime import Runtime
from engine.commands.classify_document import ClassifyDocument
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.create_document import CreateDocument
from engine.commands.write_comment import WriteComment
from engine.history.signing import Signer
from engine.jobs.checkpoints import Checkpoints
from engine.model.actor import SYSTEM
from engine.model.chain import genesis, link
from engine.store.tables import checkpoint_head
from krabuan_verify.__main__ import main
from tests.api.conftest import Caller
from tests.api.world import World, actor, open_world

Files = dict[str, bytes]
PAPER = b"%PDF-1.7 paper"


def path_of(key: int) -> str:
    return f"/process-instances/{key}/evidence"


@pytest.fixture
def office(world_file: tuple[Path, World], tmp_path: Path) -> Iterator[tuple[Runtime, World]]:
    """The office at work with a signing key; the history of the case `waiting` is covered by a checkpoint, but for the
    comment that came after it."""
    file = tmp_path / "world.db"
    file.write_bytes(world_file[0].read_bytes())
    runtime, world = open_world(file), world_file[1]
    assert runtime.signer is not None
    ann = actor(runtime, "ann")
    runtime.bus.run(CreateDocument("../ใบเสร็จ.pdf", PAPER, "application/pdf", process_instance_key=world.waiting), ann)
    assert Checkpoints(runtime.bus, runtime.signer, tmp_path / "checkpoints").make() == 1
    runtime.bus.run(WriteComment(world.waiting, "ann saw it"), ann)
    yield runtime, world
    runtime.close()


@pytest.fixture
def calling(office: tuple[Runtime, World]) -> Callable[[str | None], Caller]:
    app = create_app(office[0])
    return lambda username: Caller(app.test_client(use_cookies=False), username)


def files_of(answer: Any) -> Files:
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def judged(files: Files, folder: Path, office: tuple[Runtime, World], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What krabuan_verify finds in a folder of these files, with the key of the service."""
    assert office[0].signer is not None
    (folder / "key.pem").write_text(office[0].signer.public_pem())
    unpacked = Path(tempfile.mkdtemp(dir=folder))
    for name, content in files.items():
        (unpacked / name).parent.mkdir(exist_ok=True)
        (unpacked / name).write_bytes(content)
    capsys.readouterr()
    status = main([str(unpacked), "--key", str(folder / "key.pem")])
    found = capsys.readouterr().err.splitlines()
    assert status == (1 if found else 0), found
    return [finding.partition(" (")[0] for finding in found]


def test_with_names_everything_is_in_it_and_it_verifies_elsewhere(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = office[1].waiting
    files = files_of(calling("auditor")("GET", f"{path_of(key)}?people=names&language=en"))
    assert judged(files, tmp_path, office, capsys) == []
    manifest = json.loads(files["manifest.json"])
    assert (manifest["madeBy"], manifest["people"], manifest["withheldDocuments"]) == ("auditor", "names", 0)
    assert {file["path"] for file in manifest["files"]} == set(files) - {
        "manifest.json",
        "manifest.sig",
        "public-key.pem",
    }
    assert files["summary.pdf"].startswith(b"%PDF-") and f"diagrams/{office[1].definition}.bpmn" in files
    paper = next(row for row in lines(files["attachments/index.jsonl"]) if row["fileName"].endswith("ใบเสร็จ.pdf"))
    assert files[f"attachments/{paper['file']}"] == PAPER
    case = json.loads(files["case.json"])
    assert {"starter", "ann"} <= {party["actor"] for party in case["parties"]}
    assert [step["elementId"] for step in case["steps"]] == ["Task_Check"]
    assert case["comments"][0]["text"] == "ann saw it"
    events = lines(files["history/events.jsonl"])
    assert manifest["history"]["events"] == len(events)
    assert manifest["history"]["signedEvents"] == len(events) - 1, "the comment came after the checkpoint"


def test_with_pseudonyms_nobody_is_named_and_nothing_personal_is_in_it(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(calling("ann")("GET", path_of(office[1].waiting)))
    assert judged(files, tmp_path, office, capsys) == []
    manifest = json.loads(files["manifest.json"])
    assert manifest["case"]["businessId"] is None and manifest["madeBy"].startswith("p_")
    assert manifest["withheldDocuments"] == 2
    assert not any(name.endswith((".bin", "people.jsonl", "keys.jsonl")) for name in files)
    told = b"".join(content for name, content in files.items() if name.endswith((".json", ".jsonl")))
    for name in (b"starter", b'"ann"', b"auditor"):
        assert name not in told


def test_names_are_for_auditors_and_the_owner(calling: Any, office: tuple[Runtime, World]) -> None:
    path = f"{path_of(office[1].waiting)}?people=names"
    assert [calling(name)("GET", path).status_code for name in ("auditor", "narrow", "ann")] == [200, 200, 403]


def test_who_may_not_see_what_the_case_holds_gets_none(calling: Any, office: tuple[Runtime, World]) -> None:
    path = path_of(office[1].waiting)
    statuses = {name: calling(name)("GET", path).status_code for name in ("admin", "other", "stranger", None)}
    assert statuses == {"admin": 403, "other": 404, "stranger": 404, None: 401}
    assert calling("auditor")("GET", path_of(1 << 61)).status_code == 404
    office[0].bus.run(ClassifyInstance(office[1].waiting, "secret", "so ordered"), SYSTEM)
    assert calling("auditor")("GET", path).status_code == 404


def test_a_document_above_ones_class_is_not_in_it_and_is_counted(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runtime, world = office
    runtime.bus.run(ClassifyDocument(world.document, "secret", "so ordered"), SYSTEM)
    files = files_of(calling("auditor")("GET", f"{path_of(world.waiting)}?people=names"))
    assert json.loads(files["manifest.json"])["withheldDocuments"] == 1
    assert world.document not in files["attachments/index.jsonl"].decode()
    assert "history/events.jsonl" not in files, "the stored events tell its name"
    assert judged(files, tmp_path, office, capsys) == []


def test_the_audit_log_tells_of_it(calling: Any, office: tuple[Runtime, World]) -> None:
    auditor, key = calling("auditor"), office[1].waiting
    files_of(auditor("GET", f"{path_of(key)}?people=names"))
    logged = auditor.post("/audit-logs/search", {"filter": {"entityType": "PROCESS_INSTANCE"}})["items"]
    (taken,) = [item for item in logged if item["entityDescription"] == "evidence-exported"]
    assert (taken["actorId"], taken["entityKey"]) == ("auditor", str(key)) and "people by names" in str(
        taken["details"]
    )


def test_what_is_asked_wrongly_is_refused(
    calling: Any, office: tuple[Runtime, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor, path = calling("auditor"), path_of(office[1].waiting)
    for arguments in ("language=xx", "people=all"):
        assert auditor("GET", f"{path}?{arguments}").status_code == 400
    monkeypatch.setattr(case_evidence, "MOST_EVENTS", 3)
    assert auditor("GET", path).get_json()["code"] == "evidence-too-large"
    monkeypatch.undo()
    office[0].signer = None
    assert auditor("GET", path).get_json()["code"] == "evidence-not-signed"


def altered(files: Files, name: str, change: Callable[[bytes], bytes]) -> Files:
    return {**files, name: change(files[name])}


def resigned(files: Files, office: tuple[Runtime, World]) -> Files:
    """What somebody with a key of their own makes of it."""
    own = Signer(Ed25519PrivateKey.generate())
    forged = json.dumps({"signature": own.sign(files["manifest.json"].decode())}).encode()
    return {**files, "manifest.sig": forged, "public-key.pem": own.public_pem().encode()}


def test_whoever_alters_a_file_is_told_which(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(calling("auditor")("GET", f"{path_of(office[1].waiting)}?people=names"))
    for name in files:
        if name in ("manifest.json", "manifest.sig", "public-key.pem"):
            continue
        changed = judged(altered(files, name, lambda content: content + b" "), tmp_path, office, capsys)
        assert f"file {name}: changed" in changed, name
        removed = judged({other: c for other, c in files.items() if other != name}, tmp_path, office, capsys)
        assert f"file {name}: removed" in removed, name
    assert judged({**files, "note.txt": b"x"}, tmp_path, office, capsys) == ["file note.txt: added"]


def test_whoever_alters_manifest_or_signature_is_found_out(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(calling("auditor")("GET", f"{path_of(office[1].waiting)}?people=names"))
    unsigned = ["file manifest.json: changed"]
    assert judged(resigned(files, office), tmp_path, office, capsys) == unsigned
    assert judged(altered(files, "manifest.sig", lambda _: b"{}"), tmp_path, office, capsys) == unsigned
    other = altered(files, "manifest.json", lambda content: content.replace(b'"auditor"', b'"anybody"'))
    assert judged(other, tmp_path, office, capsys) == unsigned


def test_an_event_that_was_changed_is_named(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(calling("auditor")("GET", f"{path_of(office[1].waiting)}?people=names"))
    rows = lines(files["history/events.jsonl"])
    rows[4]["body"] = rows[4]["body"].replace('"data":{}', '"data":{"by":"nobody"}')
    text = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    found = judged({**files, "history/events.jsonl": text}, tmp_path, office, capsys)
    assert f"case {office[1].waiting}, event 5, field hash: changed" in found
    forged = altered(files, "history/checkpoint.json", lambda c: c.replace(b'"sequence": ', b'"sequence": 1'))
    said = [f"checkpoint 1, case {office[1].waiting}, field path: changed", "file history/checkpoint.json: changed"]
    assert sorted(judged(forged, tmp_path, office, capsys)) == said


def test_even_the_service_cannot_sign_another_history_than_its_checkpoint_covers(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the key, and makes chain and manifest anew, is found out by what was signed before."""
    case, signer = office[1].waiting, office[0].signer
    assert signer is not None
    files = files_of(calling("auditor")("GET", f"{path_of(case)}?people=names"))
    rows, head = lines(files["history/events.jsonl"]), genesis(case)
    rows[4]["body"] = rows[4]["body"].replace('"data":{}', '"data":{"by":"nobody"}')
    for row in rows:
        row["hash"] = head = link(head, row["body"])
    text = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    manifest = json.loads(files["manifest.json"])
    manifest["history"]["head"] = head
    of_events = next(file for file in manifest["files"] if file["path"] == "history/events.jsonl")
    of_events["sha256"] = hashlib.sha256(text).hexdigest()
    body = json.dumps(manifest)
    signed = json.dumps({"signature": signer.sign(body)}).encode()
    forged = {**files, "history/events.jsonl": text, "manifest.json": body.encode(), "manifest.sig": signed}
    assert judged(forged, tmp_path, office, capsys) == [
        f"checkpoint 1, case {case}, event {len(rows) - 1}, field hash: changed"
    ]


def test_a_document_that_was_exchanged_is_named(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(calling("auditor")("GET", f"{path_of(office[1].waiting)}?people=names"))
    row = next(r for r in lines(files["attachments/index.jsonl"]) if r["id"] == office[1].document)
    found = judged(altered(files, f"attachments/{row['file']}", lambda _: b"forged"), tmp_path, office, capsys)
    assert f"case {office[1].waiting}, document {row['id']}, field content: changed" in found


def test_without_a_key_from_elsewhere_nothing_is_verified(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "manifest.json").write_bytes(files_of(calling("ann")("GET", path_of(office[1].waiting)))["manifest.json"])
    assert main([str(tmp_path)]) == 2
    assert "--key" in capsys.readouterr().err


def test_links_are_not_followed(
    calling: Any, office: tuple[Runtime, World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = files_of(calling("ann")("GET", path_of(office[1].waiting)))
    assert judged(files, tmp_path, office, capsys) == []
    (unpacked,) = [path for path in tmp_path.iterdir() if (path / "manifest.json").exists()]
    (unpacked / "case.json").rename(tmp_path / "elsewhere.json")
    (unpacked / "case.json").symlink_to(tmp_path / "elsewhere.json")
    assert main([str(unpacked), "--key", str(tmp_path / "key.pem")]) == 1
    found = capsys.readouterr().err
    assert "file case.json: added" in found and "file case.json: removed" in found


def test_verifying_tells_how_much_a_checkpoint_covers_and_whether_it_agrees(
    calling: Any, office: tuple[Runtime, World]
) -> None:
    runtime, world = office
    path = f"/process-instances/{world.waiting}/history/verification"
    found = calling("auditor").get(path)
    at = runtime.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert found["valid"]
    assert found["signed"] == {"checkpoint": 1, "madeAt": at, "events": found["events"] - 1, "agrees": True}
    with runtime.database.write() as db:
        for trigger in db.execute(sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            db.execute(sql(f'DROP TRIGGER "{trigger}"'))
        db.execute(checkpoint_head.update().values(head="0" * 64))
    assert not calling("auditor").get(path)["signed"]["agrees"]
