"""The diagrams that come with Krabuan: every one can be laid out anew without a flaw, and none is shown with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.layout import layout, measure

DIAGRAMS = sorted((Path(__file__).parents[2] / "processes").glob("*/*.bpmn"))


def test_there_are_diagrams() -> None:
    assert DIAGRAMS


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.stem)
def test_a_new_drawing_has_no_flaw(path: Path) -> None:
    quality = measure(layout(path.read_bytes()))
    assert quality.flawless, quality.notes


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda p: p.stem)
def test_the_drawing_in_the_file_has_no_flaw(path: Path) -> None:
    quality = measure(path.read_bytes())
    assert quality.flawless, quality.notes
