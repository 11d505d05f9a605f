"""krabuan organisation import: the difference first, then all or nothing, as a person on the machine sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import main
from tests.house.sources import ROOT

GROUPS = "key,kind,th,en,parent,head\nclerks,unit,กลุ่มธุรการ,Clerks,,\n"
PEOPLE = "account,name,groups,roles\nchief,ผู้ดูแล,,administrator\nann,แอน ตัวอย่าง,clerks,\n"


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    """The option that names a folder for the data."""
    return ["--data", str(tmp_path / "data")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two tables, as a spreadsheet saves them."""
    made = tmp_path / "office"
    made.mkdir()
    (made / "groups.csv").write_text(GROUPS, encoding="utf-8-sig")
    (made / "people.csv").write_text(PEOPLE.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    return made


def take(folder: Path, data: list[str], *options: str) -> int:
    return main(["organisation", "import", str(folder), *options, *data])


def test_the_difference_is_shown_then_done_then_there_is_none(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(folder, data, "--dry-run") == 0
    shown = capsys.readouterr().out
    assert shown == (
        "+ group clerks\n+ chief; name: ผู้ดูแล; roles: +administrator\n+ ann; name: แอน ตัวอย่าง; groups: +clerks\n"
    )
    assert take(folder, data, "--yes") == 0
    assert capsys.readouterr().out == shown + "2 added, 0 changed, 0 deactivated\n"
    assert take(folder, data, "--yes") == 0
    assert capsys.readouterr().out == "Nothing is different.\n"


def test_without_a_person_to_ask_it_is_not_done(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert take(folder, data) == 1
    assert "--yes" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer, status in (("n", 1), ("", 1), ("y", 0)):
        monkeypatch.setattr("builtins.input", lambda _asked, answer=answer: answer)
        assert take(folder, data) == status
    capsys.readouterr()
    take(folder, data, "--dry-run")
    assert capsys.readouterr().out == "Nothing is different.\n"


def test_leavers_are_named_and_deactivated_only_when_told_so(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    take(folder, data, "--yes")
    (folder / "people.csv").write_text(PEOPLE.replace("ann,แอน", "ben,เบน"), encoding="utf-8")
    capsys.readouterr()
    take(folder, data, "--yes")
    assert "? ann: not in the file, stays as it is\n" in capsys.readouterr().out
    assert take(folder, data, "--deactivate-missing", "--yes") == 0
    assert capsys.readouterr().out == "- ann: deactivated\n0 added, 0 changed, 1 deactivated\n"


def test_faults_are_told_in_both_languages_with_their_lines(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people.csv").write_text(PEOPLE + "a b,C,ghosts,\n", encoding="utf-8")
    assert take(folder, data, "--yes") == 1
    said = capsys.readouterr().err
    assert said.count("people.csv:4: a b") == 2 and "ไม่มีกลุ่ม ghosts" in said and "there is no group ghosts" in said
    assert "2 fault(s); nothing was changed" in said


def test_a_table_in_another_encoding_is_told_apart(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "people.csv").write_bytes(PEOPLE.encode("tis-620"))
    assert take(folder, data, "--yes") == 1
    assert "people.csv:2" in (said := capsys.readouterr().err) and "UTF-8" in said


def test_the_organisation_of_the_content_can_be_imported_as_it_is(
    data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(ROOT / "processes" / "organisation.yaml", data, "--yes") == 0
    assert "0 deactivated" in capsys.readouterr().out


def test_where_there_is_no_file(tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path):
        assert take(path, data) == 1
        assert "neither a YAML file nor a folder" in capsys.readouterr().err
