"""The page on OWASP ASVS 5.0.0 speaks of each requirement of levels 1 and 2 once, and names what exists."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "reference" / "asvs.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| V")]
# how many of a section's first requirements are of level 1 or 2; in these sections all others are of level 3
SECTIONS = """
V1.1:2 V1.2:9 V1.3:11 V1.4:3 V1.5:2 V2.1:3 V2.2:3 V2.3:4 V2.4:1 V3.2:2 V3.3:4 V3.4:6 V3.5:5 V3.7:2 V4.1:3 V4.2:1 V4.3:2
V4.4:4 V5.1:1 V5.2:3 V5.3:2 V5.4:3 V6.1:3 V6.2:12 V6.3:4 V6.4:4 V6.5:5 V6.6:3 V6.8:4 V7.1:3 V7.2:4 V7.3:2 V7.4:5 V7.5:2
V7.6:2 V8.1:2 V8.2:3 V8.3:1 V8.4:1 V9.1:3 V9.2:4 V10.1:2 V10.2:2 V10.3:4 V10.4:11 V10.5:5 V10.6:2 V10.7:3 V11.1:2 V11.2:3
V11.3:3 V11.4:4 V11.5:1 V11.6:1 V12.1:3 V12.2:2 V12.3:4 V13.1:1 V13.2:5 V13.3:2 V13.4:5 V14.1:2 V14.2:4 V14.3:3 V15.1:3
V15.2:3 V15.3:7 V16.1:1 V16.2:5 V16.3:4 V16.4:3 V16.5:3 V17.1:1 V17.2:4 V17.3:2
"""
NUMBERS = {
    f"{section}.{number}"
    for section, _, most in (entry.partition(":") for entry in SECTIONS.split())
    for number in range(1, int(most) + 1)
}
_NUMBER = re.compile(r"\bV\d+\.\d+\.\d+\b")
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
_FILE = re.compile(r"`([\w/.]+\.(?:py|json|ya?ml|tsx))`|\]\(([\w./-]+)(?:#[\w-]+)?\)")


def test_there_are_as_many_as_the_standard_says() -> None:
    assert len(NUMBERS) == 70 + 183


def test_each_is_spoken_of_once() -> None:
    first = [line.split("|")[1] for line in ROWS]
    elsewhere = re.findall(r"^Not applicable: .*?(?:\n\n|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    told = Counter(number for text in [*first, *elsewhere] for number in _NUMBER.findall(text))
    assert set(told) == NUMBERS
    assert [number for number, times in told.items() if times > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_what_shows_it_exists(row: str) -> None:
    shown = row.split("|")[3]
    tests, files = _TEST.findall(shown), [a or b for a, b in _FILE.findall(shown)]
    assert tests or files
    for file, function in tests:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not function or f"def {function}(" in text, f"{file}::{function}"
    for file in files:
        assert any((base / file).exists() for base in (ROOT, ROOT / "docs" / "reference")), file
