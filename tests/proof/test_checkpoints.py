"""Checkpoints: what they cover, how they are signed, chained, kept and exported."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy import text

from engine.commands.record_checkpoint import RecordCheckpoint
from engine.errors import AlreadyExists
from engine.history.digests import fingerprint, leaf, merkle_root
from engine.history.signing import open_signer
from engine.jobs.checkpoints import Checkpoints
from engine.model.actor import SYSTEM
from engine.store import tables as t
from engine.store.tables.append_only import lifted
from krabuan_verify import digests as independent
from tests.dsl import Office
from tests.proof.notary import Notary


def lines(notary: Notary, number: int) -> list[dict[str, object]]:
    text = (notary.folder / f"checkpoint-{number:08}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_checkpoint_covers_every_event_of_now(notary: Notary) -> None:
    report = notary.report()
    assert report.valid and report.uncovered == 0
    assert (report.cases, report.checkpoints, report.documents) == (2, 1, 1)
    events = [*notary.office.rows(t.history_event, everything=True), *notary.office.rows(t.service_event)]
    assert report.events == len(events)


def test_later_events_are_counted_until_the_next_checkpoint(notary: Notary) -> None:
    before = notary.office.instance.history_sequence
    notary.office.complete("b")
    notary.office.start()
    rows = notary.office.rows(t.process_instance)
    report = notary.report()
    assert report.valid
    assert report.uncovered == rows[1].history_sequence - before + rows[2].history_sequence
    assert notary.checkpoints.make() == 1
    assert notary.report().uncovered == 0 and notary.report().valid
    assert [line["case"] for line in lines(notary, 2)[1:]] == [rows[1].key, rows[2].key], "only what changed"


def test_what_came_since_the_last_one_is_found_without_looking_at_all(notary: Notary) -> None:
    office = notary.office
    office.complete("b")
    assert notary.checkpoints.make(whole=False) == 1
    assert notary.report().uncovered == 0 and notary.report().valid
    assert notary.checkpoints.make(whole=False) == 0


def test_what_a_clock_wrote_that_was_set_far_back_is_found_among_all(
    notary: Notary, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = notary.office
    monkeypatch.setattr(office.clock, "_now", office.clock.now() - timedelta(hours=2))
    office.start()
    assert notary.checkpoints.make(whole=False) == 0
    assert notary.checkpoints.make() == 1
    assert notary.report().uncovered == 0


def test_between_any_two_events_others_may_have_their_turn(notary: Notary) -> None:
    """Each is read once: what was signed is exported as it was signed."""
    before = notary.office.instance.history_sequence
    notary.office.complete("b")
    rests: list[int] = []
    assert notary.checkpoints.make(rest=lambda: rests.append(1)) == 1
    assert len(rests) == notary.office.instance.history_sequence - before
    assert notary.report().valid and notary.report().uncovered == 0


def test_nothing_new_makes_no_checkpoint(notary: Notary) -> None:
    assert notary.checkpoints.make() == 0
    assert len(notary.office.rows(t.checkpoint)) == 1


def test_each_is_signed_and_continues_the_one_before(notary: Notary) -> None:
    notary.office.complete("b")
    notary.checkpoints.make()
    key = load_pem_public_key((notary.folder / "public-key.pem").read_bytes())
    bodies = []
    for row in notary.office.rows(t.checkpoint):
        key.verify(base64.b64decode(row.signature), row.body.encode())  # type: ignore[union-attr,call-arg,arg-type]
        bodies.append(json.loads(row.body))
    assert [body["number"] for body in bodies] == [1, 2]
    assert bodies[1]["previous"] == independent.sha256(notary.office.rows(t.checkpoint)[0].body)


def test_a_lost_folder_is_written_again_as_it_was(notary: Notary) -> None:
    notary.office.complete("b")
    notary.checkpoints.make()
    before = {path.name: path.read_bytes() for path in notary.folder.iterdir()}
    for path in notary.folder.iterdir():
        path.unlink()
    assert notary.checkpoints.export() == 2
    assert {path.name: path.read_bytes() for path in notary.folder.iterdir()} == before


def test_files_that_were_seen_are_looked_for_again_when_asked(notary: Notary) -> None:
    """A node does not look for hundreds of thousands of files every two minutes."""
    notary.office.complete("b")
    notary.checkpoints.make()
    first, second = (notary.folder / f"checkpoint-0000000{number}.jsonl" for number in (1, 2))
    first.unlink()
    notary.checkpoints.make()
    assert not first.exists()
    assert notary.checkpoints.export() == 1 and notary.report().valid
    for path in (first, second):  # the folder was lost
        path.unlink()
    notary.checkpoints.make()
    assert first.exists() and second.exists()


def test_what_cannot_be_exported_is_told_every_time(notary: Notary) -> None:
    with notary.office.database.write() as db, lifted(db):
        db.execute(text("UPDATE history_event SET body = '{}' WHERE sequence = 2"))
    other = Checkpoints(notary.office.bus, open_signer(notary.key), notary.folder.with_name("elsewhere"))
    for _ in range(2):
        with pytest.raises(OSError, match=r"checkpoints \[1\] cannot be exported"):
            other.make()


def test_two_nodes_do_not_make_one_twice(notary: Notary) -> None:
    row = notary.office.rows(t.checkpoint)[0]
    before = notary.office.snapshot()
    with pytest.raises(AlreadyExists):
        notary.office.run(RecordCheckpoint(row.body, row.signature, ((notary.office.key, 99, "x"),)), SYSTEM)
    assert notary.office.snapshot() == before


def test_many_cases_make_several_checkpoints(notary: Notary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.history.checkpoint.AT_ONCE", 2)
    for _ in range(5):
        notary.office.start()
    assert notary.checkpoints.make() == 3
    assert notary.report().valid and notary.report().uncovered == 0


def test_a_history_that_does_not_verify_is_not_signed(notary: Notary) -> None:
    broken = notary.office.start()
    with notary.office.database.write() as db, lifted(db):
        db.execute(text("UPDATE history_event SET actor = 'x' WHERE process_instance_key = :k AND sequence = 3"), {"k": broken})
    sound = notary.office.start()
    assert notary.checkpoints.make() == 1
    body = lines(notary, 2)[0]["body"]
    assert json.loads(str(body))["broken"] == [{"case": broken, "event": 3}]
    assert [line["case"] for line in lines(notary, 2)[1:]] == [sound]
    assert notary.checkpoints.make() == 0


def test_what_was_changed_before_it_was_exported_is_not_exported(notary: Notary, tmp_path: Path) -> None:
    with notary.office.database.write() as db, lifted(db):
        db.execute(text("DELETE FROM history_event WHERE sequence = 2"))
    other = Checkpoints(notary.office.bus, open_signer(notary.key), tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r"checkpoints \[1\] cannot be exported"):
        other.export()


def test_a_folder_belongs_to_one_database_and_key(notary: Notary, tmp_path: Path) -> None:
    other = Checkpoints(notary.office.bus, open_signer(tmp_path / "other.pem"), notary.folder)
    with pytest.raises(OSError, match="another one is there"):
        other.make()


def test_none_is_made_where_the_folder_has_one_of_another_past(notary: Notary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Number 2 can be made, 3 cannot: also when both come one after the other."""
    monkeypatch.setattr("engine.history.checkpoint.AT_ONCE", 2)
    another = notary.folder / "checkpoint-00000003.jsonl"
    another.write_bytes(b"of another past\n")
    for _ in range(5):
        notary.office.start()
    for _ in range(2):
        with pytest.raises(OSError, match="has checkpoint 3, and the database ends at 2"):
            notary.checkpoints.make()
        assert [row.key for row in notary.office.rows(t.checkpoint)] == [1, 2]
    assert another.read_bytes() == b"of another past\n"


