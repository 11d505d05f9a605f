"""Retention: what was kept long enough is deleted for good, and what it leaves behind still proves everything else."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.adapters.keys import CountingKeys
from engine.commands.add_person import AddPerson
from engine.commands.carry_out_retention import CarryOutRetention
from engine.commands.end_hold import EndHold
from engine.commands.place_hold import PlaceHold
from engine.commands.write_comment import WriteComment
from engine.errors import AlreadyExists, CaseHeld, Forbidden, InvalidArgument, InvalidState, ReasonNeeded
from engine.history.certificate import certificate_body
from engine.history.checkpoint import Head
from engine.history.signing import open_signer
from engine.jobs.checkpoints import Checkpoints
from engine.jobs.retention import Retention
from engine.model.actor import SYSTEM
from engine.store import tables as t
from engine.store.tables import metadata
from engine.store.tables.append_only import REFUSAL
from tests.dsl import ADMIN, OWNER, Office
from tests.proof.keeping import WHY, Keeper, first_of
from tests.proof.notary import Notary

LEFT = {"checkpoint_head", "checkpoint", "deleted_case", "retention_certificate", "service_event"}


@contextmanager
def unchanged(office: Office) -> Iterator[None]:
    before = office.snapshot()
    yield
    assert office.snapshot() == before


def full(notary: Notary) -> int:
    """The case that will go has something in every table that cases have something in."""
    office, keys = notary.office, notary.office.bus.services.keys
    assert isinstance(keys, CountingKeys)
    keys._next += 712_345_678  # no other number looks like the key of this case
    office.key = office.start(amount=5)
    office.run(WriteComment(office.key, "ครบแล้ว"), OWNER)
    office.complete("a", amount=6)
    office.complete("b")
    office.run(EndHold(int(office.run(PlaceHold(office.key, "a court"), OWNER)["legalHoldKey"]), "it is over"), OWNER)
    return office.key


def mentions(office: Office, key: int) -> set[str]:
    """The tables in which the key of a case stands anywhere."""
    found = set()
    for name, table in metadata.tables.items():
        if any(str(key) in str(value) for row in office.rows(table, everything=True) for value in row):
            found.add(name)
    return found


def test_nothing_of_it_is_left_but_its_head(notary: Notary, keeper: Keeper) -> None:
    office, key = notary.office, full(notary)
    assert {"history_event", "process_instance", "user_task", "variable", "legal_hold", "comment"} <= mentions(office, key)
    head = office.instance.history_head
    office.advance("P10Y")
    keeper.carry_out()
    assert mentions(office, key) <= LEFT
    (row,) = [row for row in office.rows(t.deleted_case, everything=True) if row.process_instance_key == key]
    assert row.head == head and row.certificate_key == 1


def test_the_rest_still_verifies_and_the_deleted_are_told_apart_from_the_missing(notary: Notary, keeper: Keeper) -> None:
    office, first, events = notary.office, first_of(notary), len(notary.office.rows(t.history_event))
    office.advance("P10Y")
    (deleted,) = keeper.carry_out()
    assert (deleted.certificate, deleted.cases) == (1, 1) and deleted.events > 0
    report = notary.report()
    assert report.findings == [] and report.uncovered == 0
    assert report.deletions() == [f"case {first}: deleted by retention, certificate 1"]
    assert "1 cases were deleted by retention" in str(report)
    assert len(office.rows(t.history_event)) == events, "the other case keeps its history"
    office.complete("b")
    notary.checkpoints.make()
    assert notary.report().valid


def test_the_events_of_the_service_tell_of_it(notary: Notary, keeper: Keeper) -> None:
    notary.office.advance("P10Y")
    (deleted,) = keeper.carry_out(" ผู้อำนวยการ ", "พ้นกำหนดเก็บรักษา")
    told = [row for row in notary.office.rows(t.service_event) if row.type == "retention-carried-out"]
    (certificate,) = notary.office.rows(t.retention_certificate)
    said = json.loads(told[0].body)["data"]
    assert said == {
        "entityKey": "1", "certificate": hashlib.sha256(certificate.body.encode()).hexdigest(), "cases": 1,
        "orderedBy": "ผู้อำนวยการ", "reason": "พ้นกำหนดเก็บรักษา", "events": deleted.events,
    }  # fmt: skip
    assert certificate.ordered_by == "ผู้อำนวยการ"


def test_an_account_stands_in_the_certificate_by_its_pseudonym(notary: Notary, keeper: Keeper) -> None:
    """What is signed cannot be changed when the account is to be forgotten."""
    notary.office.run(AddPerson("director9", "Director Nine"), SYSTEM)
    notary.office.advance("P10Y")
    keeper.carry_out("director9")
    (certificate,) = notary.office.rows(t.retention_certificate)
    assert certificate.ordered_by.startswith("$p_") and "director9" not in certificate.body
    told = [row.body for row in notary.office.rows(t.service_event) if row.type == "retention-carried-out"]
    assert json.loads(told[0])["data"]["orderedBy"] == certificate.ordered_by
    assert notary.report().valid


def test_many_cases_take_several_certificates(
    notary: Notary, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.jobs.retention.AT_ONCE", 2)
    for _ in range(4):
        full(notary)
    notary.office.advance("P10Y")
    assert [(d.certificate, d.cases) for d in keeper.carry_out()] == [(1, 2), (2, 2), (3, 1)]
    assert notary.report().valid and len(notary.report().deleted) == 5
    assert keeper.carry_out() == [] and keeper.plan() == []


def test_an_older_folder_of_checkpoints_still_verifies_it(notary: Notary, keeper: Keeper, tmp_path: Path) -> None:
    notary.checkpoints.make()
    before = Path(shutil.copytree(notary.folder, tmp_path / "before"))
    notary.office.advance("P10Y")
    keeper.carry_out()
    report = notary.report(before)
    assert report.findings == [] and report.deleted == {first_of_deleted(notary): 1}


def first_of_deleted(notary: Notary) -> int:
    return int(notary.office.rows(t.deleted_case, everything=True)[0].process_instance_key)


def test_files_of_before_are_not_made_again_and_others_are(
    notary: Notary, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    notary.office.advance("P10Y")
    keeper.carry_out()
    for path in notary.folder.iterdir():
        path.unlink()
    with caplog.at_level(logging.WARNING):
        notary.checkpoints.export()
    assert "checkpoint 1 cannot be exported again" in caplog.text
    names = {path.name for path in notary.folder.iterdir()}
    assert {"certificate-00000001.jsonl", "checkpoint-00000003.jsonl"} <= names and "checkpoint-00000001.jsonl" not in names


# --- what is refused -------------------------------------------------------------------------------------------------


def command(notary: Notary, keeper: Keeper, **wrong: Any) -> CarryOutRetention:
    """The deletion of the case that has ended, signed, with something wrong about it."""
    from engine.history.signing import open_signer

    office = notary.office
    row = next(r for r in office.rows(t.process_instance) if r.state == "COMPLETED")
    given = {"by": "director1", "reason": WHY, "number": 1, "default": "P10Y", "sequence": row.history_sequence} | wrong
    heads = [Head(row.key, given["sequence"], row.history_head)]
    body = certificate_body(given["number"], "0" * 64, office.clock.now(), given["by"], given["reason"], heads)
    cases = ((row.key, given["sequence"], row.history_head),)
    signature = open_signer(notary.key).sign(body)
    return CarryOutRetention(body, signature, (row.key,), cases, given["default"], given["by"])


@pytest.mark.parametrize(("wrong", "error"), [
    ({"reason": "no"}, ReasonNeeded), ({"by": " "}, InvalidArgument), ({"by": "x" * 257}, InvalidArgument),
    ({"sequence": 3}, InvalidState), ({"default": "P11Y"}, InvalidState), ({"default": "soon"}, InvalidArgument),
])  # fmt: skip
def test_what_is_wrong_about_it_changes_nothing(
    notary: Notary, keeper: Keeper, wrong: dict[str, Any], error: type[Exception]
) -> None:
    notary.office.advance("P10Y")
    with unchanged(notary.office), pytest.raises(error):
        keeper.bus.run(command(notary, keeper, **wrong), SYSTEM)
    keeper.bus.run(command(notary, keeper), SYSTEM)


def test_a_hold_that_was_placed_meanwhile_stops_it(notary: Notary, keeper: Keeper) -> None:
    notary.office.advance("P10Y")
    deletion = command(notary, keeper)
    notary.office.run(PlaceHold(first_of(notary), "a court asked for it"), OWNER)
    with unchanged(notary.office), pytest.raises(InvalidState):
        keeper.bus.run(deletion, SYSTEM)
    with unchanged(notary.office), pytest.raises(CaseHeld):
        keeper.bus.run(command(notary, keeper), SYSTEM)


def test_a_number_is_given_once(notary: Notary, keeper: Keeper) -> None:
    notary.office.advance("P10Y")
    keeper.carry_out()
    full(notary)
    notary.office.advance("P10Y")
    with unchanged(notary.office), pytest.raises(AlreadyExists):
        keeper.bus.run(command(notary, keeper), SYSTEM)


def test_only_the_system_deletes(notary: Notary, keeper: Keeper) -> None:
    notary.office.advance("P10Y")
    for actor in (ADMIN, OWNER):
        with unchanged(notary.office), pytest.raises(Forbidden):
            keeper.bus.run(command(notary, keeper), actor)


def test_history_that_no_certificate_names_is_deleted_by_nobody(notary: Notary, keeper: Keeper) -> None:
    """Not by the account of retention either."""
    for statement in ("DELETE FROM history_event", "UPDATE history_event SET actor = 'x'"):
        with unchanged(notary.office), pytest.raises(DBAPIError), keeper.database.write() as db:
            db.execute(text(statement))


def test_another_account_deletes_nothing_although_a_certificate_names_it(notary: Notary, keeper: Keeper) -> None:
    if notary.office.database.is_sqlite:  # which has no accounts
        return
    notary.office.advance("P10Y")
    with unchanged(notary.office), pytest.raises(DBAPIError, match=REFUSAL):
        notary.office.run(command(notary, keeper), SYSTEM)
    service = Keeper(notary)
    other = Retention(notary.office.bus, service.retention._signer, service.retention._checkpoints, "P10Y")
    with unchanged(notary.office), pytest.raises(Forbidden, match="krabuan_retention"):
        list(other.carry_out("director1", WHY))
    service.close()


def test_a_checkpoint_of_another_node_is_exported_before_what_it_covers_goes(
    notary: Notary, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was recorded after retention began, and its file was not written yet."""
    office, first = notary.office, first_of(notary)
    office.advance("P10Y")
    make, elsewhere = keeper.retention._checkpoints.make, Checkpoints(keeper.bus, open_signer(notary.key), notary.folder)

    def others_are_at_it() -> int:
        made = make()
        if first in {row.key for row in office.rows(t.process_instance)}:
            office.run(PlaceHold(first, "a court asked for it"), OWNER)
            (hold,) = [row.key for row in office.rows(t.legal_hold, everything=True)]
            office.run(EndHold(hold, "the trial is over"), OWNER)
            with monkeypatch.context() as patch:
                patch.setattr(elsewhere, "export", lambda **_: 0)
                assert elsewhere.make() == 1
        return made

    monkeypatch.setattr(keeper.retention._checkpoints, "make", others_are_at_it)
    assert len(keeper.carry_out()) == 1
    assert notary.report().findings == []
