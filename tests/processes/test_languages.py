"""Everything that people read is there in Thai and in English, and names no person and no telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.processes.conftest import NAMES, PROCESSES
from tests.processes.texts import Said, english_has_thai, has_thai, in_one, of_form, of_process

FORMS = PROCESSES.parent / "forms"
_LATIN = re.compile("[A-Za-z]")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TELEPHONE = re.compile(r"(?<![\w./-])(?:\+66[ -]?|0)[2-9]\d?[ -]?\d{3,4}[ -]?\d{3,4}(?![\w-])")
_TITLE, _OFFICES = "(?<!มิถุ)(?:นางสาว|นาย|นาง)", "ก |กรัฐ|กสมาคม|จ้าง|ทะเบียน|อำเภอ|ตรวจ|ช่าง"
_PERSON = re.compile(f"{_TITLE} ?(?!{_OFFICES})[ก-ฮเ-ไ]")


def faults(said: Said) -> Iterator[str]:
    """What is wrong with a text. One of Latin letters only (E-mail, PMQA) says the same in both languages."""
    if not has_thai(said.thai):
        same = said.english == "" or _letters(said.thai) == _letters(said.english)
        if not said.thai or not same:
            yield f"{said.where}: no Thai beside {said.english!r}"
    elif not _LATIN.search(said.english):
        yield f"{said.where}: no English for {said.thai!r}"
    if english_has_thai(said.english):
        yield f"{said.where}: Thai letters in {said.english!r}"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def names_somebody(text: str) -> bool:
    """Whether it looks like a telephone number, or a title of a person with a name after it."""
    return bool(_TELEPHONE.search(text.translate(_DIGITS)) or _PERSON.search(text))


@pytest.mark.parametrize("folder", NAMES)
def test_all_of_a_process_is_in_both_languages(folder: str) -> None:
    texts = list(of_process(PROCESSES / folder, FORMS / folder))
    assert len(texts) > 50
    assert [fault for said in texts for fault in faults(said)] == []


def test_the_shared_parts_are_in_both_languages() -> None:
    texts = [said for file in sorted((FORMS / "shared").glob("*.form")) for said in of_form(file)]
    assert texts
    assert [fault for said in texts for fault in faults(said)] == []


@pytest.mark.parametrize("folder", [*NAMES, "shared"])
def test_nobody_is_named(folder: str) -> None:
    """In no file: titles and telephone numbers are what gives a real person away."""
    files = [path for root in (PROCESSES, FORMS) for path in sorted((root / folder).rglob("*")) if path.is_file()]
    lines = ((file, line) for file in files for line in file.read_text(encoding="utf-8").splitlines())
    assert files
    assert [f"{file.name}: {line.strip()}" for file, line in lines if names_somebody(line)] == []


@pytest.mark.parametrize(
    ("thai", "english"),
    [
        ("ตรวจสอบ", ""),
        ("", "Check"),
        ("Check", "Check it"),
        ("ตรวจสอบ", "ตรวจสอบ"),
        ("ตรวจสอบ", "Check ตรวจ"),
        ("ตรวจ", "-"),
    ],
)
def test_a_text_that_lacks_a_language_is_a_fault(thai: str, english: str) -> None:
    assert list(faults(Said("here", thai, english)))


@pytest.mark.parametrize(
    ("thai", "english"),
    [
        ("ตรวจสอบ", "Check"),
        ("สดช.", "ONDE (สดช.)"),
        ("Wi-Fi/LAN", "Wi-Fi / LAN"),
        ("0 – 500", ""),
        ("E-mail", "E-mail"),
    ],
)
def test_a_text_in_both_languages_is_none(thai: str, english: str) -> None:
    assert list(faults(Said("here", thai, english))) == []


@pytest.mark.parametrize("text", ["ตรวจ | check", "ตรวจ / check", "ตรวจ\n\ncheck", "ตรวจ\nอีก\n\ncheck"])
def test_one_text_may_hold_both(text: str) -> None:
    assert list(faults(in_one("here", text))) == []


@pytest.mark.parametrize("text", [None, "", "ตรวจ", "check", "ตรวจ check", "ตรวจ / อีก"])
def test_one_text_with_one_language_is_a_fault(text: str | None) -> None:
    assert list(faults(in_one("here", text)))


@pytest.mark.parametrize("text", ["โทร. ๐๒ ๑๒๓ ๔๕๖๗", "๐๘-๑๒๓๔-๕๖๗๘", "๐๘๑-๒๓๔-๕๖๗๘", "นายสมชาย", "นางสาว ก", "นางแก้ว"])
def test_a_person_or_a_telephone_is_noticed(text: str) -> None:
    assert names_somebody(text)


@pytest.mark.parametrize(
    "text",
    ["นายกรัฐมนตรี", "นายทะเบียน", "2026-10-01T09:00:00", "กษ 0207/1234", "พ.ศ. ๒๕๖๗", "วันที่ ๐๑/๐๒/๒๕๖๗", "๓๐ มิถุนายน นี้"],
)
def test_an_office_a_date_or_a_letter_number_is_not(text: str) -> None:
    assert not names_somebody(text)
