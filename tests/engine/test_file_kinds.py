"""Files that are taken in are what their names say, and no programs."""

from __future__ import annotations

import pytest

from engine.commands.create_document import CreateDocument, WrongContent
from engine.policy.file_kinds import BEGINNINGS, PROGRAMS, contradiction
from engine.store.tables import document
from tests.dsl import Office, person

ANN = person("ann", "clerks")
HARMLESS = {"notes.txt": b"<html>", "letter": b"text", "a.unknown": b"%PDF", "data.csv": b"a,b", ".pdf.bak": b"x"}


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_a_known_ending_needs_its_beginning(ending: str) -> None:
    for beginning in BEGINNINGS[ending]:
        assert contradiction(f"งาน.{ending.upper()}", beginning + b"...") is None
    for content in (b"", b"<html><script>", b"<svg xmlns='http://www.w3.org/2000/svg'>", b"not it"):
        assert contradiction(f"a.{ending}", content) == ending


@pytest.mark.parametrize("beginning", PROGRAMS)
@pytest.mark.parametrize("name", ["a.exe", "a.pdf", "a.txt", "a"])
def test_a_program_is_one_under_every_name(name: str, beginning: bytes) -> None:
    assert contradiction(name, beginning + b"...") == "program"


@pytest.mark.parametrize("name", HARMLESS)
def test_other_endings_say_nothing(name: str) -> None:
    assert contradiction(name, HARMLESS[name]) is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"<svg onload='x()'>", "a.pdf: the content is no pdf file"),
        ("a.txt", b"MZ..", "a.txt: the content is a program"),
    ],
)
def test_what_contradicts_its_name_is_not_kept(office: Office, name: str, content: bytes, said: str) -> None:
    with pytest.raises(WrongContent, match=said):
        office.run(CreateDocument(name, content), ANN)
    assert office.rows(document) == []
