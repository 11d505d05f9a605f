"""A certificate of retention proves what it says and no more: forged, wider, removed or altered ones are named."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import insert

from engine.history.certificate import certificate_body, exported_certificate
from engine.history.checkpoint import Head
from engine.history.signing import open_signer
from engine.store import tables as t
from engine.store.tables.append_only import lifted
from tests.proof.forging import delete_case, rewrite_service
from tests.proof.keeping import Keeper, altered
from tests.proof.notary import Notary


@pytest.fixture
def after(notary: Notary) -> Iterator[Notary]:
    """The first of two cases was deleted by retention."""
    office, running = notary.office, notary.office.key
    office.key = office.rows(t.process_instance)[0].key
    office.complete("b")
    office.key = running
    office.advance("P10Y")
    keeper = Keeper(notary)
    keeper.carry_out()
    keeper.close()
    assert notary.report().valid
    yield notary


def deleted(notary: Notary) -> int:
    return int(notary.office.rows(t.deleted_case, everything=True)[0].process_instance_key)


def delete_bare(notary: Notary, key: int) -> None:
    """With every right, and without a certificate."""
    with notary.office.database.write() as db, lifted(db):
        delete_case(db, key)


def file_of(notary: Notary) -> str:
    return (notary.folder / "certificate-00000001.jsonl").read_text(encoding="utf-8")


def test_a_deletion_without_a_certificate_is_found(after: Notary) -> None:
    delete_bare(after, after.office.key)
    assert after.found() == [f"case {after.office.key}: removed"]


def test_a_wider_certificate_is_found(after: Notary) -> None:
    key = after.office.key
    with after.office.database.write() as db:
        row = {"process_instance_key": key, "sequence": 1, "head": "0" * 64, "certificate_key": 1}
        db.execute(insert(t.deleted_case), row)
    delete_bare(after, key)
    named = f"certificate 1, case {key}, field deletedCase: added"
    assert set(after.found()) == {named, f"case {key}: removed"}


def add_certificate(notary: Notary, signed_with: str, case: int) -> None:
    """One more, made as the service makes them."""
    office = notary.office
    row = next(r for r in office.rows(t.process_instance) if r.key == case)
    head = Head(case, row.history_sequence, row.history_head)
    body = certificate_body(2, "0" * 64, office.clock.now(), "nobody", "because", [head])
    signature = open_signer(notary.key.with_name(signed_with)).sign(body)
    with office.database.write() as db:
        said = {"key": 2, "made_at": office.clock.now(), "ordered_by": "nobody", "cases": 1, "events": head.sequence}
        db.execute(insert(t.retention_certificate), said | {"previous": "0" * 64, "body": body, "signature": signature})
        named = {"process_instance_key": case, "sequence": head.sequence, "head": head.head, "certificate_key": 2}
        db.execute(insert(t.deleted_case), named)


def test_a_certificate_that_somebody_else_signed_is_found(after: Notary) -> None:
    key = after.office.key
    add_certificate(after, "another.pem", key)
    delete_bare(after, key)
    assert set(after.found()) == {"certificate 2, field signature: added", f"case {key}: removed"}


def test_a_certificate_that_does_not_continue_the_last_is_found(after: Notary) -> None:
    """Even with the key."""
    key = after.office.key
    add_certificate(after, after.key.name, key)
    delete_bare(after, key)
    assert set(after.found()) == {"certificate 2, field previous: added", f"case {key}: removed"}


def test_a_checkpoint_is_no_certificate(after: Notary) -> None:
    """It is signed with the same key, numbered and chained, and names cases and heads."""
    key = after.office.key
    first = (after.folder / "checkpoint-00000001.jsonl").read_text(encoding="utf-8")
    (after.folder / "certificate-00000001.jsonl").write_text(first, encoding="utf-8")
    delete_bare(after, key)
    found = set(after.found())
    assert {"certificate 1, field kind: changed", f"case {key}: removed"} <= found


def test_a_certificate_is_no_checkpoint(after: Notary) -> None:
    (after.folder / "checkpoint-00000001.jsonl").write_text(file_of(after), encoding="utf-8")
    assert "checkpoint 1, field body: changed" in after.found()


def test_a_case_that_comes_back_is_found(after: Notary) -> None:
    row = dict(after.office.rows(t.process_instance)[0]._mapping)
    with after.office.database.write() as db:
        db.execute(insert(t.process_instance), row | {"key": deleted(after), "root_key": deleted(after)})
    assert f"certificate 1, case {deleted(after)}: added" in after.found()


@pytest.mark.parametrize(("column", "field"), [
    ("ordered_by", "orderedBy"), ("body", "body"), ("signature", "signature"), ("cases", "cases"), ("events", "events"),
    ("previous", "previous"), ("made_at", "madeAt"),
])  # fmt: skip
def test_an_altered_certificate(after: Notary, column: str, field: str) -> None:
    value = 7 if column in ("cases", "events") else "forged"
    found = altered(after, f"UPDATE retention_certificate SET {column} = '{value}'")
    assert found == [f"certificate 1, field {field}: changed"]


def test_what_it_names_in_the_database(after: Notary) -> None:
    key = deleted(after)
    assert altered(after, "UPDATE deleted_case SET head = 'x'") == [f"certificate 1, case {key}, field deletedCase: changed"]
    found = altered(after, "DELETE FROM deleted_case")
    assert found == [f"certificate 1, case {key}, field deletedCase: removed"]
    assert altered(after, "DELETE FROM retention_certificate") == ["certificate 1: removed"]


def test_a_removed_file_and_a_removed_row(after: Notary) -> None:
    (after.folder / "certificate-00000001.jsonl").unlink()
    assert after.found() == [], "the database has it, signed"
    found = altered(after, "DELETE FROM deleted_case", "DELETE FROM retention_certificate")
    assert set(found) == {"certificate 1: removed", f"case {deleted_before(after)}: removed"}


def deleted_before(notary: Notary) -> int:
    """The case that the first checkpoint covers and the database has no more."""
    lines = (notary.folder / "checkpoint-00000001.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    there = {row.key for row in notary.office.rows(t.process_instance)} | {0}
    return next(case for line in lines if (case := json.loads(line)["case"]) not in there)


def test_an_altered_file(after: Notary) -> None:
    text_ = file_of(after)
    for changed, field in (
        (text_.replace("director1", "director2"), "signature"), (text_ + text_.splitlines()[1] + "\n", "manifest"),
        (text_.splitlines()[0] + "\n", "manifest"), ("rubbish", "signature"),
    ):  # fmt: skip
        (after.folder / "certificate-00000001.jsonl").write_text(changed, encoding="utf-8")
        assert after.found() == [f"certificate 1, field {field}: changed"]


def test_the_events_of_the_service_must_tell_of_it(after: Notary) -> None:
    """A certificate of a holder of the key, of which the service knows nothing."""

    def forget(events: list[dict[str, object]]) -> None:
        events[:] = [event for event in events if event["type"] != "retention-carried-out"]

    with after.office.database.write() as db, lifted(db):
        rewrite_service(db, forget)
    assert "certificate 1: changed" in after.found()


def test_the_file_is_what_the_database_gives(after: Notary) -> None:
    with after.office.database.read() as db:
        assert exported_certificate(db, 1).decode() == file_of(after)
    first, *lines = file_of(after).splitlines()
    said = json.loads(json.loads(first)["body"])
    assert said["orderedBy"] == "director1" and said["cases"] == len(lines) == 1
    assert json.loads(lines[0])["case"] == deleted(after)
