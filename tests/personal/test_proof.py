"""After a person is erased and the database compacted, nothing of the person is in its files, and every chain verifies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.person_requests import erase, look
from engine.history.export import export_history
from engine.store.compaction import compact
from krabuan_verify.__main__ import main as verify_alone
from tests.dsl import Office
from tests.personal import journey as j
from tests.personal.files import files_of, found_in, uncompressed
from tests.proof.notary import Notary

WORDS = (*j.OF_CASE, *j.OF_ACCOUNT)


@pytest.fixture
def notary(office: Office, tmp_path: Path) -> Iterator[Notary]:
    """The journey, covered by checkpoints that are kept elsewhere."""
    uncompressed(office.database)
    j.prepare(office)
    j.account(office)
    j.case(office)
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    notary = Notary(office, elsewhere)
    notary.checkpoints.make()
    j.end(office)
    notary.checkpoints.make()
    yield notary
    shutil.rmtree(elsewhere)


def test_nothing_of_an_erased_person_is_in_any_file(notary: Notary, caplog: pytest.LogCaptureFixture) -> None:
    office, folder = notary.office, files_of(notary.office.database)
    assert found_in(folder, WORDS) >= {*j.OF_CASE[:4], *j.OF_ACCOUNT}, "the search sees what is there"
    done = erase(office.bus, j.ADMIN, j.USER, [j.NUMBER, j.NAME, j.MAIL], j.WHY)
    assert (done["erased"], done["refused"]) == ([str(office.key)], []) and done["pseudonym"]
    assert compact(office.database).failed == []
    assert found_in(folder, WORDS) == set()
    assert not any(word in caplog.text for word in WORDS)
    assert notary.found() == []
    told = look(office.bus, j.ADMIN, None, [j.NUMBER])
    assert (told["cases"], told["elsewhere"], told["openEvents"]) == ([], [], 0)


def test_an_export_made_afterwards_verifies_and_holds_nothing_of_the_person(notary: Notary, capsys: pytest.CaptureFixture[str]) -> None:
    office = notary.office
    erase(office.bus, j.ADMIN, j.USER, [j.NUMBER, j.NAME, j.MAIL], j.WHY)
    notary.checkpoints.make()
    export = notary.folder.parent / "export"
    with office.database.read() as db:
        export_history(db, notary.folder, export)
    key = str(notary.folder / "public-key.pem")
    assert verify_alone([str(export), "--checkpoints", str(notary.folder), "--key", key]) == 0, capsys.readouterr().err
    assert found_in(export, WORDS) == set()
