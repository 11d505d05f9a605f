"""The names and keys that open a history: the history commits to them, and verifies without them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from engine.commands.add_person import AddPerson
from engine.commands.create_document import CreateDocument
from engine.commands.write_comment import WriteComment
from engine.history.export import export_history
from engine.model.actor import Actor
from engine.model.sealed import id_of_key, pseudonym_for
from engine.store.sealing import forget_case, forget_person, pseudonym_of
from engine.store.tables import case_key, document, pseudonym
from krabuan_verify.__main__ import main
from tests.dsl import ADMIN, OWNER, Office
from tests.history.marked import TWO, form
from tests.proof.notary import Notary

ANN = Actor("ann", roles=frozenset({"process-owner"}), owned=frozenset({"*"}))
P, K = pseudonym.c, case_key.c


@pytest.fixture
def notary(office: Office, tmp_path: Path) -> Notary:
    """Two cases with personal data; Ann handed in a document of the second, which is called after the applicant."""
    for name in ("ann", "ben"):
        office.run(AddPerson(name, f"{name} ทดสอบ"), ADMIN)
    office.deploy(("p.bpmn", TWO), ("f.form", form("citizen")))
    for citizen in ("1-1037-02071-81-1", "1-1037-02071-81-2"):
        office.start(citizen=citizen)
        office.run(WriteComment(office.key, "ตรวจแล้ว"), ANN)
    command = CreateDocument("1-1037-02071-81-2.pdf", b"%PDF-1", "application/pdf", "report", office.key)
    office.run(command, ANN)
    made = Notary(office, tmp_path)
    assert made.checkpoints.make() == 1
    return made


def altered(notary: Notary, *statements: Any) -> list[str]:
    with notary.office.database.write() as db:
        for statement in statements:
            assert db.execute(statement).rowcount != 0
    return notary.found()


def ids(notary: Notary) -> tuple[str, str]:
    """The pseudonyms of Ann and Ben."""
    with notary.office.database.read() as db:
        ann, ben = pseudonym_of(db, "ann"), pseudonym_of(db, "ben")
    assert ann is not None and ben is not None
    return ann, ben


def people(findings: list[str]) -> list[str]:
    """Those about names; that a document is handed in by another now is found too."""
    return sorted(finding for finding in findings if finding.startswith("person"))


def keys(notary: Notary) -> list[tuple[int, str]]:
    rows = notary.office.rows(case_key, everything=True)
    return sorted((row.process_instance_key, row.key_id) for row in rows)


def test_nothing_was_changed(notary: Notary) -> None:
    report = notary.report()
    assert (report.findings, report.erased, report.documents) == ([], 0, 1)
    assert str(report).endswith("; 0 names and keys of people and cases are erased")


def test_another_name_for_a_pseudonym(notary: Notary) -> None:
    ann, _ = ids(notary)
    found = altered(notary, update(pseudonym).where(P.username == "ann").values(username="zoe"))
    assert people(found) == [f"person {ann}: changed"]


def test_swapped_names(notary: Notary) -> None:
    ann, ben = ids(notary)
    names = ("ann", "-"), ("ben", "ann"), ("-", "ben")
    swap = [update(pseudonym).where(P.username == old).values(username=new) for old, new in names]
    assert people(altered(notary, *swap)) == sorted([f"person {ann}: changed", f"person {ben}: changed"])


def test_a_salt_made_anew_for_another_name(notary: Notary) -> None:
    ann, _ = ids(notary)
    values = {"username": "zoe", "salt": secrets.token_hex(32)}
    found = altered(notary, update(pseudonym).where(P.username == "ann").values(values))
    assert people(found) == [f"person {ann}: changed"]


def test_a_changed_key(notary: Notary) -> None:
    (first, id_), _ = keys(notary)
    change = update(case_key).where(K.key_id == id_).values(key=secrets.token_hex(32))
    assert altered(notary, change) == [f"case {first}, key {id_}: changed"]


def test_swapped_keys(notary: Notary) -> None:
    (first, one), (second, other) = keys(notary)
    moves = [update(case_key).where(K.key_id == id_).values(key_id=new) for id_, new in ((one, "-"), (other, one), ("-", other))]
    found = altered(notary, *moves)
    assert sorted(found) == sorted([f"case {second}, key {one}: changed", f"case {first}, key {other}: changed"])


def test_keys_that_stand_at_each_others_cases(notary: Notary) -> None:
    (first, one), (second, other) = keys(notary)
    rows = {row.key_id: row.key for row in notary.office.rows(case_key, everything=True)}
    moved = [
        {"process_instance_key": second, "key_id": one, "key": rows[one]},
        {"process_instance_key": first, "key_id": other, "key": rows[other]},
    ]
    found = altered(notary, delete(case_key), insert(case_key).values(moved))
    assert sorted(found) == sorted([f"case {second}, key {one}: changed", f"case {first}, key {other}: changed"])


def test_an_added_key(notary: Notary) -> None:
    (first, id_), _ = keys(notary)
    key = secrets.token_bytes(32)
    change = update(case_key).where(K.key_id == id_).values(key_id=id_of_key(key), key=key.hex())
    assert altered(notary, change) == [f"case {first}, key {id_of_key(key)}: added"]


def test_who_handed_in_a_document_and_what_it_is_called(notary: Notary) -> None:
    id_ = notary.office.rows(document)[0].id
    place = f"case {notary.office.key}, document {id_}, field"
    assert altered(notary, update(document).values(uploaded_by="ben")) == [f"{place} uploadedBy: changed"]
    changed = update(document).values(uploaded_by="ann", file_name="other.pdf")
    assert altered(notary, changed) == [f"{place} fileName: changed"]


def test_what_is_erased_is_counted_and_is_no_finding(notary: Notary) -> None:
    with notary.office.database.write() as db:
        found = forget_person(db, "ann")
        forget_case(db, notary.office.key)
        db.execute(update(document).values(uploaded_by=found, file_name=""))
    report = notary.report()
    assert (report.findings, report.erased) == ([], 2)


# --- exports ----------------------------------------------------------------------------------------------------------

Export = Callable[[bool], tuple[Path, list[str]]]


@pytest.fixture
def export(notary: Notary, tmp_path: Path) -> Export:
    def write(personal: bool) -> tuple[Path, list[str]]:
        folder = tmp_path / f"export-{personal}"
        with notary.office.database.read() as db:
            export_history(db, notary.folder, folder, personal)
        return folder, [str(folder), "--checkpoints", str(notary.folder), "--key", str(notary.folder / "public-key.pem")]

    return write


def test_an_export_without_personal_data_verifies(export: Export, capsys: pytest.CaptureFixture[str]) -> None:
    folder, arguments = export(False)
    assert main(arguments) == 0
    assert "documents were not given; names and keys were not given" in capsys.readouterr().out
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for told in (b'"ann"', "ann ทดสอบ".encode(), b"1-1037-02071-81", b"%PDF"):
        assert told not in everything


def test_an_export_with_them_is_verified_against_them(export: Export, capsys: pytest.CaptureFixture[str]) -> None:
    folder, arguments = export(True)
    assert main(arguments) == 0
    file = folder / "people.jsonl"
    file.write_text(file.read_text().replace('"ann"', '"zoe"'))
    assert main(arguments) == 1
    assert ": changed" in capsys.readouterr().err
    file.write_text('{"pseudonym": 1}\n')
    assert main(arguments) == 2


def test_a_second_pseudonym_of_one_name_is_added(export: Export, capsys: pytest.CaptureFixture[str]) -> None:
    folder, arguments = export(True)
    salt = secrets.token_bytes(32)
    made = pseudonym_for("ann", salt)
    with open(folder / "people.jsonl", "a") as opened:
        opened.write(f'{{"pseudonym":"{made}","username":"ann","salt":"{salt.hex()}"}}\n')
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith(f"person {made}: added")


def test_the_owner_is_no_account_and_stands_openly(notary: Notary) -> None:
    assert {said["actor"] for said in notary.office.trail()} == {OWNER.id, "ann"}
