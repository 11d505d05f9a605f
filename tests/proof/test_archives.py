"""Histories of cases that are over move to files and back: nothing is missing between the two, and each proves itself."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engine.commands.place_hold import PlaceHold
from engine.errors import EngineError, Forbidden, InvalidState
from engine.history.signing import open_signer
from engine.history.verify import verify_instance
from engine.jobs.archives import Archives
from engine.jobs.checkpoints import PUBLIC_KEY, Checkpoints
from engine.jobs.retention import ARCHIVED
from engine.model.actor import SYSTEM
from engine.store import tables as t
from engine.store.tables.append_only import REFUSAL, RETENTION_ROLE
from tests.proof.keeping import Keeper, first_of
from tests.proof.notary import Notary

WHY = "two years old"


class Archivist(Keeper):
    """Whoever archives, by the account that may."""

    def __init__(self, notary: Notary) -> None:
        super().__init__(notary)
        signer = open_signer(notary.key)
        self.folder = notary.folder.with_name("archives")
        self.archives = Archives(self.bus, signer, Checkpoints(self.bus, signer, notary.folder), self.folder)

    def archive(self, older_than: str = "P2Y") -> list[Path]:
        return [file for file, _ in self.archives.carry_out(older_than, "director1", WHY)]

    def restore(self, file: Path, *only: int) -> list[int]:
        return list(self.archives.restore(file, "auditor1", "asked for by the audit office", only))


@pytest.fixture
def archivist(notary: Notary) -> Iterator[Archivist]:
    """The first case of `notary` ended three years ago; the second still runs."""
    running = notary.office.key
    notary.office.key = first_of(notary)
    notary.office.complete("b")
    notary.office.key = running
    notary.office.advance("P3Y")
    made = Archivist(notary)
    yield made
    made.close()


def events_of(notary: Notary, key: int) -> list[object]:
    c = t.history_event.c
    with notary.office.database.read() as db:
        return [tuple(row) for row in db.execute(select(t.history_event).where(c.process_instance_key == key).order_by(c.sequence))]


def test_the_history_of_a_case_that_is_over_moves_to_a_file_and_back(archivist: Archivist, notary: Notary) -> None:
    first, running = first_of(notary), notary.office.key
    before, others = events_of(notary, first), events_of(notary, running)
    (file,) = archivist.archive()
    assert events_of(notary, first) == [] and events_of(notary, running) == others
    assert archivist.archive() == []  # what is in an archive is not archived again
    assert archivist.restore(file) == [first]
    assert events_of(notary, first) == before
    assert notary.report().valid
    with notary.office.database.read() as db:
        found = verify_instance(db, first)
    assert found is not None and found.valid and found.archive is None


def test_it_goes_once_more_after_it_was_brought_back(archivist: Archivist, notary: Notary) -> None:
    (file,) = archivist.archive()
    archivist.restore(file)
    (again,) = archivist.archive()
    assert again.name.startswith("archive-00000002-") and events_of(notary, first_of(notary)) == []
    with pytest.raises(EngineError):
        archivist.restore(file, first_of(notary))  # it is in the second alone
    assert archivist.restore(again) == [first_of(notary)]


@pytest.mark.parametrize("older_than", ["P4Y", "P3Y1D"])
def test_what_ended_later_stays(archivist: Archivist, older_than: str) -> None:
    assert archivist.archive(older_than) == []


def test_what_is_held_stays(archivist: Archivist, notary: Notary) -> None:
    notary.office.run(PlaceHold(first_of(notary), "the audit office asked", by="director1"), SYSTEM)
    assert archivist.archive() == []


def test_what_does_not_verify_stays(archivist: Archivist, notary: Notary) -> None:
    from engine.store.tables.append_only import lifted

    with notary.office.database.write() as db, lifted(db):
        db.execute(text("UPDATE history_event SET actor = 'nobody' WHERE process_instance_key = :k"), {"k": first_of(notary)})
    assert list(archivist.archives.plan("P2Y")) == []


def test_retention_waits_until_it_was_brought_back(archivist: Archivist, notary: Notary) -> None:
    """A file keeps what is deleted here: whoever deletes must have it at hand, and destroy it."""
    (file,) = archivist.archive()
    notary.office.advance("P10Y")
    assert [planned.obstacle for planned in archivist.plan()] == [ARCHIVED] and archivist.carry_out() == []
    archivist.restore(file)
    (deleted,) = archivist.carry_out()
    assert deleted.cases == 1 and notary.report().valid


def test_only_what_an_archive_names_can_be_deleted(archivist: Archivist, notary: Notary) -> None:
    """And not once it was brought back, nor what was written later."""
    first = first_of(notary)
    (file,) = archivist.archive()
    archivist.restore(file)
    for key in (first, notary.office.key):
        with pytest.raises(DBAPIError, match=REFUSAL), archivist.database.write() as db:
            db.execute(text("DELETE FROM history_event WHERE process_instance_key = :k"), {"k": key})


def test_postgresql_lets_one_role_alone_archive(archivist: Archivist, notary: Notary) -> None:
    if notary.office.database.is_sqlite:
        return
    signer = open_signer(notary.key)
    service = Archives(notary.office.bus, signer, notary.checkpoints, archivist.folder)
    with pytest.raises(Forbidden, match=RETENTION_ROLE):
        list(service.carry_out("P2Y", "director1", WHY))


def test_a_file_is_never_written_over(archivist: Archivist, notary: Notary) -> None:
    (file,) = archivist.archive()
    archivist.restore(file)
    taken = file.with_name(file.name.replace("00000001", "00000002"))
    taken.write_bytes(b"of another run")
    with pytest.raises(OSError, match="it is there already"):
        archivist.archive()
    assert taken.read_bytes() == b"of another run" and len(events_of(notary, first_of(notary))) > 5
    assert sorted(archivist.folder.iterdir()) == [file, taken]


def lines(file: Path) -> list[bytes]:
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True)


@pytest.mark.parametrize("change", ["body", "cut", "one less", "another case"])
def test_what_was_altered_is_not_brought_back(archivist: Archivist, notary: Notary, change: str) -> None:
    (file,) = archivist.archive()
    told = lines(file)
    if change == "cut":
        file.write_bytes(file.read_bytes()[:-20])
    else:
        row = json.loads(told[-1])
        other = {"body": {"body": row["body"].replace("ctor", "tcor")}, "another case": {"case": notary.office.key}}.get(change, {})
        told[-1:] = [] if change == "one less" else [json.dumps(row | other).encode() + b"\n"]
        file.write_bytes(gzip.compress(b"".join(told)))
    with pytest.raises(OSError):
        archivist.restore(file)
    assert events_of(notary, first_of(notary)) == []


def test_the_service_tells_who_ordered_it(archivist: Archivist, notary: Notary) -> None:
    (file,) = archivist.archive()
    archivist.restore(file)
    told = [row for row in notary.office.rows(t.service_event) if row.type.startswith("history-")]
    assert [(row.type, row.entity_key) for row in told] == [("history-archived", "1"), ("history-restored", "1")]
    said = json.loads(told[0].body)["data"]
    assert (said["reason"], said["cases"]) == (WHY, 1) and len(said["archive"]) == 64
    assert (notary.folder / PUBLIC_KEY).exists()


def test_a_case_that_changed_meanwhile_is_not_archived(archivist: Archivist, notary: Notary) -> None:
    from dataclasses import replace

    from engine.commands.archive_history import ArchiveHistory

    (ripe,) = archivist.archives.plan("P2Y")
    command = ArchiveHistory(
        json.dumps({"reason": WHY, "number": 1, "month": ripe.month, "cases": 1, "events": 1}), "", ripe.roots,
        tuple((c.case, c.sequence - 1, c.head) for c in ripe.cases), notary.office.clock.now(), "director1",
    )  # fmt: skip
    with pytest.raises(InvalidState):
        archivist.bus.run(command, SYSTEM)
    with pytest.raises(InvalidState):
        archivist.bus.run(replace(command, roots=(notary.office.key,)), SYSTEM)