def test_the_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "key.pem"
    signer = open_signer(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert open_signer(file).public_pem() == signer.public_pem()
    assert "PRIVATE" not in signer.public_pem() + repr(signer)
    file.chmod(0o640)
    with pytest.raises(PermissionError):
        open_signer(file)


@pytest.mark.parametrize("content", ["", "rubbish", "rsa"])
def test_what_is_no_key_is_refused(tmp_path: Path, content: str) -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path / "key.pem"
    file.write_bytes(other if content == "rsa" else content.encode())
    file.chmod(0o600)
    with pytest.raises(OSError):
        open_signer(file)


@pytest.mark.parametrize("count", [*range(1, 18), 100])
def test_both_programs_make_the_same_tree(count: int) -> None:
    leaves = [leaf(case, case + 1, "0" * 64) for case in range(count)]
    assert leaves == [independent.leaf(case, case + 1, "0" * 64) for case in range(count)]
    assert merkle_root(leaves) == independent.tree_root(leaves)


def test_both_programs_make_the_same_digests(small_office: Office) -> None:
    body = '{"sequence":3,"at":"x","actor":"ก","onBehalfOf":null,"data":{"b":[1,2.50],"a":{"z":1,"y":"é"}}}'
    expected = [independent.identity(7, body), independent.field_digests(7, independent.parsed(body))]
    assert fingerprint(7, body) == expected
    assert set(expected[1]) == {"at", "actor", "onBehalfOf", "data.b", "data.a"}
