"""The threat model names tests that exist."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import ROOT

ROWS = [
    line
    for line in (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| threat")
]
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[:40])
def test_each_threat_has_a_test_that_exists(row: str) -> None:
    named = _TEST.findall(row)
    assert named
    for file, function in named:
        assert f"def {function}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{function}"


def test_every_letter_of_stride_is_there() -> None:
    kinds = "Spoofing Tampering Repudiation Information Denial Elevation".split()
    assert [kind for kind in kinds if not any(f"**{kind}" in row for row in ROWS)] == []
