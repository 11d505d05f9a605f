"""An archive proves itself, and together with the database that nothing is missing between the two."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from engine.history.archive import archive_body
from engine.history.checkpoint import Head
from engine.history.export import export_history
from engine.history.orders import latest_order
from engine.history.rows import Rows
from engine.history.signing import open_signer
from engine.jobs.checkpoints import PUBLIC_KEY
from engine.store import tables as t
from engine.store.tables.append_only import lifted
from krabuan_verify.__main__ import main
from krabuan_verify.archives import Archive, verify_archive
from krabuan_verify.checkpoints import read_checkpoints
from krabuan_verify.findings import Report
from krabuan_verify.signatures import read_keys
from krabuan_verify.verify import verify
from tests.conftest import ROOT
from tests.proof.keeping import first_of
from tests.proof.notary import Notary
from tests.proof.test_archives import Archivist, lines


@pytest.fixture
def archivist(notary: Notary) -> Iterator[Archivist]:
    """Both cases ended; both are in the first archive."""
    for key in (first_of(notary), notary.office.key):
        notary.office.key = key
        notary.office.complete("b")
    notary.office.advance("P3Y")
    made = Archivist(notary)
    assert len(made.archive()) == 1
    yield made
    made.close()


def file_of(archivist: Archivist) -> Path:
    return next(archivist.folder.glob("*.gz"))


def alone(notary: Notary, file: Path) -> Archive:
    return verify_archive(file, read_keys([notary.folder / PUBLIC_KEY]))


def together(notary: Notary, folder: Path | None) -> Report:
    keys = read_keys([notary.folder / PUBLIC_KEY])
    with notary.office.database.read() as db:
        return verify(Rows(db), read_checkpoints(notary.folder, keys), keys, folder)


def said(report: Report | Archive) -> set[str]:
    return {str(finding).partition(" (")[0] for finding in report.findings}


def test_a_file_verifies_alone_on_any_machine(archivist: Archivist, notary: Notary) -> None:
    found = alone(notary, file_of(archivist))
    assert found.valid and len(found.heads) == 2 and found.signed == found.events > 10
    command = [sys.executable, "-m", "krabuan_verify", str(file_of(archivist)), "--key", str(notary.folder / PUBLIC_KEY)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "2 cases" in done.stdout and "0 findings" in done.stdout
    assert main([str(file_of(archivist))]) == 2  # whose key?


def test_nothing_is_missing_between_both(archivist: Archivist, notary: Notary) -> None:
    found = together(notary, archivist.folder)
    assert found.findings == [] and found.filed == 0 and found.cases == 2
    assert found.events > alone(notary, file_of(archivist)).events  # and those of the service


def test_the_database_alone_says_what_it_cannot_see(archivist: Archivist, notary: Notary) -> None:
    found = together(notary, None)
    assert found.findings == [] and found.filed == 2 and "2 histories begin in archives" in str(found)


def test_so_does_an_export(archivist: Archivist, notary: Notary, tmp_path: Path) -> None:
    with notary.office.database.read() as db:
        export_history(db, notary.folder, tmp_path / "export")
    key = ["--key", str(notary.folder / PUBLIC_KEY)]
    assert main([str(tmp_path / "export"), *key]) == 0
    assert main([str(tmp_path / "export"), *key, "--archives", str(archivist.folder)]) == 0
    file_of(archivist).write_bytes(b"")
    assert main([str(tmp_path / "export"), *key, "--archives", str(archivist.folder)]) == 1
    for name in ("archives", "archived"):  # as releases of before wrote them: what is not there is missing
        (tmp_path / "export" / f"{name}.jsonl").unlink()
    assert main([str(tmp_path / "export"), *key]) == 1


def event(change: Callable[[dict[str, object]], object]) -> Callable[[list[bytes]], None]:
    def changed(told: list[bytes]) -> None:
        row = json.loads(told[-2])
        change(row)
        told[-2] = json.dumps(row).encode() + b"\n"

    return changed


@pytest.mark.parametrize(("change", "finding"), [
    (event(lambda row: row.update(body=str(row["body"]).replace("amount", "amnout"), hash="0" * 64)), "event"),
    (event(lambda row: row.update(actor="nobody")), "field actor"),
    (event(lambda row: row.update(at="2020-01-01T00:00:00.000000Z")), "field at"),
    (event(lambda row: row.update(case=17)), "case 17"),
    (lambda told: told.pop(-2), "removed"),
    (lambda told: told.pop(), "field history"),
    (lambda told: told.insert(-1, told[-1]), "event"),
    (lambda told: told.pop(1), "manifest"),
    (lambda told: told.__setitem__(0, told[0].replace(b"two years old", b"one year old.")), "signature"),
    (lambda told: told.__setitem__(3, told[3].replace(b'"checkpoint":', b'"checkpoint":9')), "file"),
    (lambda told: told.append(b"more\n"), "added"),
])  # fmt: skip
def test_whatever_is_changed_in_a_file_is_found(archivist: Archivist, notary: Notary, change: Callable[[list[bytes]], object], finding: str) -> None:
    """By the file alone, and by both together."""
    told = lines(file_of(archivist))
    change(told)
    file_of(archivist).write_bytes(gzip.compress(b"".join(told)))
    found = alone(notary, file_of(archivist))
    assert not found.valid and finding in " ".join(said(found))
    assert not together(notary, archivist.folder).valid


@pytest.mark.parametrize("left", [0.3, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_found(archivist: Archivist, notary: Notary, left: float) -> None:
    whole = file_of(archivist).read_bytes()
    file_of(archivist).write_bytes(whole[: int(len(whole) * left)])
    assert not alone(notary, file_of(archivist)).valid and not together(notary, archivist.folder).valid


def test_every_bit_counts(archivist: Archivist, notary: Notary) -> None:
    whole = file_of(archivist).read_bytes()
    for at in range(10, len(whole) - 8, max(1, len(whole) // 40)):
        file_of(archivist).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not alone(notary, file_of(archivist)).valid, at


def test_files_that_were_swapped_or_taken_away_are_found(archivist: Archivist, notary: Notary) -> None:
    first = file_of(archivist)
    archivist.restore(first)
    (second,) = archivist.archive()
    assert together(notary, archivist.folder).valid
    old = second.read_bytes()
    second.write_bytes(first.read_bytes())
    assert alone(notary, second).valid and "archive 2, file " + second.name + ": changed" in said(together(notary, archivist.folder))
    second.unlink()
    assert "archive 2: removed" in said(together(notary, archivist.folder))
    second.write_bytes(old)
    first.unlink()  # its histories were brought back, and are in the second now
    assert together(notary, archivist.folder).valid


@pytest.mark.parametrize(("statement", "finding"), [
    ("DELETE FROM archived_case WHERE process_instance_key = {0}", "archive 1, field manifest: changed"),
    ("UPDATE archived_case SET head = 'x' WHERE process_instance_key = {0}", "archive 1, field manifest: changed"),
    ("UPDATE archived_case SET sequence = sequence - 1 WHERE process_instance_key = {0}", "archive 1, field manifest: changed"),
    ("UPDATE history_archive SET body = replace(body, 'two', 'ten')", "archive 1, field signature: changed"),
    ("UPDATE history_archive SET ordered_by = 'nobody'", "archive 1, field orderedBy: changed"),
    ("UPDATE history_archive SET cases = 5", "archive 1, field cases: changed"),
    ("UPDATE process_instance SET history_head = 'x' WHERE key = {0}", "case {0}, field historyHead: changed"),
    ("UPDATE process_instance SET history_sequence = history_sequence + 1 WHERE key = {0}", "case {0}, field historySequence: changed"),
    ("INSERT INTO restored_case VALUES ({0}, 1, '-')", "case {0}, event 1: removed"),
])  # fmt: skip
@pytest.mark.parametrize("with_files", [True, False])
def test_whatever_is_changed_in_the_database_is_found(archivist: Archivist, notary: Notary, statement: str, finding: str, with_files: bool) -> None:
    key = first_of(notary)
    with notary.office.database.write() as db, lifted(db):
        assert db.execute(text(statement.format(key))).rowcount == 1
    assert finding.format(key) in said(together(notary, archivist.folder if with_files else None))


def test_events_that_are_in_both_are_found(archivist: Archivist, notary: Notary) -> None:
    archivist.restore(file_of(archivist))
    with notary.office.database.write() as db, lifted(db):
        db.execute(text("DELETE FROM restored_case"))
    assert not together(notary, None).valid and not together(notary, archivist.folder).valid


def test_a_record_that_the_service_does_not_tell_of_is_found(archivist: Archivist, notary: Notary) -> None:
    """With every right and the key, but without the bus."""
    with notary.office.database.write() as db:
        number, previous = latest_order(db, t.history_archive)
        body = archive_body(number + 1, previous, notary.office.clock.now(), "nobody", "because", "2026-01", [Head(1, 1, "0" * 64)])
        row = {"key": 2, "made_at": notary.office.clock.now(), "ordered_by": "nobody", "cases": 1, "events": 1, "previous": previous, "body": body}
        db.execute(insert(t.history_archive), row | {"signature": open_signer(notary.key).sign(body)})
        db.execute(insert(t.archived_case), {"process_instance_key": 1, "archive_key": 2, "sequence": 1, "head": "0" * 64})
    assert "archive 2: changed" in said(together(notary, None))
